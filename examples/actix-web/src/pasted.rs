// Cargo.toml: cors-adapters = { git = "...", features = ["actix-web"] }
use cors_adapters::{Policy, PolicyErrors, actix_web::CorsMiddleware};

/// The middleware for `App::new().configure(routes).wrap(cors.clone())`: the last wrap is the outermost.
fn cors() -> Result<CorsMiddleware, PolicyErrors> {
    let cors = Policy::new()
        .allow_origins(["https://app.example.com", "http://localhost:5173"])
        .allow_methods(["PATCH"])
        .allow_headers(["authorization"])
        .allow_credentials(true)
        .compile()?;
    Ok(CorsMiddleware::new(cors))
}
