use crate::check;

// ANCHOR: app
use axum::{Router, routing::get};
use cors_adapters::{axum::CorsLayer, file};

/// The same file for every service: in the image, a volume, or a ConfigMap. A change is picked up
/// while the service runs, and a file with a mistake leaves the last valid policy in force.
fn app(path: &str) -> Result<Router, file::Report> {
    let cors = file::watch(path)?;
    Ok(Router::new().route("/items", get(async || "[]")).layer(CorsLayer::live(cors)))
}
// ANCHOR_END: app

#[test]
fn services_share_a_file() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../policy.toml");
    let (one, other) =
        (app(path).expect("the file is valid"), app(path).expect("the file is valid"));
    for service in [one, other] {
        check(&service, "https://app.example.com", true);
        check(&service, "https://evil.example", false);
    }
}
