//! One policy for everything.

use std::process::ExitCode;

use actix_web::App;
use cors_adapters::{
    actix_web::CorsMiddleware,
    core::{Policy, PolicyErrors},
};
use cors_example_actix_web::{routes, serve};

#[actix_web::main]
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
    // The middleware comes last, so that it is around every other.
    let cors = CorsMiddleware::new(cors);
    Ok(serve(move || App::new().configure(routes).wrap(cors.clone())).await)
    // ANCHOR_END: layer
}
