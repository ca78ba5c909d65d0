//! The remedy that `cors explain` prints, as a whole program: with the policy below, or with any
//! argument as it is pasted for another page. `cargo xtask servers` requests both.

use std::{env, process::ExitCode};

use cors_example_poem::{routes, serve};
use poem::EndpointExt;

// ANCHOR: remedy
use cors_adapters::{Policy, PolicyErrors, poem::CorsMiddleware};

/// The middleware for `route.with(cors()?)`, around the finished route.
fn cors() -> Result<CorsMiddleware, PolicyErrors> {
    let cors = Policy::new().allow_origins(["https://app.example.com"]).compile()?;
    Ok(CorsMiddleware::new(cors))
}
// ANCHOR_END: remedy

/// The remedy for another page: exactly what the command prints.
mod pasted {
    include!("../pasted.rs");

    pub(super) fn apply() -> Result<CorsMiddleware, PolicyErrors> {
        cors()
    }
}

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    let cors = match env::args().nth(1) {
        Some(_) => pasted::apply()?,
        None => cors()?,
    };
    Ok(serve(routes().with(cors)).await)
}
