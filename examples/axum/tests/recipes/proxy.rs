use crate::{check, send, wait};

// ANCHOR: app
use axum::{Router, routing::get};
use cors_adapters::{Policy, PolicyErrors, axum::CorsLayer};

/// Behind nginx, Caddy or a load balancer that passes `Origin` and `OPTIONS` through.
fn app() -> Result<Router, PolicyErrors> {
    let cors = Policy::new()
        // The public addresses of the pages, not the addresses behind the proxy.
        .allow_origins(["https://app.example.com"])
        .compile()?;
    Ok(Router::new().route("/items", get(async || "[]")).layer(CorsLayer::new(cors)))
}
// ANCHOR_END: app

#[test]
fn what_a_proxy_adds_changes_nothing() {
    let app = app().expect("the policy is valid");
    check(&app, "https://app.example.com", true);
    let forwarded = [
        ("origin", "https://evil.example"),
        ("x-forwarded-host", "app.example.com"),
        ("x-forwarded-proto", "https"),
        ("forwarded", "host=app.example.com;proto=https"),
    ];
    let seen = wait(send(&app, "GET", "/items", &forwarded));
    assert!(!seen.allows("https://evil.example"));
    assert_eq!(seen.get("vary"), Some("Origin"));
}
