// Cargo.toml: cors-adapters = { git = "...", features = ["tower"] }
use cors_adapters::{Policy, PolicyErrors, tower::CorsLayer};

/// The layer for `ServiceBuilder::new().layer(cors()?)`, before every other layer.
fn cors() -> Result<CorsLayer, PolicyErrors> {
    let cors = Policy::new()
        .allow_origins(["https://app.example.com", "http://localhost:5173"])
        .allow_methods(["PATCH"])
        .allow_headers(["authorization"])
        .allow_credentials(true)
        .compile()?;
    Ok(CorsLayer::new(cors))
}
