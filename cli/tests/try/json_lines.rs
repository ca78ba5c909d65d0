//! The machine form.

use std::{
    io::{BufRead, BufReader, Write},
    process::Stdio,
};

use crate::run::{Said, cors, run};

/// One line in, one line out.
#[track_caller]
fn check(policy: &str, method: &str, headers: &str, expected: &str) {
    let line = format!(
        r#"{{"policy": {policy}, "request": {{"method": "{method}", "headers": {headers}}}}}"#
    );
    let said = run(&["try"], line.as_bytes());
    assert_eq!(said.out.trim_end_matches('\n'), expected, "{line}\n{}", said.err);
    assert_eq!((said.err.as_str(), said.status), ("", Some(0)), "{line}");
}

const LISTED: &str = r#"{"allow_origins": ["https://a.example"], "allow_methods": ["PUT"], "allow_headers": ["X-A"], "expose_headers": ["ETag"], "allow_credentials": true, "max_age": 5}"#;
const ANY: &str = r#"{"allow_origins": ["*"], "expose_headers": ["*"]}"#;
const FULL: &str = r#""headers":[["access-control-allow-origin","https://a.example"],["access-control-allow-credentials","true"],["access-control-allow-methods","PUT"],["access-control-allow-headers","X-A"],["access-control-max-age","5"],["vary","Origin"]]}"#;
const VARY: &str = r#""headers":[["vary","Origin"]]}"#;

#[test]
fn not_cors() {
    let none =
        |headers| format!(r#"{{"class":"not-cors","verdict":"not-cors","answer":null,{headers}"#);
    check(LISTED, "GET", "[]", &none(VARY));
    check(LISTED, "OPTIONS", r#"[["access-control-request-method", "PUT"]]"#, &none(VARY));
    let any =
        r#""headers":[["access-control-allow-origin","*"],["access-control-expose-headers","*"]]}"#;
    check(ANY, "GET", "[]", &none(any));
}

#[test]
fn an_actual_request_is_allowed_or_denied_for_its_origin() {
    let allowed = r#"{"class":"actual","verdict":"allow","answer":null,"headers":[["access-control-allow-origin","https://a.example"],["access-control-allow-credentials","true"],["access-control-expose-headers","ETag"],["vary","Origin"]]}"#;
    let denied = format!(r#"{{"class":"actual","verdict":"deny-origin","answer":null,{VARY}"#);
    check(LISTED, "GET", r#"[["Origin", "https://a.example"]]"#, allowed);
    check(LISTED, "OPTIONS", r#"[["ORIGIN", "https://a.example"]]"#, allowed);
    check(LISTED, "PUT", r#"[["origin", "https://b.example"]]"#, &denied);
    check(
        LISTED,
        "GET",
        r#"[["origin", "https://a.example"], ["origin", "https://a.example"]]"#,
        &denied,
    );
}

#[test]
fn a_preflight_is_answered_whatever_its_verdict() {
    let preflight = |origin, method, headers: &str| {
        format!(
            r#"[["origin", "{origin}"], ["access-control-request-method", "{method}"]{headers}]"#
        )
    };
    let answer = |verdict, status, headers| {
        format!(r#"{{"class":"preflight","verdict":"{verdict}","answer":{status},{headers}"#)
    };
    let asks = r#", ["access-control-request-headers", "x-a"]"#;
    let asks_more = r#", ["access-control-request-headers", "x-a,x-b"]"#;
    let check = |request: String, expected: String| check(LISTED, "OPTIONS", &request, &expected);
    check(preflight("https://a.example", "PUT", asks), answer("allow", 204, FULL));
    check(preflight("https://b.example", "PUT", asks), answer("deny-origin", 403, VARY));
    check(preflight("https://a.example", "PATCH", asks), answer("deny-method", 204, FULL));
    check(preflight("https://a.example", "PUT", asks_more), answer("deny-header", 204, FULL));
}

#[test]
fn policies_by_path() {
    let answer = |path: &str| {
        let policy = r#"{"resources": {"/api/*": {"allow_origins": ["*"]}, "/api/old": "none"}}"#;
        let headers = r#"[["origin", "https://a.example"]]"#;
        let request = format!(r#"{{"method": "GET", "path": "{path}", "headers": {headers}}}"#);
        let line = format!(r#"{{"policy": {policy}, "request": {request}}}"#);
        run(&["try"], line.as_bytes()).out
    };
    let told = |class, verdict, headers| {
        format!(
            r#"{{"class":"{class}","verdict":"{verdict}","answer":null,"headers":[{headers}]}}"#
        )
    };
    let any = r#"["access-control-allow-origin","*"]"#;
    assert_eq!(answer("/api/new").trim_end(), told("actual", "allow", any));
    assert_eq!(answer("/api/old").trim_end(), told("not-cors", "no-policy", ""));
    let vary = r#"["vary","Origin"]"#;
    assert_eq!(answer("/api/../x").trim_end(), told("actual", "deny-path", vary));
}

#[test]
fn a_refusal_can_be_silent() {
    check(
        r#"{"allow_origins": ["https://a.example"], "silent_refusals": true}"#,
        "OPTIONS",
        r#"[["origin", "https://a.example"], ["access-control-request-method", "PUT"]]"#,
        &format!(r#"{{"class":"preflight","verdict":"deny-method","answer":403,{VARY}"#),
    );
}

#[test]
fn every_byte_but_three_may_stand_in_a_value() {
    let allowed = r#"{"class":"actual","verdict":"allow","answer":null,"headers":[["access-control-allow-origin","*"],["access-control-expose-headers","*"]]}"#;
    for value in ["", "\\u0001", "\\t", "\\u007f", "\\u0080", "\u{ff}"] {
        check(ANY, "GET", &format!(r#"[["origin", "{value}"]]"#), allowed);
    }
}

#[test]
fn mistakes_in_a_policy_are_an_answer() {
    check(
        r#"{"allow_origins": ["https://A.example/"], "max_age": 90000}"#,
        "GET",
        "[]",
        r#"{"errors":[{"code":"origin-upper-case","value":"https://A.example/","message":"origin \"https://A.example/\" contains uppercase letters, which browsers never send: write \"https://a.example\""},{"code":"origin-trailing-slash","value":"https://A.example/","message":"origin \"https://A.example/\" ends with a slash, but an origin has no path: write \"https://a.example\""},{"code":"max-age-too-large","value":"90000","message":"max_age 90000 is longer than any browser caches a preflight: use 86400 seconds or less"}]}"#,
    );
    check(
        "{}",
        "GET",
        "[]",
        r#"{"errors":[{"code":"origin-none","value":"","message":"allow_origins is empty: list the origins to allow, such as \"https://app.example.com\", or \"*\" alone for any origin"}]}"#,
    );
}

/// A line that can be answered.
const GOOD: &str = r#"{"policy":{"allow_origins":["*"]},"request":{"method":"GET","headers":[]}}"#;
const ANSWER: &str = r#"{"class":"not-cors","verdict":"not-cors","answer":null,"headers":[["access-control-allow-origin","*"]]}"#;

/// A line that cannot be answered, between two that can.
#[track_caller]
fn rejects(bad: impl AsRef<[u8]>, message: &str) {
    let input = [GOOD.as_bytes(), bad.as_ref(), GOOD.as_bytes()].join(&b'\n');
    let said = run(&["try"], &input);
    let message = format!("line 2: {message}");
    assert_eq!((said.err.trim_end(), said.status), (message.as_str(), Some(2)));
    let lines: Vec<_> = said.out.lines().collect();
    let [ANSWER, error, ANSWER] = lines[..] else { panic!("{lines:#?}") };
    let error: serde_json::Value = serde_json::from_str(error).expect("a line of JSON");
    let [error] = error["errors"].as_array().expect("a list").as_slice() else { panic!("{error}") };
    assert_eq!(
        (error["code"].as_str(), error["message"].as_str()),
        (Some("input"), Some(&*message))
    );
    let value = error["value"].as_str().expect("a text");
    assert!(value.chars().count() <= 81, "{value}");
}

#[test]
fn what_is_not_json() {
    rejects("hello", "not JSON: expected value at column 1");
    rejects(r#"{"policy": {}"#, "not JSON: EOF while parsing an object at column 13");
    rejects(format!("{GOOD} {GOOD}"), "not JSON: trailing characters at column 76");
    rejects(b"{\"policy\xff", "not UTF-8 at column 9");
    rejects("[".repeat(1000), "not JSON: EOF while parsing a list at column 1000");
}

#[test]
fn keys_that_are_missing_unknown_or_repeated() {
    rejects("{}", "policy is missing");
    rejects(r#"{"policy": {}}"#, "request is missing");
    rejects(r#"{"policy": {}, "request": {"method": "GET"}}"#, "request: headers is missing");
    rejects(
        r#"{"policy": {}, "request": {}, "name": 1}"#,
        r#"unknown key "name": the keys are policy, request"#,
    );
    rejects(
        r#"{"policy": {}, "request": {"methods": "GET", "headers": []}}"#,
        r#"request: unknown key "methods": the keys are method, path, headers"#,
    );
    rejects(r#"{"policy": {}, "policy": {}}"#, "policy is given twice");
    rejects(
        r#"{"policy": {}, "request": {"method": "GET", "method": "GET"}}"#,
        "request: method is given twice",
    );
}

/// As [`rejects`], for a line with this policy.
#[track_caller]
fn rejects_policy(policy: &str, message: &str) {
    rejects(
        format!(r#"{{"policy": {policy}, "request": {{"method": "GET", "headers": []}}}}"#),
        message,
    );
}

#[test]
fn policies_that_cannot_be_read() {
    rejects_policy(
        r#"{"allow_origin": ["*"]}"#,
        r#"policy: unknown key "allow_origin": write allow_origins"#,
    );
    rejects_policy(
        r#"{"allow_origins": "*"}"#,
        r#"policy: allow_origins: invalid type: string "*", expected a sequence"#,
    );
    rejects_policy(r#"{"max_age": 1, "max_age": 2}"#, "policy: max_age is given twice");
    rejects_policy(
        "[]",
        "policy: invalid type: sequence, expected a policy, or resources: a table of paths, each with a policy",
    );
}

/// As [`rejects`], for a line with these headers.
#[track_caller]
fn rejects_headers(headers: &str, message: &str) {
    rejects(
        format!(r#"{{"policy": {{}}, "request": {{"method": "GET", "headers": {headers}}}}}"#),
        message,
    );
}

#[test]
fn requests_that_are_none() {
    rejects("[]", "expected an object, found a list");
    rejects(r#"{"policy": {}, "request": null}"#, "request: expected an object, found null");
    rejects(
        r#"{"policy": {}, "request": {"method": true, "headers": []}}"#,
        "request.method: expected a text, found a boolean",
    );
    rejects_headers("{}", "request.headers: expected a list of pairs of texts, found an object");
    rejects_headers(
        r#"[["a", "b"], 5]"#,
        "request.headers[1]: expected a pair of texts, found a number",
    );
    rejects_headers(
        r#"[["a"]]"#,
        "request.headers[0]: expected a pair of texts, found a list of 1",
    );
    rejects_headers(r#"[["a", 5]]"#, "request.headers[0][1]: expected a text, found a number");
}

#[test]
fn headers_that_no_request_carries() {
    rejects_headers(
        r#"[["a b", ""]]"#,
        r#"request.headers[0][0]: "a b" is no header name, which is a token"#,
    );
    rejects_headers(
        r#"[["", ""]]"#,
        r#"request.headers[0][0]: "" is no header name, which is a token"#,
    );
    rejects_headers(
        "[[\"a\", \"\u{100}\"]]",
        "request.headers[0][1]: U+0100 is no byte: a code point up to U+00FF stands for one",
    );
    for (escape, name) in [("\\r", "U+000D"), ("\\n", "U+000A"), ("\\u0000", "U+0000")] {
        rejects_headers(
            &format!(r#"[["a", "x{escape}"]]"#),
            &format!("request.headers[0][1]: {name} stands in no header value"),
        );
    }
}

#[test]
fn a_line_has_a_limit() {
    const LIMIT: usize = 16 << 20;
    let padded = |length: usize| format!("{GOOD}{}", " ".repeat(length - GOOD.len()));
    rejects(padded(LIMIT + 1), "longer than 16777216 bytes");
    let longest = run(&["try"], padded(LIMIT).as_bytes());
    assert_eq!((longest.out.trim_end(), longest.status), (ANSWER, Some(0)));
}

#[test]
fn blank_lines_are_skipped_and_counted() {
    let said = run(&["try"], format!("\n \t\r\n{GOOD}\r\n\nx").as_bytes());
    let Said { out, err, status } = &said;
    assert_eq!((out.lines().next(), out.lines().count()), (Some(ANSWER), 2), "{said:?}");
    assert_eq!(err, "line 5: not JSON: expected value at column 1\n");
    assert_eq!(*status, Some(2));
}

#[test]
fn no_line_is_no_answer() {
    let said = run(&["try"], b"");
    assert_eq!((said.out.as_str(), said.err.as_str(), said.status), ("", "", Some(0)));
}

#[test]
fn a_line_is_answered_before_the_next_is_read() {
    let mut child = cors(&["try"]).spawn().expect("the binary starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let mut answers = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    for _ in 0..3 {
        writeln!(stdin, "{GOOD}").expect("it reads on");
        assert_eq!(answers.next().expect("an answer").expect("a text"), ANSWER);
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let mut child = cors(&["try"]).stdin(Stdio::piped()).spawn().expect("the binary starts");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("it is piped");
    while writeln!(stdin, "{GOOD}").is_ok() {}
    let said = Said::from(child.wait_with_output().expect("it ends"));
    assert_eq!((said.err.as_str(), said.status), ("", Some(0)));
}
