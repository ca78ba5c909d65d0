// Imported from Django. What always differs: docs/coming-from/django.md#what-differs

// Cargo.toml: cors-adapters = { git = "...", features = ["http", "regex"] }
use cors_adapters::{Policy, PolicyErrors, Resources, http as cors_http};

/// The policy for `cors_http::serve(&cors, request, handler).await`, which answers preflights too.
fn cors() -> Result<cors_http::HttpCors, PolicyErrors> {
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
    Ok(cors.render())
}
