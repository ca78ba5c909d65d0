//! Two policies: anyone may read, and one origin may change things.

use std::process::ExitCode;

use cors_adapters::{
    axum::CorsLayer,
    core::{Policy, PolicyErrors},
};
use cors_example_axum::{reading, serve, writing};

#[tokio::main]
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
    // Side by side, and not around one another: the outer layer would answer all preflights. The
    // 404 is the public router's own, and so is inside its layer.
    let app =
        reading().layer(CorsLayer::new(public)).merge(writing().layer(CorsLayer::new(strict)));
    Ok(serve(app).await)
    // ANCHOR_END: layers
}
