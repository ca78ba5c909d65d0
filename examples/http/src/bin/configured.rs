//! One policy for everything, from a file, which is followed while it is served.

use std::{env, process::ExitCode};

use cors_adapters::{core::Live, file, http as cors_http};
use cors_example_http::{routes, serve};
use hyper::service::service_fn;

#[tokio::main]
async fn main() -> Result<ExitCode, file::Report> {
    let path = env::args_os().nth(1).unwrap_or("examples/policy.toml".into());
    let policy = file::watch(path)?;
    Ok(serve(service_fn(move |request| {
        // The one in force, asked for once for each request.
        let cors = policy.current();
        async move { cors_http::serve(&cors, request, routes).await }
    }))
    .await)
}
