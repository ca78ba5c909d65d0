//! One policy for everything.

use std::process::ExitCode;

use cors_adapters::{
    core::{Policy, PolicyErrors},
    salvo::CorsHandler,
};
use cors_example_salvo::{routes, serve};
use salvo::prelude::Service;

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
    // The hoop is the service's own, and the first, so that it is around every route, the 404 and
    // the 405.
    Ok(serve(Service::new(routes()).hoop(CorsHandler::new(cors))).await)
    // ANCHOR_END: layer
}
