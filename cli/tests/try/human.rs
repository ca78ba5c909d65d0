//! The human form, word for word.

use std::sync::Once;

use crate::run::{policy, run};

const POLICY: &str = r#"
allow_origins = ["https://app.example.com", "https://*.example.net", "http://localhost:3000", "http://127.0.0.1:*"]
allow_methods = ["PUT", "PATCH"]
allow_headers = ["content-type", "X-Api-Key"]
max_age = 3600
"#;

/// What is said about these arguments, in all.
#[track_caller]
fn check(args: &[&str], status: i32, expected: &str) {
    // Once: another test may be reading it.
    static WRITTEN: Once = Once::new();
    WRITTEN.call_once(|| policy("human.toml", POLICY));
    let said = run(&[&["try", "human.toml"], args].concat(), b"");
    assert_eq!(said.out, expected);
    assert_eq!((said.err.as_str(), said.status), ("", Some(status)));
}

#[test]
fn a_simple_request_is_sent_at_once() {
    check(
        &["--origin", "https://a.b.example.net"],
        0,
        r#"Actual request allowed: the policy covers this request.
allow_origins lists "https://*.example.net", which matches "https://a.b.example.net".

> GET
> origin: https://a.b.example.net
< the handler's response, plus:
< access-control-allow-origin: https://a.b.example.net
< vary: Origin
"#,
    );
}

#[test]
fn a_preflight_that_passes_is_followed_by_the_request() {
    check(
        &[
            "--origin",
            "https://app.example.com",
            "--method",
            "put",
            "--header",
            "X-Api-Key",
            "Content-Type",
        ],
        0,
        r#"Preflight allowed: the policy covers this request.
allow_origins lists "https://app.example.com", which matches "https://app.example.com".

> OPTIONS
> origin: https://app.example.com
> access-control-request-method: PUT
> access-control-request-headers: content-type,x-api-key
< 204
< access-control-allow-origin: https://app.example.com
< access-control-allow-methods: PUT, PATCH
< access-control-allow-headers: content-type, X-Api-Key
< access-control-max-age: 3600
< vary: Origin

Actual request allowed: the policy covers this request.
allow_origins lists "https://app.example.com", which matches "https://app.example.com".

> PUT
> origin: https://app.example.com
> content-type: …
> x-api-key: …
< the handler's response, plus:
< access-control-allow-origin: https://app.example.com
< vary: Origin
"#,
    );
}

#[test]
fn a_preflight_that_fails_is_followed_by_nothing() {
    check(
        &["--origin", "https://app.example.com", "--method", "patch"],
        1,
        r#"Preflight denied: the policy does not allow the request's method.
"patch" is not in allow_methods, which lists "PUT" and "PATCH". GET, HEAD and POST do not need to be listed.
"PATCH" does not match: methods are case-sensitive, and browsers uppercase only DELETE, GET, HEAD, OPTIONS, POST and PUT.
The browser does not send the patch request.

> OPTIONS
> origin: https://app.example.com
> access-control-request-method: patch
< 204
< access-control-allow-origin: https://app.example.com
< access-control-allow-methods: PUT, PATCH
< access-control-allow-headers: content-type, X-Api-Key
< access-control-max-age: 3600
< vary: Origin
"#,
    );
}

#[test]
fn an_origin_that_is_denied() {
    check(
        &["--origin", "http://localhost:5173"],
        1,
        r#"Actual request denied: the policy does not allow the request's origin.
"http://localhost:5173" is not in allow_origins, which lists "https://app.example.com", "https://*.example.net", "http://localhost:3000" and "http://127.0.0.1:*".
The closest entry is "http://localhost:3000": the port is 5173, not 3000.
The handler runs, but the browser hides the response from the page.

> GET
> origin: http://localhost:5173
< the handler's response, plus:
< vary: Origin
"#,
    );
}

#[test]
fn either_request_can_be_asked_alone() {
    check(
        &["--origin", "https://x.example", "--preflight"],
        1,
        r#"Preflight denied: the policy does not allow the request's origin.
"https://x.example" is not in allow_origins, which lists "https://app.example.com", "https://*.example.net", "http://localhost:3000" and "http://127.0.0.1:*".
The browser does not send the GET request.

> OPTIONS
> origin: https://x.example
> access-control-request-method: GET
< 403
< vary: Origin
"#,
    );
    check(
        &["--origin", "http://127.0.0.1:8080", "--method", "DELETE", "--actual"],
        0,
        r#"Actual request allowed: the policy covers this request.
allow_origins lists "http://127.0.0.1:*", which matches "http://127.0.0.1:8080".

> DELETE
> origin: http://127.0.0.1:8080
< the handler's response, plus:
< access-control-allow-origin: http://127.0.0.1:8080
< vary: Origin
"#,
    );
}

#[test]
fn policies_by_path() {
    policy("paths.toml", PATHS);
    let said = |path| {
        let said =
            run(&["try", "paths.toml", "--origin", "https://app.example.com", "--path", path], b"");
        (said.out, said.status)
    };
    let (out, status) = said("/api/items");
    assert!(out.contains("allow_origins lists"), "{out}");
    assert!(out.contains("> GET /api/items\n"), "{out}");
    assert_eq!(status, Some(0));
    let nothing = "Actual request not CORS: no policy applies to this path.\n\n\
        > GET /health\n> origin: https://app.example.com\n< the handler's response, plus:\n";
    assert_eq!(said("/health"), (nothing.to_owned(), Some(1)));
    let (out, status) = said("/api/../health");
    let refused = "denied: the request's path is malformed or ambiguous.";
    assert!(out.contains(refused), "{out}");
    assert_eq!(status, Some(1));
    assert_eq!(said("health").1, Some(2));
}

const PATHS: &str = r#"
[resources]
"/health" = "none"

[resources."/api/*"]
allow_origins = ["https://app.example.com"]
"#;
