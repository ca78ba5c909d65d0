//! The remedy that `cors explain` prints, as a whole program: with the policy below, or with any
//! argument as it is pasted for another page. `cargo xtask servers` requests both.

use std::{env, process::ExitCode};

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

/// The remedy for another page: exactly what the command prints.
mod pasted {
    include!("../pasted.rs");

    pub(super) fn apply() -> Result<cors_http::HttpCors, PolicyErrors> {
        cors()
    }
}

#[tokio::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    let cors = match env::args().nth(1) {
        Some(_) => pasted::apply()?,
        None => cors()?,
    };
    Ok(serve(service_fn(move |request| {
        let cors = cors.clone();
        async move { cors_http::serve(&cors, request, routes).await }
    }))
    .await)
}
