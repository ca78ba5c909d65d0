//! The remedy that `cors explain` prints, as a whole program. The policy is replaced.

use std::process::ExitCode;

use cors_example_http::{routes, serve};
use hyper::service::service_fn;

// ANCHOR: remedy
use cors_adapters::{Policy, PolicyErrors, http as cors_http};

/// The policy for `cors_http::serve(&cors, request, handler).await`, which answers preflights too.
fn cors() -> Result<cors_http::HttpCors, PolicyErrors> {
    let cors = Policy::new().allow_origins(["https://app.example.com"]).compile()?;
    Ok(cors.render())
}
// ANCHOR_END: remedy

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    let cors = cors()?;
    Ok(serve(service_fn(move |request| {
        let cors = cors.clone();
        async move { cors_http::serve(&cors, request, routes).await }
    }))
    .await)
}
