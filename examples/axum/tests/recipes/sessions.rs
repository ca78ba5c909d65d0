use crate::{check, preflight, send, wait};

// ANCHOR: app
use axum::{
    Router,
    http::{StatusCode, header},
    middleware,
    routing::get,
};
use cors_adapters::{Policy, PolicyErrors, axum::CorsLayer};

fn app() -> Result<Router, PolicyErrors> {
    let cors = Policy::new()
        .allow_origins(["https://app.example.com"]) // never "*": cookies are the user's
        .allow_headers(["content-type"])
        .allow_credentials(true)
        .compile()?;
    Ok(Router::new()
        .route("/items", get(async || "[]"))
        .layer(middleware::from_fn(require_session))
        // After the layer above, so it runs first: preflights carry no cookie.
        .layer(CorsLayer::new(cors)))
}

async fn require_session(
    request: axum::extract::Request,
    next: middleware::Next,
) -> Result<axum::response::Response, StatusCode> {
    match request.headers().get(header::COOKIE) {
        Some(_) => Ok(next.run(request).await), // look the session up here
        None => Err(StatusCode::UNAUTHORIZED),
    }
}

/// `SameSite=None` only if the page is on another site. `Secure` is then required.
const COOKIE: &str = "session=...; HttpOnly; Secure; SameSite=None; Path=/";
// ANCHOR_END: app

#[test]
fn a_page_reads_responses_and_errors() {
    let app = app().expect("the policy is valid");
    let origin = ("origin", "https://app.example.com");
    let seen = wait(send(&app, "GET", "/items", &[origin, ("cookie", COOKIE)]));
    assert_eq!(seen.status, 200);
    assert_eq!(seen.get("access-control-allow-credentials"), Some("true"));
    // The page reads the 401 too, and can show a login form.
    let seen = wait(send(&app, "GET", "/items", &[origin]));
    assert_eq!((seen.status.as_u16(), seen.allows(origin.1)), (401, true));
    check(&app, "https://evil.example", false);
}

#[test]
fn a_preflight_needs_no_session() {
    let app = app().expect("the policy is valid");
    let seen = preflight(&app, "/items", "https://app.example.com", "POST", "content-type");
    assert_eq!(seen.status, 204);
}
