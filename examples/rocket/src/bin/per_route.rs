//! Two policies: anyone may read, and one origin may change things.

use std::process::ExitCode;

use cors_adapters::{
    core::{Policy, PolicyErrors},
    rocket::CorsFairing,
};
use cors_example_rocket::{routes, serve};

#[rocket::main]
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
    // The closest path decides, about preflights too. The 404 is at no path but the public one's.
    let app = routes()
        .attach(CorsFairing::new(public))
        .attach(CorsFairing::new(strict).at("/items/<id>"));
    Ok(serve(app).await)
    // ANCHOR_END: layers
}
