//! The remedy that `cors explain` prints, as a whole program. The policy is replaced.

use std::process::ExitCode;

use cors_example_axum::{routes, serve};

// ANCHOR: remedy
use cors_adapters::{Policy, PolicyErrors, axum::CorsLayer};

/// Adds CORS to the finished router: call it after every route.
fn with_cors(router: axum::Router) -> Result<axum::Router, PolicyErrors> {
    let cors = Policy::new().allow_origins(["https://app.example.com"]).compile()?;
    Ok(router.layer(CorsLayer::new(cors)))
}
// ANCHOR_END: remedy

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    Ok(serve(with_cors(routes())?).await)
}
