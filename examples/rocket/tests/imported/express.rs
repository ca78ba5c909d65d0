// Imported from Express. What always differs: docs/coming-from/express.md#what-differs

// Cargo.toml: cors-adapters = { git = "...", features = ["rocket"] }
use cors_adapters::{Policy, PolicyErrors, rocket::CorsFairing};

/// Adds CORS to every route and every catcher.
fn with_cors(
    rocket: rocket::Rocket<rocket::Build>,
) -> Result<rocket::Rocket<rocket::Build>, PolicyErrors> {
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
    Ok(rocket.attach(CorsFairing::new(cors)))
}
