//! The remedy that `cors explain` prints, as a whole program: with the policy below, or with any
//! argument as it is pasted for another page. `cargo xtask servers` requests both.

use std::{env, process::ExitCode};

use actix_web::App;
use cors_example_actix_web::{routes, serve};

// ANCHOR: remedy
use cors_adapters::{Policy, PolicyErrors, actix_web::CorsMiddleware};

/// The middleware for `App::new().configure(routes).wrap(cors.clone())`: the last wrap is the outermost.
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

#[actix_web::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    let cors = match env::args().nth(1) {
        Some(_) => pasted::apply()?,
        None => cors()?,
    };
    Ok(serve(move || App::new().configure(routes).wrap(cors.clone())).await)
}
