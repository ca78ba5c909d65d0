// Imported from Express. What always differs: docs/coming-from/express.md#what-differs

// Cargo.toml: cors-adapters = { git = "...", features = ["axum"] }
use cors_adapters::{Policy, PolicyErrors, axum::CorsLayer};

/// Adds CORS to the finished router: call it after every route.
fn with_cors(router: axum::Router) -> Result<axum::Router, PolicyErrors> {
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
    Ok(router.layer(CorsLayer::new(cors)))
}
