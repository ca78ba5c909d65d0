//! What the middleware adds to what poem allocates: nothing for an actual request.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use bytes::Bytes;
use cors_core::Policy;
use cors_poem::CorsMiddleware;
use poem::{
    Endpoint, EndpointExt, Request, Response, Route, get, handler,
    http::{HeaderValue, StatusCode, Uri, header},
};

const ORIGIN: &str = "https://app.example.com";

#[handler]
fn hello() -> &'static str {
    "hello"
}

#[handler]
fn nothing() -> StatusCode {
    StatusCode::NO_CONTENT
}

#[test]
fn an_actual_request() {
    check(cors(), "/", Some(ORIGIN), 0);
}

#[test]
fn a_denied_request() {
    check(cors(), "/", Some("https://evil.test"), 0);
}

#[test]
fn a_request_without_an_origin() {
    check(cors(), "/", None, 0);
}

#[test]
fn a_request_to_an_unknown_path() {
    check(cors(), "/unknown", Some(ORIGIN), 0);
}

#[test]
fn a_verdict_left_beside_what_poem_leaves_on_a_route() {
    check(cors().leave_verdict(), "/", Some(ORIGIN), 0);
}

#[test]
fn a_verdict_left_where_poem_leaves_nothing() {
    // A map of extensions and its entries, for the request and for the response.
    check(cors().leave_verdict(), "/unknown", Some(ORIGIN), 4);
}

#[test]
fn a_response_without_any_header() {
    // The entries of its header map, and their index.
    check(cors(), "/nothing", Some(ORIGIN), 2);
}

fn cors() -> CorsMiddleware {
    let cors = Policy::new()
        .allow_origins([ORIGIN])
        .allow_methods(["PUT"])
        .allow_headers(["content-type"])
        .expose_headers(["etag"])
        .allow_credentials(true)
        .compile();
    CorsMiddleware::new(cors.expect("the policy is valid"))
}

/// What is added to the same routes without the middleware.
#[track_caller]
fn check(cors: CorsMiddleware, path: &'static str, origin: Option<&str>, wanted: u64) {
    let routes = || Route::new().at("/", get(hello)).at("/nothing", get(nothing));
    let (alone, _) = count(routes(), path, origin);
    let (together, response) = count(routes().with(cors), path, origin);
    println!("{path} from {origin:?}: {} added to {alone}", together - alone);
    assert!(response.headers().contains_key(header::VARY));
    assert_eq!(together - alone, wanted);
}

/// How often is allocated between a request and its response.
fn count(app: impl Endpoint, path: &'static str, origin: Option<&str>) -> (u64, Response) {
    let mut request = Request::builder().uri(Uri::from_static(path));
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, received(origin));
    }
    let mut request = Some(request.finish());
    let mut answered = None;
    let counted = allocation_counter::measure(|| {
        let future = pin!(app.get_response(request.take().expect("one request is sent")));
        let Poll::Ready(response) = future.poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("the handler answers at once")
        };
        answered = Some(response);
    });
    (counted.count_total, answered.expect("the endpoint answers"))
}

/// A value as a server holds it: a part of what was read, which is shared already. The first clone
/// of a value by itself makes it shared, and allocates.
fn received(value: &str) -> HeaderValue {
    let buffer = Bytes::from(format!("Origin: {value}"));
    HeaderValue::from_maybe_shared(buffer.slice("Origin: ".len()..)).expect("an origin is a value")
}
