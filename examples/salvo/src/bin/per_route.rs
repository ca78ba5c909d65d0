//! Two policies: anyone may read, and one origin may change things.

use std::process::ExitCode;

use cors_adapters::{
    core::{Policy, PolicyErrors},
    salvo::CorsHandler,
};
use cors_example_salvo::{routes, serve};
use salvo::prelude::*;

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
    // Side by side, and not around one another: the outer one would answer all preflights. They are
    // the service's and not each router's own, whose hoops see neither a preflight nor a 404.
    let service = Service::new(routes())
        .hoop_when(CorsHandler::new(public), |req, depot| !is_writing(req, depot))
        .hoop_when(CorsHandler::new(strict), is_writing);
    Ok(serve(service).await)
    // ANCHOR_END: layers
}

fn is_writing(req: &Request, _: &Depot) -> bool {
    req.uri().path().starts_with("/items/")
}
