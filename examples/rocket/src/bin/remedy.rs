//! The remedy that `cors explain` prints, as a whole program: with the policy below, or with any
//! argument as it is pasted for another page. `cargo xtask servers` requests both.

use std::{env, process::ExitCode};

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

/// The remedy for another page: exactly what the command prints.
mod pasted {
    include!("../pasted.rs");

    pub(super) fn apply(
        rocket: rocket::Rocket<rocket::Build>,
    ) -> Result<rocket::Rocket<rocket::Build>, PolicyErrors> {
        with_cors(rocket)
    }
}

#[rocket::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    let rocket = match env::args().nth(1) {
        Some(_) => pasted::apply(routes())?,
        None => with_cors(routes())?,
    };
    Ok(serve(rocket).await)
}
