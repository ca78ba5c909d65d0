//! Two policies: anyone may read, and one origin may change things.

use std::process::ExitCode;

use actix_web::App;
use cors_adapters::{
    actix_web::CorsMiddleware,
    core::{Policy, PolicyErrors},
};
use cors_example_actix_web::{reading, serve, writing};

#[actix_web::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    let public = Policy::new().allow_any_origin().expose_headers(["etag"]).compile()?;
    // ANCHOR: strict
    let strict = Policy::new()
        .allow_origins(["https://app.example.com"])
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["content-type", "authorization"])
        .allow_credentials(true)
        .compile()?;
    // ANCHOR_END: strict

    // ANCHOR: layers
    // Side by side, and not around one another: the outer middleware would answer all preflights.
    // The 404 is the public scope's own, and so is inside its middleware.
    let (public, strict) = (CorsMiddleware::new(public), CorsMiddleware::new(strict));
    let app = move || {
        App::new().service(writing().wrap(strict.clone())).service(reading().wrap(public.clone()))
    };
    Ok(serve(app).await)
    // ANCHOR_END: layers
}
