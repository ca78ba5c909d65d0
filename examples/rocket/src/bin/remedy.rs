//! The remedy that `cors explain` prints, as a whole program. The policy is replaced.

use std::process::ExitCode;

use cors_example_rocket::{routes, serve};

// ANCHOR: remedy
use cors_adapters::{Policy, PolicyErrors, rocket::CorsFairing};

/// Adds CORS to every route and every catcher.
fn with_cors(
    rocket: rocket::Rocket<rocket::Build>,
) -> Result<rocket::Rocket<rocket::Build>, PolicyErrors> {
    let cors = Policy::new().allow_origins(["https://app.example.com"]).compile()?;
    Ok(rocket.attach(CorsFairing::new(cors)))
}
// ANCHOR_END: remedy

#[rocket::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    Ok(serve(with_cors(routes())?).await)
}
