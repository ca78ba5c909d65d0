// Imported from Express. What always differs: docs/coming-from/express.md#what-differs

// Cargo.toml: cors-adapters = { git = "...", features = ["http"] }
use cors_adapters::{Policy, PolicyErrors, http as cors_http};

/// The policy for `cors_http::serve(&cors, request, handler).await`, which answers preflights too.
fn cors() -> Result<cors_http::HttpCors, PolicyErrors> {
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
    Ok(cors.render())
}
