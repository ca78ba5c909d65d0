use serde_json::{Value, json};

const PATHS: &str = "[resources.\"/api/*\"]\nallow_origins = [\"https://a.example\"]\n";

/// The answer to a `GET` of a path from an origin.
fn ask(policy: &str, origin: &str, path: &str) -> Value {
    let question = json!({
        "policy": policy, "origin": origin, "method": "GET", "path": path, "headers": [],
        "credentials": false,
    });
    serde_json::from_str(&crate::answer(&question.to_string())).expect("an answer is JSON")
}

/// Checks the state of the request and of its first step.
#[track_caller]
fn check(origin: &str, path: &str, state: &str, (name, step): (&str, &str)) {
    let answer = ask(PATHS, origin, path);
    let stage = &answer["way"]["stages"][0];
    assert_eq!(stage["state"], state, "{stage}");
    assert_eq!(
        (&stage["steps"][0]["name"], &stage["steps"][0]["state"]),
        (&json!(name), &json!(step))
    );
}

#[test]
fn the_path_chooses_the_policy() {
    check("https://a.example", "/api/items?page=2", "passed", ("Path", "passed"));
    check("https://b.example", "/api/items", "failed", ("Path", "passed"));
    check("https://a.example", "/other", "unreached", ("Path", "unreached"));
    check("https://a.example", "/x/..%2Fapi/items", "failed", ("Path", "failed"));
}

#[test]
fn a_path_without_a_policy_is_left_to_the_handler() {
    let end = &ask(PATHS, "https://a.example", "/other")["way"]["end"];
    assert_eq!((&end["readable"], &end["undecided"]), (&json!(false), &json!(true)));
    let end = &ask(PATHS, "https://a.example", "/api/items")["way"]["end"];
    assert_eq!((&end["readable"], &end["undecided"]), (&json!(true), &json!(false)));
}

#[test]
fn an_empty_origin_asks_for_one() {
    let answer = ask(PATHS, "", "/");
    let missing = answer["missing"].as_str().expect("a sentence");
    assert!(missing.starts_with("Enter the origin of the page"), "{missing}");
    assert_eq!((&answer["way"], &answer["findings"]), (&Value::Null, &json!([])));
}

#[test]
fn mistakes_are_found_in_typed_text() {
    let answer = ask("allow_method = []", "https://a.example", "/");
    assert_eq!(answer["findings"][0]["code"], "unknown-key");
    assert_eq!(answer["findings"][0]["place"], json!([1, 1]));
    assert_eq!(answer["way"], Value::Null);
}

#[test]
fn a_question_that_cannot_be_read_is_an_error() {
    let answer: Value = serde_json::from_str(&crate::answer("{}")).expect("an answer is JSON");
    assert!(answer["error"].as_str().is_some_and(|error| error.starts_with("missing field")));
}

#[test]
fn the_policy_and_the_request_can_be_copied() {
    let copies = &ask(PATHS, "https://a.example", "/api/items")["way"]["copies"];
    let has = |name: &str, text: &str| {
        let found = copies[name].as_str().unwrap_or_default();
        assert!(found.contains(text), "{name}: {found}");
    };
    has("toml", "[resources.\"/api/*\"]");
    has(
        "rust",
        "\"/api/*\",\n            Policy::new()\n                .allow_origins([\"https://a.example\"]),",
    );
    has("nginx", "https://a\\.example");
    has(
        "curl",
        "curl -i -X GET https://server.test/api/items \\\n  -H 'origin: https://a.example'",
    );
    has("result", "The script reads the response.");
}
