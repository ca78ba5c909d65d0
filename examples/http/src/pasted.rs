// Cargo.toml: cors-adapters = { git = "...", features = ["http"] }
use cors_adapters::{Policy, PolicyErrors, http as cors_http};

/// The policy for `cors_http::serve(&cors, request, handler).await`, which answers preflights too.
fn cors() -> Result<cors_http::HttpCors, PolicyErrors> {
    let cors = Policy::new()
        .allow_origins(["https://app.example.com", "http://localhost:5173"])
        .allow_methods(["PATCH"])
        .allow_headers(["authorization"])
        .allow_credentials(true)
        .compile()?;
    Ok(cors.render())
}
