//! The remedy that `cors explain` prints, as a whole program. The policy is replaced.

use std::process::ExitCode;

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

#[actix_web::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    let cors = cors()?;
    Ok(serve(move || App::new().configure(routes).wrap(cors.clone())).await)
}
