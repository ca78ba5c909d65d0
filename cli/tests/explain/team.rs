//! What people send each other: `--markdown`, `--watch` and `--code`.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::{
    run::{PAGE, ask, explain, object},
    server::Server,
};

const ALLOWED: &str = "200 OK\naccess-control-allow-origin: https://app.example\nvary: origin";

#[test]
fn a_report_in_markdown_has_every_part_and_no_secret() {
    let server = Server::start(&[("OPTIONS", "302 Found\nlocation: /login?token=s3cret")]);
    let url = format!("{}items?page=2&access_token=s3cret", server.url());
    let header = "Authorization: Bearer s3cret";
    let said = ask(&url, &["--header", header, "--credentials", "include", "--markdown"]);
    assert_eq!(said.status, Some(1));
    for part in [
        "## Blocked: the preflight is answered with status 302",
        "[`preflight.redirect`]",
        "### Preflight\n\n```http\nOPTIONS http",
        "page=2&access_token=***",
        "location: /login?token=***",
        "### Likely cause\n\n- a login page",
        "### How to fix it\n\n",
        "--credentials include",
    ] {
        assert!(said.out.contains(part), "{part}: {}", said.out);
    }
    assert!(!said.out.contains("s3cret"), "{}", said.out);
}

#[test]
fn a_console_message_in_markdown() {
    let text = "Access to fetch at 'https://api.example/a?key=s3cret' from origin 'https://app.example' \
        has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the \
        requested resource.";
    let said = explain(&["--paste", text, "--markdown"]);
    assert!(said.out.starts_with("## Blocked: access-control-allow-origin is missing"), "{said:?}");
    assert!(said.out.contains("https://api.example/a?key=***"), "{said:?}");
    assert!(!said.out.contains("s3cret"), "{said:?}");
}

#[test]
fn a_watch_ends_when_the_request_passes() {
    let server = Server::start(&[("GET", "200 OK")]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_cors"))
        .args(["explain", &server.url(), "--origin", PAGE, "--watch"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let mut lines = lines.map(|line| line.expect("a line of text"));
    assert!(lines.any(|line| line.contains("Ctrl-C stops")), "it watches");
    server.replace(&[("GET", ALLOWED)]);
    let rest: Vec<_> = lines.collect();
    assert!(rest[0].starts_with("- access-control-allow-origin is missing"), "{rest:?}");
    assert!(rest.iter().any(|line| line.starts_with("✓ Allowed.")), "{rest:?}");
    assert_eq!(child.wait().expect("the binary ends").code(), Some(0));
}

#[test]
fn a_code_has_a_page() {
    let said = explain(&["--code", "preflight.redirect"]);
    assert_eq!(said.status, Some(0));
    assert!(said.out.starts_with("preflight.redirect\n\n"), "{said:?}");
    assert!(said.out.contains("**Fix.** "), "{said:?}");
    let said = explain(&["--code", "preflight.redirected"]);
    assert_eq!(said.status, Some(2));
    assert!(said.err.contains("unknown code \"preflight.redirected\": use one of "), "{said:?}");
}

/// The keys of an object, sorted.
fn keys(object: &Value) -> Vec<&str> {
    let object = object.as_object().expect("an object");
    let mut keys: Vec<&str> = object.keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn the_keys_of_json_do_not_change() {
    const TOP: [&str; 11] = [
        "causes", "message", "origin", "outcome", "readable", "reason", "remedy", "source",
        "steps", "url", "warnings",
    ];
    const FAULT: [&str; 6] = ["console", "fix", "header", "message", "received", "slug"];
    let server = Server::start(&[]);
    let (blocked, _) = object(&server.url(), &["--method", "PUT"]);
    assert_eq!(keys(&blocked), TOP);
    assert_eq!(keys(&blocked["reason"]), FAULT);
    let step = &blocked["steps"][0];
    assert_eq!(keys(step), ["faults", "kind", "request", "response"]);
    assert_eq!(keys(&step["request"]), ["headers", "method", "url"]);
    assert_eq!(keys(&step["response"]), ["headers", "status"]);
    assert_eq!(keys(&step["faults"][0]), FAULT);
    assert_eq!(keys(&blocked["causes"][0]), ["message", "slug"]);
    let remedy = ["headers", "instead", "lines", "notes", "place"];
    assert_eq!(keys(&blocked["remedy"]), remedy);

    let server = Server::start(&[("GET", ALLOWED)]);
    let (allowed, _) = object(&server.url(), &[]);
    assert_eq!(keys(&allowed), TOP);

    let said = explain(&["--paste", "TypeError: Failed to fetch", "--json"]);
    let pasted: Value = serde_json::from_str(&said.out).expect("one JSON object");
    assert_eq!(keys(&pasted), TOP);

    // Each key is on the page.
    let page = include_str!("../../../docs/explain.md");
    let page = page.split("\n## JSON\n").nth(1).and_then(|rest| rest.split("\n## ").next());
    let page = page.expect("the section about JSON");
    for key in TOP.iter().chain(&FAULT).chain(&remedy) {
        assert!(page.contains(&format!("`{key}`")), "{key}");
    }
}
