// Imported from Express. What always differs: docs/coming-from/express.md#what-differs

// Cargo.toml: cors-adapters = { git = "...", features = ["warp"] }
use cors_adapters::{Policy, PolicyErrors, warp::CorsLayer};

/// The layer for `cors_adapters::warp::filter(cors()?, routes)`, which is what to serve.
fn cors() -> Result<CorsLayer, PolicyErrors> {
    let cors = Policy::new()
        .allow_origins(["https://app.example.com", "https://*.example.net"])
        .allow_methods(["PUT", "DELETE"])
        .allow_headers([
            "authorization",
            "content-type",
            "x-request-id",
            "x-correlation-id",
            "x-client-version",
        ])
        .allow_credentials(true)
        .compile()?;
    Ok(CorsLayer::new(cors))
}
