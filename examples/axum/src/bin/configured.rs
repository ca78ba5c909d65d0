//! One policy for everything, from a file, which is followed while it is served.

use std::{env, process::ExitCode};

use cors_adapters::{axum::CorsLayer, file};
use cors_example_axum::{routes, serve};

#[tokio::main]
async fn main() -> Result<ExitCode, file::Report> {
    let path = env::args_os().nth(1).unwrap_or("examples/policy.toml".into());
    // ANCHOR: policy
    let cors = CorsLayer::live(file::watch(path)?);
    // ANCHOR_END: policy
    Ok(serve(routes().layer(cors)).await)
}
