//! The remedy that `cors explain` prints, as a whole program. The policy is replaced.

use std::process::ExitCode;

use cors_example_salvo::{routes, serve};

// ANCHOR: remedy
use cors_adapters::{Policy, PolicyErrors, salvo::CorsHandler};

/// Adds CORS to everything that the router answers, 404 and 405 included.
fn with_cors(router: salvo::Router) -> Result<salvo::Service, PolicyErrors> {
    let cors = Policy::new().allow_origins(["https://app.example.com"]).compile()?;
    Ok(salvo::Service::new(router).hoop(CorsHandler::new(cors)))
}
// ANCHOR_END: remedy

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    Ok(serve(with_cors(routes())?).await)
}
