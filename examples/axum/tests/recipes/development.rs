use crate::{check, preflight};

// ANCHOR: app
use axum::{Router, routing::get};
use cors_adapters::{Policy, PolicyErrors, axum::CorsLayer};

fn app(development: bool) -> Result<Router, PolicyErrors> {
    let mut policy = Policy::new()
        .allow_origins(["https://app.example.com"])
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["content-type"]);
    if development {
        // Vite, webpack and others, on any port.
        policy = policy.allow_origins(["http://localhost:*", "http://127.0.0.1:*"]).max_age(0);
    }
    Ok(Router::new().route("/items", get(async || "[]")).layer(CorsLayer::new(policy.compile()?)))
}

fn is_development() -> bool {
    cfg!(debug_assertions) // or a variable: std::env::var("APP_ENV").as_deref() == Ok("development")
}
// ANCHOR_END: app

#[test]
fn a_development_server_is_allowed_in_development_alone() {
    let [development, production] = [true, false].map(|it| app(it).expect("the policy is valid"));
    check(&development, "http://localhost:5173", true);
    check(&development, "https://app.example.com", true);
    check(&production, "http://localhost:5173", false);
    check(&production, "https://app.example.com", true);
    assert!(is_development());
}

#[test]
fn preflights_are_not_cached_in_development() {
    let app = app(true).expect("the policy is valid");
    let seen = preflight(&app, "/items", "http://localhost:5173", "PUT", "content-type");
    assert_eq!(seen.get("access-control-max-age"), Some("0"));
}
