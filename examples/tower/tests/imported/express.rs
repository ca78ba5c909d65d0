// Imported from Express. What always differs: docs/coming-from/express.md#what-differs

// Cargo.toml: cors-adapters = { git = "...", features = ["tower"] }
use cors_adapters::{Policy, PolicyErrors, tower::CorsLayer};

/// The layer for `ServiceBuilder::new().layer(cors()?)`, before every other layer.
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
