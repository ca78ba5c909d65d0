use crate::{check_at, send, wait};

// ANCHOR: app
use axum::{Router, http::header, routing::get};
use cors_adapters::{Policy, PolicyErrors, Resources, axum::CorsLayer};

fn app() -> Result<Router, PolicyErrors> {
    let cors = Resources::new()
        // Fonts, module scripts and images that a canvas reads need CORS. They are public.
        .at("/static/*", Policy::new().allow_any_origin())
        .at("/api/*", Policy::new().allow_origin("https://app.example.com"))
        .compile()?;
    Ok(Router::new()
        // Or `.nest_service("/static", ServeDir::new("static"))` with tower-http.
        .route("/static/font.woff2", get(async || ([(header::CONTENT_TYPE, "font/woff2")], "...")))
        .route("/api/items", get(async || "[]"))
        .layer(CorsLayer::new(cors)))
}
// ANCHOR_END: app

#[test]
fn any_page_loads_a_font_and_a_cache_may_keep_it() {
    let app = app().expect("the policies are valid");
    check_at(&app, "/static/font.woff2", "https://anyone.example", true);
    check_at(&app, "/api/items", "https://anyone.example", false);
    let seen = wait(send(&app, "GET", "/static/font.woff2", &[("origin", "https://a.example")]));
    // The same response for every origin.
    assert_eq!(seen.get("access-control-allow-origin"), Some("*"));
    assert_eq!(seen.get("vary"), None);
}
