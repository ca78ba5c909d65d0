//! Two policies by path, in one layer: anyone may read, and one origin may change things.

use std::process::ExitCode;

use cors_adapters::{
    core::{Policy, PolicyErrors, Resources},
    salvo::CorsHandler,
};
use cors_example_salvo::{routes, serve};
use salvo::prelude::Service;

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

    // The hoop is the service's own, and the first, so that it is around every route, the 404 and
    // the 405.
    Ok(serve(Service::new(routes()).hoop(CorsHandler::new(cors))).await)
}
