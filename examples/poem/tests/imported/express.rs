// Imported from Express. What always differs: docs/coming-from/express.md#what-differs

// Cargo.toml: cors-adapters = { git = "...", features = ["poem"] }
use cors_adapters::{Policy, PolicyErrors, poem::CorsMiddleware};

/// The middleware for `route.with(cors()?)`, around the finished route.
fn cors() -> Result<CorsMiddleware, PolicyErrors> {
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
    Ok(CorsMiddleware::new(cors))
}
