// Cargo.toml: cors-adapters = { git = "...", features = ["warp"] }
use cors_adapters::{Policy, PolicyErrors, warp::CorsLayer};

/// The layer for `cors_adapters::warp::filter(cors()?, routes)`, which is what to serve.
fn cors() -> Result<CorsLayer, PolicyErrors> {
    let cors = Policy::new()
        .allow_origins(["https://app.example.com", "http://localhost:5173"])
        .allow_methods(["PATCH"])
        .allow_headers(["authorization"])
        .allow_credentials(true)
        .compile()?;
    Ok(CorsLayer::new(cors))
}
