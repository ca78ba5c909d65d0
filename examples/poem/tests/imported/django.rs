// Imported from Django. What always differs: docs/coming-from/django.md#what-differs

// Cargo.toml: cors-adapters = { git = "...", features = ["poem", "regex"] }
use cors_adapters::{Policy, PolicyErrors, Resources, poem::CorsMiddleware};

/// The middleware for `route.with(cors()?)`, around the finished route.
fn cors() -> Result<CorsMiddleware, PolicyErrors> {
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
    Ok(CorsMiddleware::new(cors))
}
