// Cargo.toml: cors-adapters = { git = "...", features = ["rocket"] }
use cors_adapters::{Policy, PolicyErrors, rocket::CorsFairing};

/// Adds CORS to every route and every catcher.
fn with_cors(
    rocket: rocket::Rocket<rocket::Build>,
) -> Result<rocket::Rocket<rocket::Build>, PolicyErrors> {
    let cors = Policy::new()
        .allow_origins(["https://app.example.com", "http://localhost:5173"])
        .allow_methods(["PATCH"])
        .allow_headers(["authorization"])
        .allow_credentials(true)
        .compile()?;
    Ok(rocket.attach(CorsFairing::new(cors)))
}
