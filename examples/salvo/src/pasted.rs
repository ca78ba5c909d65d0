// Cargo.toml: cors-adapters = { git = "...", features = ["salvo"] }
use cors_adapters::{Policy, PolicyErrors, salvo::CorsHandler};

/// Adds CORS to everything that the router answers, 404 and 405 included.
fn with_cors(router: salvo::Router) -> Result<salvo::Service, PolicyErrors> {
    let cors = Policy::new()
        .allow_origins(["https://app.example.com", "http://localhost:5173"])
        .allow_methods(["PATCH"])
        .allow_headers(["authorization"])
        .allow_credentials(true)
        .compile()?;
    Ok(salvo::Service::new(router).hoop(CorsHandler::new(cors)))
}
