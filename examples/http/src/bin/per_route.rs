//! Two policies: anyone may read, and one origin may change things.

use std::process::ExitCode;

use cors_adapters::{Policy, PolicyErrors, http as cors_http};
use cors_example_http::{routes, serve, writes};
use hyper::service::service_fn;

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    let public = Policy::new().allow_any_origin().expose_headers(["etag"]).compile()?.render();
    let strict = Policy::new()
        .allow_origins(["https://app.example.com"])
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["content-type", "authorization"])
        .allow_credentials(true)
        .compile()?
        .render();

    // By the path alone: a preflight has another method than the request that it asks about.
    Ok(serve(service_fn(move |request| {
        let cors = if writes(&request) { strict.clone() } else { public.clone() };
        async move { cors_http::serve(&cors, request, routes).await }
    }))
    .await)
}
