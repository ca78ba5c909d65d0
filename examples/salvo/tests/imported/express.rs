// Imported from Express. What always differs: docs/coming-from/express.md#what-differs

// Cargo.toml: cors-adapters = { git = "...", features = ["salvo"] }
use cors_adapters::{Policy, PolicyErrors, salvo::CorsHandler};

/// Adds CORS to everything that the router answers, 404 and 405 included.
fn with_cors(router: salvo::Router) -> Result<salvo::Service, PolicyErrors> {
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
    Ok(salvo::Service::new(router).hoop(CorsHandler::new(cors)))
}
