//! What the layer adds to what axum allocates, over a layer that does nothing.

use std::{
    convert::Infallible,
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderValue, header},
    response::Response,
    routing::get,
};
use bytes::Bytes;
use cors_axum::CorsLayer;
use cors_core::Policy;
use tower::{Service, layer::util::Identity};

const ORIGIN: &str = "https://app.example.com";

/// What axum allocates for a layer that holds something and changes the body: the layer's clone, kept
/// in a box with each handler and made for each request, and the response's body in a box again.
const AXUM: u64 = 2;

#[test]
fn an_actual_request_adds_the_boxes_of_axum() {
    check(cors(), Some(ORIGIN), AXUM);
}

#[test]
fn a_denied_request_adds_as_much() {
    check(cors(), Some("https://evil.test"), AXUM);
}

#[test]
fn a_request_without_an_origin_adds_as_much() {
    check(cors(), None, AXUM);
}

/// The extensions of the response, a map and its entries, and a larger table for those of the request:
/// axum has put as many there, `OriginalUri` among them, as the first table holds.
#[test]
fn a_verdict_that_is_left_adds_extensions() {
    check(cors().leave_verdict(), Some(ORIGIN), AXUM + 3);
}

fn cors() -> CorsLayer {
    let cors = Policy::new()
        .allow_origins([ORIGIN])
        .allow_methods(["PUT"])
        .allow_headers(["content-type"])
        .expose_headers(["etag"])
        .allow_credentials(true)
        .compile();
    CorsLayer::new(cors.expect("the policy is valid"))
}

#[track_caller]
fn check(cors: CorsLayer, origin: Option<&'static str>, wanted: u64) {
    let app = || Router::new().route("/", get(hello));
    let (without, _) = count(app().layer(Identity::new()), origin);
    let (with, response) = count(app().layer(cors), origin);
    println!("{} added to {without}", with - without);
    assert!(response.headers().contains_key(header::VARY));
    assert_eq!(with - without, wanted);
}

/// Its response has room for eight lines.
async fn hello() -> Response {
    let mut response = Response::new(Body::from("hello"));
    response.headers_mut().reserve(8);
    response
}

/// How often is allocated between a request and its response.
fn count(mut app: Router, origin: Option<&'static str>) -> (u64, Response) {
    let mut request = Request::new(Body::empty());
    request.headers_mut().extend(origin.map(|origin| (header::ORIGIN, received(origin))));
    let mut request = Some(request);
    let mut answered = None;
    let counted = allocation_counter::measure(|| {
        let future = pin!(app.call(request.take().expect("one request is sent")));
        let Poll::Ready(Ok::<_, Infallible>(response)) =
            future.poll(&mut Context::from_waker(Waker::noop()))
        else {
            panic!("the handler answers at once")
        };
        answered = Some(response);
    });
    (counted.count_total, answered.expect("the application answers"))
}

/// A value as a server holds it: a part of what was read, which is shared already. The first clone
/// of a value by itself makes it shared, and allocates.
fn received(value: &'static str) -> HeaderValue {
    let buffer = Bytes::from(format!("Origin: {value}"));
    HeaderValue::from_maybe_shared(buffer.slice("Origin: ".len()..)).expect("an origin is a value")
}
