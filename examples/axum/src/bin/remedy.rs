//! The remedy that `cors explain` prints, as a whole program: with the policy below, or with any
//! argument as it is pasted for another page. `cargo xtask servers` requests both.

use std::{env, process::ExitCode};

use cors_example_axum::{routes, serve};

// ANCHOR: remedy
use cors_adapters::{Policy, PolicyErrors, axum::CorsLayer};

/// Adds CORS to the finished router: call it after every route.
fn with_cors(router: axum::Router) -> Result<axum::Router, PolicyErrors> {
    let cors = Policy::new().allow_origins(["https://app.example.com"]).compile()?;
    Ok(router.layer(CorsLayer::new(cors)))
}
// ANCHOR_END: remedy

/// The remedy for another page: exactly what the command prints.
mod pasted {
    include!("../pasted.rs");

    pub(super) fn apply(router: axum::Router) -> Result<axum::Router, PolicyErrors> {
        with_cors(router)
    }
}

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    let router = match env::args().nth(1) {
        Some(_) => pasted::apply(routes())?,
        None => with_cors(routes())?,
    };
    Ok(serve(router).await)
}
