//! Files that a network panel has saved.

use serde_json::{Value, json};

use crate::run::{PAGE, each, explain, file};

const URL: &str = "https://api.example/a";

fn entry(method: &str, url: &str, asked: Value, status: i32, answered: Value) -> Value {
    let lines = |lines: Value| -> Value {
        let lines = lines.as_object().expect("an object").clone();
        lines.into_iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
    };
    json!({
        "request": { "method": method, "url": url, "headers": lines(asked) },
        "response": { "status": status, "headers": lines(answered), "redirectURL": "" },
    })
}

/// What is said of these entries.
fn requests(name: &str, entries: &[Value]) -> (Vec<Value>, Option<i32>) {
    let path = file(name, &json!({ "log": { "entries": entries } }).to_string());
    let said = explain(&[&path, "--json"]);
    assert_eq!(said.err, "");
    let object: Value = serde_json::from_str(&said.out).expect("one JSON object");
    (object["requests"].as_array().expect("requests").clone(), said.status)
}

#[test]
fn every_request_to_another_origin_is_judged() {
    let (found, status) = requests(
        "several.har",
        &[
            entry("GET", "https://app.example/", json!({}), 200, json!({})),
            entry("GET", URL, json!({ "Origin": PAGE }), 200, json!({})),
            entry(
                "GET",
                "https://cdn.example/",
                json!({ "Origin": PAGE }),
                200,
                json!({ "Access-Control-Allow-Origin": "*" }),
            ),
            entry("POST", "https://app.example/a", json!({ "Origin": PAGE }), 200, json!({})),
        ],
    );
    assert_eq!(status, Some(1));
    let outcomes: Vec<_> = found.iter().map(|request| &request["outcome"]).collect();
    assert_eq!(outcomes, ["blocked", "allowed"]);
    assert_eq!(found[0]["reason"]["slug"], "actual.acao.missing");
}

#[test]
fn a_preflight_says_which_headers_are_the_scripts() {
    let asked = json!({ "Origin": PAGE, "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "x-a" });
    let answered =
        json!({ "Access-Control-Allow-Origin": PAGE, "Access-Control-Allow-Methods": "PUT" });
    let (found, status) = requests(
        "preflight.har",
        &[
            entry("PUT", URL, json!({ "Origin": PAGE, "x-a": "1", "dnt": "1" }), 0, json!({})),
            entry("OPTIONS", URL, asked, 204, answered),
        ],
    );
    assert_eq!((found.len(), status), (1, Some(1)));
    assert_eq!(each(&found[0]["steps"][0]["faults"], "slug"), ["preflight.header.not-allowed"]);
}

#[test]
fn a_preflight_that_was_remembered_is_not_missed() {
    let answered = json!({ "Access-Control-Allow-Origin": PAGE });
    let asked = json!({ "Origin": PAGE, "x-a": "1" });
    let (found, status) = requests("remembered.har", &[entry("PUT", URL, asked, 200, answered)]);
    assert_eq!((found[0]["outcome"].as_str(), status), (Some("allowed"), Some(0)));
}

#[test]
fn a_redirect_is_followed_within_the_file() {
    const THERE: &str = "https://other.example/b";
    let open = json!({ "Access-Control-Allow-Origin": "*" });
    let moved = json!({ "Access-Control-Allow-Origin": "*", "Location": THERE });
    let mut first = entry("GET", URL, json!({ "Origin": PAGE }), 302, moved);
    first["response"]["redirectURL"] = THERE.into();
    let second = entry("GET", THERE, json!({ "Origin": "null" }), 200, open);
    let (found, status) = requests("redirect.har", &[first.clone(), second]);
    assert_eq!((found.len(), status), (1, Some(0)));
    assert_eq!(found[0]["steps"].as_array().map(Vec::len), Some(2));
    let (found, status) = requests("cut.har", &[first]);
    assert_eq!((found[0]["outcome"].as_str(), status), (Some("unknown"), Some(2)));
}

#[test]
fn the_report_is_for_people_as_well() {
    let entries = [entry("GET", URL, json!({ "Origin": PAGE }), 200, json!({}))];
    let path = file("people.har", &json!({ "log": { "entries": entries } }).to_string());
    let said = explain(&[&path]);
    assert_eq!((said.err.as_str(), said.status), ("", Some(1)));
    for part in [
        "✗ access-control-allow-origin is missing",
        "    cors explain https://api.example/a --origin https://app.example\n",
        "Cross-origin requests: 1 (0 allowed, 1 blocked, 0 unknown)\n",
    ] {
        assert!(said.out.contains(part), "{part}: {}", said.out);
    }
}

#[test]
fn the_same_faults_are_one_report() {
    let of = |url: &str, origin: &str| {
        entry(
            "GET",
            url,
            json!({ "Origin": PAGE }),
            200,
            json!({ "Access-Control-Allow-Origin": origin }),
        )
    };
    let entries = [
        of(URL, "https://other.example"),
        of("https://api.example/b?page=2", "https://other.example"),
        of(URL, "https://other.example"),
        of("https://api.example/c", "null"),
        of("https://cdn.example/a", "https://other.example"),
    ];
    let path = file("same.har", &json!({ "log": { "entries": entries } }).to_string());
    let said = explain(&[&path]);
    let count = |text: &str| said.out.matches(text).count();
    assert_eq!(count("✗ Blocked: "), 3, "{}", said.out);
    let list = "The same for:\n- GET https://api.example/b?page=2\n- GET https://api.example/a\n";
    assert_eq!(count(list), 1, "{}", said.out);
    assert!(said.out.ends_with("requests: 5 (0 allowed, 5 blocked, 0 unknown)\n"), "{}", said.out);
    assert!(explain(&[&path, "--markdown"]).out.contains("### The same for\n\n- `GET "));
}

#[test]
fn an_answer_that_was_not_recorded_cannot_be_told() {
    let entries = [entry("GET", URL, json!({ "Origin": PAGE }), 0, json!({}))];
    let (found, status) = requests("blocked.har", &entries);
    assert_eq!((found[0]["outcome"].as_str(), status), (Some("unknown"), Some(2)));
}

#[test]
fn what_is_no_har_is_refused() {
    for (name, text, sentence) in [
        ("empty.har", "", "invalid HAR"),
        ("other.har", "{\"log\": 1}", "invalid HAR"),
        ("binary.har", "\u{0}\u{1}", "invalid HAR"),
        ("nothing.har", "{\"log\": {\"entries\": []}}", "no cross-origin request"),
    ] {
        let said = explain(&[&file(name, text)]);
        assert_eq!((said.out.as_str(), said.status), ("", Some(2)));
        assert!(said.err.contains(sentence), "{}", said.err);
    }
    let said = explain(&["missing.har"]);
    assert_eq!(said.status, Some(2));
    assert!(said.err.starts_with("cors: missing.har: "), "{}", said.err);
}

#[test]
fn no_name_or_value_of_a_file_reaches_a_terminal_as_it_is() {
    const HOSTILE: &str =
        "\u{1b}]8;;http://evil.test\u{7}\u{9b}31m\u{9d}\u{202e}\u{2066}\u{200b}\r";
    let url = format!("https://api.example/{HOSTILE}");
    let name = format!("x-{HOSTILE}");
    let asked = json!({ "Origin": PAGE, &name: HOSTILE, "x-b": HOSTILE });
    let answered = json!({
        "Access-Control-Allow-Origin": format!("https://{HOSTILE}.example"),
        "Access-Control-Allow-Headers": HOSTILE, &name: HOSTILE, "Server": HOSTILE,
        "Location": url, "Content-Type": HOSTILE, "Set-Cookie": HOSTILE,
    });
    let asks = json!({
        "Origin": PAGE, "Access-Control-Request-Method": HOSTILE,
        "Access-Control-Request-Headers": HOSTILE,
    });
    let entries = json!({ "log": { "entries": [
        entry("OPTIONS", URL, asks, 204, answered.clone()),
        entry(HOSTILE, &url, asked.clone(), 200, answered.clone()),
        entry("PUT", URL, asked, 302, answered),
    ] } });
    let path = file("hostile.har", &entries.to_string());
    for args in [&[][..], &["--json"], &["--markdown"], &["--for", "all"]] {
        let said = explain(&[&[path.as_str()], args].concat());
        assert!(!said.out.is_empty() || !said.err.is_empty(), "{args:?}");
        for text in [&said.out, &said.err] {
            let obeyed = text.chars().find(|letter| {
                letter.is_control() && !matches!(letter, '\n' | '\t')
                    || matches!(letter, '\u{200b}' | '\u{202e}' | '\u{2066}')
            });
            assert_eq!(obeyed, None, "{args:?}: {text:?}");
        }
    }
}
