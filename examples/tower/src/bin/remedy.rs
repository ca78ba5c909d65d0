//! The remedy that `cors explain` prints, as a whole program. The policy is replaced.

use std::process::ExitCode;

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

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    Ok(serve(cors()?.layer(service_fn(routes))).await)
}
