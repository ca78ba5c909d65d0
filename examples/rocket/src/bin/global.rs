//! One policy for everything.

use std::process::ExitCode;

use cors_adapters::{
    core::{Policy, PolicyErrors},
    rocket::CorsFairing,
};
use cors_example_rocket::{routes, serve};

#[rocket::main]
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
    // Attached anywhere, it is around every route and every catcher.
    Ok(serve(routes().attach(CorsFairing::new(cors))).await)
    // ANCHOR_END: layer
}
