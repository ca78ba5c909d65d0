//! Two policies: anyone may read, and one origin may change things.

use std::process::ExitCode;

use cors_adapters::{
    core::{Policy, PolicyErrors},
    tower::CorsLayer,
};
use cors_example_tower::{routes, serve, writes};
use http::Request;
use hyper::body::Incoming;
use tower::{Layer, service_fn, steer::Steer};

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    let public = Policy::new().allow_any_origin().expose_headers(["etag"]).compile()?;
    let strict = Policy::new()
        .allow_origins(["https://app.example.com"])
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["content-type", "authorization"])
        .allow_credentials(true)
        .compile()?;

    // Side by side, and not around one another: the outer layer would answer all preflights. The
    // path alone decides: a preflight has another method than the request that it asks about.
    let layered = [public, strict].map(|cors| CorsLayer::new(cors).layer(service_fn(routes)));
    let by_path = |request: &Request<Incoming>, _: &[_]| usize::from(writes(request));
    Ok(serve(Steer::new(layered, by_path)).await)
}
