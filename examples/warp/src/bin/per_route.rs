//! Two policies: anyone may read, and one origin may change things.

use std::process::ExitCode;

use cors_adapters::{
    core::{Policy, PolicyErrors},
    warp::{CorsLayer, filter},
};
use cors_example_warp::{item, reading, serve, writing};
use warp::Filter;

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    let public = Policy::new().allow_any_origin().expose_headers(["etag"]).compile()?;
    // ANCHOR: strict
    let strict = Policy::new()
        .allow_origins(["https://app.example.com"])
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["content-type", "authorization"])
        .allow_credentials(true)
        .compile()?;
    // ANCHOR_END: strict

    // ANCHOR: layers
    // Side by side, and not around one another: the outer layer would answer all preflights. A layer
    // answers those of any path, so that the path of the strict one is looked at before.
    let strict = item().and(filter(CorsLayer::new(strict), writing()));
    let public = filter(CorsLayer::new(public), reading());
    Ok(serve(strict.or(public)).await)
    // ANCHOR_END: layers
}
