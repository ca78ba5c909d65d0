//! axum, with tower-http's layer and with ours.

use std::time::Duration;

use axum::{Router, body::Body, routing::get};
use cors_axum::CorsLayer;
use http::{HeaderName, HeaderValue, Method};
use tower::ServiceExt;
use tower_http::cors;

use super::block_on;
use crate::{
    answer::Answer,
    policy::{EXPOSED, HEADERS, MAX_AGE, METHODS, ORIGINS, Policy},
    row::Row,
};

pub(crate) fn old(policy: Policy, row: &Row) -> Answer {
    let layer = match policy {
        Policy::List => cors::CorsLayer::new()
            .allow_origin(ORIGINS.map(HeaderValue::from_static))
            .allow_credentials(true),
        Policy::Any => cors::CorsLayer::new().allow_origin(cors::Any),
    };
    let layer = layer
        .allow_methods(METHODS.map(|name| Method::try_from(name).expect("a method is a token")))
        .allow_headers(HEADERS.map(HeaderName::from_static))
        .expose_headers(EXPOSED.map(HeaderName::from_static))
        .max_age(Duration::from_secs(MAX_AGE.into()));
    answer(app().layer(layer), row)
}

pub(crate) fn ours(policy: Policy, row: &Row) -> Answer {
    let cors = policy.ours().compile().expect("the policy is valid");
    answer(app().layer(CorsLayer::new(cors)), row)
}

fn app() -> Router {
    Router::new().route("/items", get(async || "[]").put(async || "stored"))
}

fn answer(app: Router, row: &Row) -> Answer {
    let Ok(response) = block_on(app.oneshot(row.request().map(|()| Body::empty())));
    Answer::of(&response)
}
