// Imported from Express. What always differs: docs/coming-from/express.md#what-differs

// Cargo.toml: cors-adapters = { git = "...", features = ["actix-web"] }
use cors_adapters::{Policy, PolicyErrors, actix_web::CorsMiddleware};

/// The middleware for `App::new().configure(routes).wrap(cors.clone())`: the last wrap is the outermost.
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
