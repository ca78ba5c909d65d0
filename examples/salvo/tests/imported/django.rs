// Imported from Django. What always differs: docs/coming-from/django.md#what-differs

// Cargo.toml: cors-adapters = { git = "...", features = ["salvo", "regex"] }
use cors_adapters::{Policy, PolicyErrors, Resources, salvo::CorsHandler};

/// Adds CORS to everything that the router answers, 404 and 405 included.
fn with_cors(router: salvo::Router) -> Result<salvo::Service, PolicyErrors> {
    let cors = Resources::new()
        .at(
            "/api/*",
            Policy::new()
                .allow_origin_patterns(["https://\\w+-shop\\.example\\.com"])
                .allow_methods(["DELETE", "OPTIONS", "PATCH", "PUT"])
                .allow_headers([
                    "authorization",
                    "content-type",
                    "user-agent",
                    "x-csrftoken",
                    "x-requested-with",
                ])
                .max_age(7200),
        )
        .compile()?;
    Ok(salvo::Service::new(router).hoop(CorsHandler::new(cors)))
}
