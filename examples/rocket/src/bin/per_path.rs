//! Two policies by path, in one layer: anyone may read, and one origin may change things.

use std::process::ExitCode;

use cors_adapters::{
    core::{Policy, PolicyErrors, Resources},
    rocket::CorsFairing,
};
use cors_example_rocket::{routes, serve};

#[rocket::main]
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

    // Attached anywhere, it is around every route and every catcher.
    Ok(serve(routes().attach(CorsFairing::new(cors))).await)
}
