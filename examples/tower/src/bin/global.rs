//! One policy for everything.

use std::process::ExitCode;

use cors_adapters::{
    core::{Policy, PolicyErrors},
    tower::CorsLayer,
};
use cors_example_tower::{routes, serve};
use tower::{Layer, service_fn};

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    let cors = Policy::new()
        .allow_origins(["https://app.example.com", "https://*.example.net", "http://localhost:*"])
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["content-type", "authorization"])
        .expose_headers(["etag"])
        .allow_credentials(true)
        .max_age(3600)
        .compile()?;

    // Around everything that answers, so around the 404 and the 405 too.
    Ok(serve(CorsLayer::new(cors).layer(service_fn(routes))).await)
}
