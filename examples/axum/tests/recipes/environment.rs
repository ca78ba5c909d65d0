use crate::check;

// ANCHOR: app
use axum::{Router, routing::get};
use cors_adapters::{Policy, PolicyErrors, axum::CorsLayer};

/// `ALLOWED_ORIGINS=https://app.example.com,https://admin.example.com`
fn app() -> Result<Router, PolicyErrors> {
    let cors = Policy::new().allow_origins_from_env("ALLOWED_ORIGINS").compile()?;
    Ok(Router::new().route("/items", get(async || "[]")).layer(CorsLayer::new(cors)))
}
// ANCHOR_END: app

// ANCHOR: none
/// Without the variable, no other origin may read a response.
fn optional() -> Result<Router, PolicyErrors> {
    let cors = Policy::new().allow_origins_from_env_or_none("ALLOWED_ORIGINS").compile()?;
    Ok(Router::new().route("/items", get(async || "[]")).layer(CorsLayer::new(cors)))
}
// ANCHOR_END: none

/// The same with a given text. Tests run in threads of one process, which cannot set variables.
fn with(text: &str) -> Result<Router, PolicyErrors> {
    let cors = Policy::new().allow_origins_list(text).compile()?;
    Ok(Router::new().route("/items", get(async || "[]")).layer(CorsLayer::new(cors)))
}

#[test]
fn a_list_is_separated_by_commas_or_written_as_json() {
    for text in [
        "https://app.example.com, https://admin.example.com,",
        r#"["https://app.example.com", "https://admin.example.com"]"#,
    ] {
        let app = with(text).expect(text);
        check(&app, "https://admin.example.com", true);
        check(&app, "https://evil.example", false);
    }
}

#[test]
fn an_unset_variable_is_an_error_or_no_origin() {
    let error = app().expect_err("the variable is not set").to_string();
    assert!(error.starts_with("environment variable \"ALLOWED_ORIGINS\" is not set"), "{error}");
    let app = optional().expect("the variable may be missing");
    check(&app, "https://app.example.com", false);
}

#[test]
fn a_mistake_in_the_variable_stops_the_program() {
    let error = with("https://app.example.com/").expect_err("an origin has no path").to_string();
    assert!(error.contains("origin-trailing-slash"), "{error}");
}
