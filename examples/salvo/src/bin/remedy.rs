//! The remedy that `cors explain` prints, as a whole program: with the policy below, or with any
//! argument as it is pasted for another page. `cargo xtask servers` requests both.

use std::{env, process::ExitCode};

use cors_example_salvo::{routes, serve};

// ANCHOR: remedy
use cors_adapters::{Policy, PolicyErrors, salvo::CorsHandler};

/// Adds CORS to everything that the router answers, 404 and 405 included.
fn with_cors(router: salvo::Router) -> Result<salvo::Service, PolicyErrors> {
    let cors = Policy::new().allow_origins(["https://app.example.com"]).compile()?;
    Ok(salvo::Service::new(router).hoop(CorsHandler::new(cors)))
}
// ANCHOR_END: remedy

/// The remedy for another page: exactly what the command prints.
mod pasted {
    include!("../pasted.rs");

    pub(super) fn apply(router: salvo::Router) -> Result<salvo::Service, PolicyErrors> {
        with_cors(router)
    }
}

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    let service = match env::args().nth(1) {
        Some(_) => pasted::apply(routes())?,
        None => with_cors(routes())?,
    };
    Ok(serve(service).await)
}
