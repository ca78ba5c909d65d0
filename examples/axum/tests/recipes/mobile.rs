use crate::check;

// ANCHOR: app
use axum::{Router, routing::get};
use cors_adapters::{Policy, PolicyErrors, axum::CorsLayer};

fn app() -> Result<Router, PolicyErrors> {
    let cors = Policy::new()
        .allow_origins([
            "https://app.example.com",
            "capacitor://localhost",  // Capacitor on iOS
            "https://localhost",      // Capacitor on Android
            "tauri://localhost",      // Tauri on macOS, Linux and iOS
            "http://tauri.localhost", // Tauri on Windows and Android
        ])
        .allow_headers(["authorization", "content-type"])
        .compile()?;
    Ok(Router::new().route("/items", get(async || "[]")).layer(CorsLayer::new(cors)))
}
// ANCHOR_END: app

#[test]
fn each_shell_has_an_origin() {
    let app = app().expect("the policy is valid");
    for origin in [
        "capacitor://localhost",
        "https://localhost",
        "tauri://localhost",
        "http://tauri.localhost",
    ] {
        check(&app, origin, true);
    }
    // A page in a file, as Electron's `loadFile` shows it, and any sandboxed frame.
    check(&app, "null", false);
    check(&app, "http://localhost", false);
}
