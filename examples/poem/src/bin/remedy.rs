//! The remedy that `cors explain` prints, as a whole program. The policy is replaced.

use std::process::ExitCode;

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

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    Ok(serve(routes().with(cors()?)).await)
}
