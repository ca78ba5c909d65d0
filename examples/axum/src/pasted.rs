// Cargo.toml: cors-adapters = { git = "...", features = ["axum"] }
use cors_adapters::{Policy, PolicyErrors, axum::CorsLayer};

/// Adds CORS to the finished router: call it after every route.
fn with_cors(router: axum::Router) -> Result<axum::Router, PolicyErrors> {
    let cors = Policy::new()
        .allow_origins(["https://app.example.com", "http://localhost:5173"])
        .allow_methods(["PATCH"])
        .allow_headers(["authorization"])
        .allow_credentials(true)
        .compile()?;
    Ok(router.layer(CorsLayer::new(cors)))
}
