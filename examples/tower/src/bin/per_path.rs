//! Two policies by path, in one layer: anyone may read, and one origin may change things.

use std::process::ExitCode;

use cors_adapters::{
    core::{Policy, PolicyErrors, Resources},
    tower::CorsLayer,
};
use cors_example_tower::{routes, serve};
use tower::{Layer, service_fn};

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
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

    // Around everything that answers, so around the 404 and the 405 too.
    Ok(serve(CorsLayer::new(cors).layer(service_fn(routes))).await)
}
