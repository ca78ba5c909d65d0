use crate::preflight;

// ANCHOR: app
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{post, put},
};
use cors_adapters::{Policy, PolicyErrors, axum::CorsLayer};

fn app() -> Result<Router, PolicyErrors> {
    let cors = Policy::new()
        .allow_origins(["https://app.example.com"])
        .allow_methods(["PUT", "PATCH"])
        // A file's type, its range, and those of resumable uploads.
        .allow_headers(["content-type", "content-range", "tus-resumable", "upload-offset"])
        .expose_headers(["etag", "location", "upload-offset"])
        .compile()?;
    Ok(Router::new()
        .route("/files", post(async || "stored"))
        .route("/files/{name}", put(async || "stored"))
        .layer(DefaultBodyLimit::max(64 * 1024 * 1024))
        // Outside the limit: the page can then read a 413.
        .layer(CorsLayer::new(cors)))
}
// ANCHOR_END: app

#[test]
fn an_upload_with_a_listener_is_preflighted_and_passes() {
    let app = app().expect("the policy is valid");
    // XMLHttpRequest with `upload.onprogress` sends a preflight even for a plain form.
    let seen = preflight(&app, "/files", "https://app.example.com", "POST", "");
    assert_eq!(seen.status, 204);
    let seen =
        preflight(&app, "/files/a", "https://app.example.com", "PUT", "content-range,content-type");
    assert_eq!(seen.status, 204);
}
