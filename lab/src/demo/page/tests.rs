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
    for path in ["/", "/served"] {
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
    // It is let in, and its question is none.
    check("POST", "/decide", "localhost:4321", own, StatusCode::UNPROCESSABLE_ENTITY);
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
fn the_page_may_ask_the_servers_and_run_its_own_script() {
    let response = ask("GET", "/", "localhost:4321", None, String::new());
    let policy = &response.headers()[header::CONTENT_SECURITY_POLICY];
    let policy = policy.to_str().expect("visible ASCII").to_owned();
    assert!(policy.starts_with("default-src 'none'; script-src 'nonce-"), "{policy}");
    assert!(policy.contains("connect-src 'self' http://127.0.0.1:1234;"), "{policy}");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let body = runtime.block_on(axum::body::to_bytes(response.into_body(), usize::MAX));
    let page = String::from_utf8_lossy(&body.expect("a page")).into_owned();
    let nonce = policy.split('\'').find(|part| part.starts_with("nonce-")).expect("there is one");
    let mark = format!("nonce=\"{}\"", &nonce["nonce-".len()..]);
    assert_eq!(page.matches(&mark).count(), 2, "the style and the script");
    for never in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
        assert!(!page.contains(never), "{never} would make text markup");
    }
}
