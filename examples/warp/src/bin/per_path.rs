//! Two policies by path, in one layer: anyone may read, and one origin may change things.

use std::process::ExitCode;

use cors_adapters::{
    core::{Policy, PolicyErrors, Resources},
    warp::{CorsLayer, filter},
};
use cors_example_warp::{routes, serve};

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    // ANCHOR: resources
    let cors = Resources::new()
        .at("*", Policy::new().allow_any_origin().expose_headers(["etag"]))
        .at(
            "/items/*",
            Policy::new()
                .allow_origins(["https://app.example.com"])
                .allow_methods(["PUT", "DELETE"])
                .allow_headers(["content-type", "authorization"])
                .allow_credentials(true),
        )
        .compile()?;
    // ANCHOR_END: resources

    // Around every route, and around what makes the 404 and the 405 of what they reject.
    Ok(serve(filter(CorsLayer::new(cors), routes())).await)
}
