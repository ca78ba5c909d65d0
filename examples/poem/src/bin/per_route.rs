//! Two policies: anyone may read, and one origin may change things.

use std::process::ExitCode;

use cors_adapters::{
    core::{Policy, PolicyErrors},
    poem::CorsMiddleware,
};
use cors_example_poem::{reading, serve, writing};
use poem::{EndpointExt, Route};

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
    // Side by side, and not around one another: the outer middleware would answer all preflights.
    // The 404 is the public route's own, and so is inside its middleware.
    let app = Route::new()
        .nest("/", reading().with(CorsMiddleware::new(public)))
        .at("/items/:id", writing().with(CorsMiddleware::new(strict)));
    Ok(serve(app).await)
    // ANCHOR_END: layers
}
