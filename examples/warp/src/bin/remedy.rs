//! The remedy that `cors explain` prints, as a whole program. The policy is replaced.

use std::process::ExitCode;

use cors_adapters::warp::filter;
use cors_example_warp::{routes, serve};

// ANCHOR: remedy
use cors_adapters::{Policy, PolicyErrors, warp::CorsLayer};

/// The layer for `cors_adapters::warp::filter(cors()?, routes)`, which is what to serve.
fn cors() -> Result<CorsLayer, PolicyErrors> {
    let cors = Policy::new().allow_origins(["https://app.example.com"]).compile()?;
    Ok(CorsLayer::new(cors))
}
// ANCHOR_END: remedy

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    Ok(serve(filter(cors()?, routes())).await)
}
