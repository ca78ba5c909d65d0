//! Two policies by path, in one layer: anyone may read, and one origin may change things.

use std::process::ExitCode;

use actix_web::App;
use cors_adapters::{
    actix_web::CorsMiddleware,
    core::{Policy, PolicyErrors, Resources},
};
use cors_example_actix_web::{routes, serve};

#[actix_web::main]
async fn main() -> Result<ExitCode, PolicyErrors> {
    // ANCHOR: resources
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
        .compile()?;
    // ANCHOR_END: resources

    // The middleware comes last, so that it is around every other.
    let cors = CorsMiddleware::new(cors);
    Ok(serve(move || App::new().configure(routes).wrap(cors.clone())).await)
}
