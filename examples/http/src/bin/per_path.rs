//! Two policies by path, in one layer: anyone may read, and one origin may change things.

use std::process::ExitCode;

use cors_adapters::{Policy, PolicyErrors, Resources, http as cors_http};
use cors_example_http::{routes, serve};
use hyper::service::service_fn;

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
        .compile()?
        .render();

    // Around everything that answers, so around the 404 and the 405 too.
    Ok(serve(service_fn(move |request| {
        let cors = cors.clone();
        async move { cors_http::serve(&cors, request, routes).await }
    }))
    .await)
}
