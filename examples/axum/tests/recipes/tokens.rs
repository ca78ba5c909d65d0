use crate::{preflight, send, wait};

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
        .allow_origins(["https://app.example.com"])
        .allow_methods(["PUT", "PATCH", "DELETE"])
        .allow_headers(["authorization", "content-type"])
        .expose_headers(["www-authenticate"])
        .compile()?; // no credentials: a token in a header is not a cookie
    Ok(Router::new()
        .route("/items", get(async || "[]"))
        .layer(middleware::from_fn(require_token))
        .layer(CorsLayer::new(cors)))
}

async fn require_token(
    request: axum::extract::Request,
    next: middleware::Next,
) -> Result<axum::response::Response, (StatusCode, [(header::HeaderName, &'static str); 1])> {
    match request.headers().get(header::AUTHORIZATION) {
        Some(_) => Ok(next.run(request).await), // check the token here
        None => Err((StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")])),
    }
}
// ANCHOR_END: app

#[test]
fn a_token_needs_a_preflight_that_passes_without_it() {
    let app = app().expect("the policy is valid");
    let origin = "https://app.example.com";
    let seen = preflight(&app, "/items", origin, "GET", "authorization");
    assert_eq!(seen.status, 204);
    assert_eq!(seen.get("access-control-allow-headers"), Some("authorization, content-type"));
    let seen = wait(send(&app, "GET", "/items", &[("origin", origin)]));
    assert_eq!(seen.status, 401);
    assert_eq!(seen.get("access-control-expose-headers"), Some("www-authenticate"));
    assert_eq!(seen.get("access-control-allow-credentials"), None);
}
