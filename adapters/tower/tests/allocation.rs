//! What the layer allocates: nothing for an actual request whose response has room, unless a verdict
//! is asked for, and for a preflight the answer's own headers.

use std::{
    cell::RefCell,
    convert::Infallible,
    future::{Future, ready},
    pin::pin,
    task::{Context, Poll, Waker},
};

use bytes::Bytes;
use cors_core::Policy;
use cors_tower::CorsLayer;
use http::{HeaderMap, HeaderValue, Request, Response, header};
use tower::{Layer, Service, service_fn};

const ORIGIN: &str = "https://app.example.com";

#[test]
fn an_actual_request_allocates_nothing() {
    check(cors(), Request::get("/").header(header::ORIGIN, received(ORIGIN)), 0);
}

#[test]
fn a_denied_request_allocates_nothing() {
    check(cors(), Request::get("/").header(header::ORIGIN, received("https://evil.test")), 0);
}

#[test]
fn a_request_without_an_origin_allocates_nothing() {
    check(cors(), Request::get("/"), 0);
}

#[test]
fn a_verdict_that_is_left_allocates_extensions() {
    // A map and its entries, for the request and for the response.
    let request = Request::get("/").header(header::ORIGIN, received(ORIGIN));
    check(cors().leave_verdict(), request, 4);
}

#[test]
fn a_preflight_allocates_the_header_map_of_its_answer() {
    // Its entries and its index of them.
    let preflight = Request::options("/")
        .header(header::ORIGIN, received(ORIGIN))
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT");
    check(cors(), preflight, 2);
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

/// A value as a server holds it: a part of what was read, which is shared already. The first clone
/// of a value by itself makes it shared, and allocates.
fn received(value: &'static str) -> HeaderValue {
    let buffer = Bytes::from(format!("Origin: {value}"));
    HeaderValue::from_maybe_shared(buffer.slice("Origin: ".len()..)).expect("an origin is a value")
}

/// How often the layer allocates between a request and its response.
#[track_caller]
fn check(cors: CorsLayer, request: http::request::Builder, wanted: u64) {
    let response = RefCell::new(Some(response_with_room()));
    let handler = service_fn(|_: Request<()>| {
        ready(Ok::<_, Infallible>(response.take().expect("one request is sent")))
    });
    let mut service = cors.layer(handler);
    let mut request = Some(request.body(()).expect("the request is valid"));
    let mut answered = None;

    let counted = allocation_counter::measure(|| {
        let future = pin!(service.call(request.take().expect("one request is sent")));
        let Poll::Ready(Ok(response)) = future.poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("the handler answers at once")
        };
        answered = Some(response);
    });
    let response = answered.expect("the service answers");
    assert!(response.headers().contains_key(header::VARY));
    // And a box, so that other requests move no room for an answer.
    assert_eq!(counted.count_total, wanted);
}

/// Room for eight lines more than the one that the handler writes.
fn response_with_room() -> Response<()> {
    let mut response = Response::new(());
    *response.headers_mut() = HeaderMap::with_capacity(9);
    response.headers_mut().insert(header::CONTENT_TYPE, "text/plain".parse().expect("a value"));
    response
}
