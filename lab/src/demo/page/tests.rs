use axum::{
    body::Body,
    http::{Request, StatusCode, header},
    response::Response,
};
use tower::ServiceExt;

use super::*;

fn served() -> Served {
    let servers = vec![Address { name: "axum", origin: "http://127.0.0.1:1234".into() }];
    let origins = guard::HOSTS.map(|host| format!("http://{host}:80"));
    Served { policy: "allow_origins = [\"*\"]".into(), servers, origins }
}

/// What the page at port 4321 answers.
fn ask(method: &str, path: &str, host: &str, origin: Option<&str>, body: String) -> Response {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, host);
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    let request = request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body));
    let request = request.expect("a request as it should be");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let app = app(served(), 4321);
    match runtime.block_on(app.oneshot(request)) {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

#[track_caller]
fn check(method: &str, path: &str, host: &str, origin: Option<&str>, status: StatusCode) {
    let response = ask(method, path, host, origin, "{}".into());
    assert_eq!(response.status(), status, "{method} {path} at {host} from {origin:?}");
}

#[test]
fn the_page_is_served_under_names_of_loopback_alone() {
    for path in ["/", "/playground.js", "/playground.css", "/playground.json"] {
        check("GET", path, "localhost:4321", None, StatusCode::OK);
        check("GET", path, "127.0.0.1:4321", None, StatusCode::OK);
        for host in ["localhost", "localhost:4322", "rebound.example:4321", "", "127.0.0.1"] {
            check("GET", path, host, None, StatusCode::FORBIDDEN);
        }
    }
}

#[test]
fn only_the_page_itself_asks() {
    let own = Some("http://localhost:4321");
    check("POST", "/decide", "localhost:4321", own, StatusCode::OK);
    check("POST", "/decide", "127.0.0.1:4321", own, StatusCode::FORBIDDEN);
    for origin in [
        None,
        Some("null"),
        Some("http://localhost:4322"),
        Some("https://localhost:4321"),
        Some("http://evil.example"),
    ] {
        check("POST", "/decide", "localhost:4321", origin, StatusCode::FORBIDDEN);
    }
}

#[test]
fn a_question_has_an_end() {
    let long = format!("{{\"policy\": \"{}\"}}", "#".repeat(QUESTION_LIMIT));
    let own = Some("http://localhost:4321");
    let response = ask("POST", "/decide", "localhost:4321", own, long);
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn the_page_sends_requests_to_the_servers_and_runs_its_own_script() {
    let response = ask("GET", "/", "localhost:4321", None, String::new());
    let policy = &response.headers()[header::CONTENT_SECURITY_POLICY];
    let policy = policy.to_str().expect("visible ASCII").to_owned();
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; "), "{policy}");
    assert!(policy.contains("connect-src 'self' http://127.0.0.1:1234;"), "{policy}");
    for (name, _, text) in PAGE {
        for never in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
            assert!(!text.contains(never), "{never} in {name} would make text markup");
        }
    }
}
