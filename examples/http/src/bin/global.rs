//! One policy for everything.

use std::process::ExitCode;

use cors_adapters::{Policy, PolicyErrors, http as cors_http};
use cors_example_http::{routes, serve};
use hyper::service::service_fn;

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    let cors = Policy::new()
        .allow_origins(["https://app.example.com", "https://*.example.net", "http://localhost:*"])
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["content-type", "authorization"])
        .expose_headers(["etag"])
        .allow_credentials(true)
        .max_age(3600)
        .compile()?
        .render();

    // Around everything that answers, so around the 404 and the 405 too.
    Ok(serve(service_fn(move |request| {
        let cors = cors.clone();
        async move { cors_http::serve(&cors, request, routes).await }
    }))
    .await)
}
