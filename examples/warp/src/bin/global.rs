//! One policy for everything.

use std::process::ExitCode;

use cors_adapters::{
    core::{Policy, PolicyErrors},
    warp::{CorsLayer, filter},
};
use cors_example_warp::{routes, serve};

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    // ANCHOR: policy
    let cors = Policy::new()
        .allow_origins(["https://app.example.com", "https://*.example.net", "http://localhost:*"])
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["content-type", "authorization"])
        .expose_headers(["etag"])
        .allow_credentials(true)
        .max_age(3600)
        .compile()?;
    // ANCHOR_END: policy

    // ANCHOR: layer
    // Around every route, and around what makes the 404 and the 405 of what they reject.
    Ok(serve(filter(CorsLayer::new(cors), routes())).await)
    // ANCHOR_END: layer
}
