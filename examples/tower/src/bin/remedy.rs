//! The remedy that `cors explain` prints, as a whole program: with the policy below, or with any
//! argument as it is pasted for another page. `cargo xtask servers` requests both.

use std::{env, process::ExitCode};

use cors_example_tower::{routes, serve};
use tower::{Layer, service_fn};

// ANCHOR: remedy
use cors_adapters::{Policy, PolicyErrors, tower::CorsLayer};

/// The layer for `ServiceBuilder::new().layer(cors()?)`, before every other layer.
fn cors() -> Result<CorsLayer, PolicyErrors> {
    let cors = Policy::new().allow_origins(["https://app.example.com"]).compile()?;
    Ok(CorsLayer::new(cors))
}
// ANCHOR_END: remedy

/// The remedy for another page: exactly what the command prints.
mod pasted {
    include!("../pasted.rs");

    pub(super) fn apply() -> Result<CorsLayer, PolicyErrors> {
        cors()
    }
}

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    let cors = match env::args().nth(1) {
        Some(_) => pasted::apply()?,
        None => cors()?,
    };
    Ok(serve(cors.layer(service_fn(routes))).await)
}
