//! `cors browser`.

use serde_json::{Value, json};

use crate::run::run;

const CASES: &str = include_str!("../../../cors-browser/tests/cases/cases.json");

/// What the binary answers to these lines.
fn answers(lines: &str) -> Vec<Value> {
    let said = run(&["browser"], lines.as_bytes());
    assert_eq!((said.err.as_str(), said.status), ("", Some(0)));
    said.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn every_recorded_case_is_answered_as_recorded() {
    let data: Value = serde_json::from_str(CASES).expect("JSON");
    let groups = data["groups"].as_array().expect("groups").iter();
    let groups = groups.filter(|group| group["kind"] == "verdict");
    let cases: Vec<_> =
        groups.flat_map(|group| group["cases"].as_array().expect("cases")).collect();
    let line = |case: &&Value| {
        format!("{}\n", json!({ "request": case["request"], "hops": case["hops"] }))
    };
    let answers = answers(&cases.iter().map(line).collect::<String>());
    assert_eq!(answers.len(), cases.len());
    for (case, answer) in cases.iter().zip(answers) {
        let wanted =
            |key| ["expect", "derived"].iter().find_map(|part| case[part].get(key)).cloned();
        for key in ["outcome", "preflights", "origins"] {
            assert_eq!(Some(&answer[key]), wanted(key).as_ref(), "{key} of {case}");
        }
        assert_eq!(answer["reason"], wanted("reason").unwrap_or_default(), "{case}");
        if let Some(acrh) = wanted("acrh") {
            assert_eq!(answer["acrh"], acrh, "{case}");
        }
    }
}

#[track_caller]
fn check(line: &str, expected: &str) {
    let said = run(&["browser"], line.as_bytes());
    assert_eq!(said.out.trim_end_matches('\n'), expected);
    assert_eq!((said.err.as_str(), said.status), ("", Some(0)));
}

#[test]
fn a_reason_is_explained() {
    check(
        r#"{"request": {"origin": "https://a.example", "method": "PUT"}, "hops": [{"url": "https://api.example/", "preflight": {"status": 204, "headers": [["access-control-allow-origin", "*"]]}}]}"#,
        r#"{"outcome":"blocked","reason":"preflight.method.not-allowed","message":"access-control-allow-methods does not allow the method \"PUT\"","console":"Access to fetch at 'https://api.example/' from origin 'https://a.example' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.","fix":"access-control-allow-methods: PUT","preflights":1,"acrh":null,"origins":["https://a.example"],"readable":[]}"#,
    );
}

#[test]
fn a_profile_has_rules_of_its_own() {
    let line = |profile| {
        format!(
            r#"{{"profile": "{profile}", "request": {{"origin": "https://a.example", "method": "GET", "headers": [["authorization", "x"]]}}, "hops": [{{"url": "https://api.example/", "preflight": {{"status": 204, "headers": [["access-control-allow-origin", "*"], ["access-control-allow-headers", "*"]]}}, "response": {{"status": 200, "headers": [["access-control-allow-origin", "*"]]}}}}]}}"#
        )
    };
    let outcome = |profile| answers(&line(profile))[0]["outcome"].clone();
    assert_eq!(outcome("fetch"), "blocked");
    for engine in ["chromium", "firefox", "webkit"] {
        assert_eq!(outcome(engine), "allowed", "{engine}");
    }
}

#[track_caller]
fn refused(line: &str, message: &str) {
    let said = run(&["browser"], line.as_bytes());
    assert_eq!((said.err.trim_end(), said.status), (message, Some(2)));
    let reply: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(reply["errors"][0]["message"], message);
}

#[test]
fn a_line_that_cannot_be_used_says_which_field() {
    let hop = r#"{"url": "https://api.example/"}"#;
    let request = r#"{"origin": "null", "method": "GET"}"#;
    refused(&format!(r#"{{"hops": [{hop}]}}"#), "line 1: request is missing");
    refused(&format!(r#"{{"request": {request}, "hops": []}}"#), "line 1: hops: there is none");
    refused(
        &format!(r#"{{"request": {request}, "hops": [{hop}], "profile": "netscape"}}"#),
        "line 1: profile: \"netscape\" is none of fetch, chromium, firefox, webkit",
    );
    refused(
        &format!(
            r#"{{"request": {request}, "hops": [{{"url": "x", "response": {{"status": "ok", "headers": []}}}}]}}"#
        ),
        "line 1: hops[0].response.status: expected a status, found a text",
    );
}
