// Cargo.toml: cors-adapters = { git = "...", features = ["poem"] }
use cors_adapters::{Policy, PolicyErrors, poem::CorsMiddleware};

/// The middleware for `route.with(cors()?)`, around the finished route.
fn cors() -> Result<CorsMiddleware, PolicyErrors> {
    let cors = Policy::new()
        .allow_origins(["https://app.example.com", "http://localhost:5173"])
        .allow_methods(["PATCH"])
        .allow_headers(["authorization"])
        .allow_credentials(true)
        .compile()?;
    Ok(CorsMiddleware::new(cors))
}
