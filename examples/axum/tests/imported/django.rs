// Imported from Django. What always differs: docs/coming-from/django.md#what-differs

// Cargo.toml: cors-adapters = { git = "...", features = ["axum", "regex"] }
use cors_adapters::{Policy, PolicyErrors, Resources, axum::CorsLayer};

/// Adds CORS to the finished router: call it after every route.
fn with_cors(router: axum::Router) -> Result<axum::Router, PolicyErrors> {
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
    Ok(router.layer(CorsLayer::new(cors)))
}
