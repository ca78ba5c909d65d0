//! What the adapter allocates for an actual request, over the same routes without it: nothing around
//! a service, and around a filter what is counted here.

use std::{
    convert::Infallible,
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use bytes::Bytes;
use cors_core::Policy;
use cors_warp::CorsLayer;
use http_body_util::Empty;
use tower::Service;
use warp::{
    Filter, Rejection,
    http::{HeaderMap, HeaderValue, Request, Response, header},
    reply,
};

const ORIGIN: &str = "https://app.example.com";
const STRANGER: &str = "https://evil.test";

#[test]
fn a_service_allocates_nothing_more() {
    for origin in [Some(ORIGIN), Some(STRANGER), None] {
        check(cors_warp::service(layer(), warp::service(routes())), origin, 0);
    }
}

/// The extensions of the request and of the response, two each, and what the filters share, boxed.
#[test]
fn a_verdict_that_is_left_is_allocated() {
    let layer = layer().leave_verdict();
    check(cors_warp::service(layer, warp::service(routes())), Some(ORIGIN), 6);
}

/// A filter is lent no request: the headers, two, and the path are copied. And it is not called by
/// the layer: what they share, and the future of each, boxed.
#[test]
fn a_filter_allocates_a_copy_of_the_head_and_boxes() {
    check(warp::service(cors_warp::filter(layer(), routes())), Some(ORIGIN), 6);
    check(warp::service(cors_warp::filter(layer(), routes())), None, 6);
}

/// How often this service allocates for a request, beyond what the routes do by themselves.
#[track_caller]
fn check<S, B>(layered: S, origin: Option<&'static str>, wanted: u64)
where
    S: Service<Request<Empty<Bytes>>, Response = Response<B>, Error = Infallible>,
{
    let bare = allocations(warp::service(routes()), origin);
    let added = allocations(layered, origin) - bare;
    println!("with the adapter {added} more than {bare}");
    assert_eq!(added, wanted);
}

fn allocations<S, B>(mut service: S, origin: Option<&'static str>) -> u64
where
    S: Service<Request<Empty<Bytes>>, Response = Response<B>, Error = Infallible>,
{
    let mut request = Request::new(Empty::new());
    request.headers_mut().insert(header::HOST, received("api.example.com"));
    request.headers_mut().extend(origin.map(|origin| (header::ORIGIN, received(origin))));
    let mut request = Some(request);
    let mut answered = None;
    let counted = allocation_counter::measure(|| {
        let future = pin!(service.call(request.take().expect("one request is sent")));
        let Poll::Ready(Ok(response)) = future.poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("the handler answers at once")
        };
        answered = Some(response);
    });
    assert!(answered.is_some_and(|response| response.status() == 200));
    counted.count_total
}

/// A value as a server holds it: a part of what was read, which is shared already. The first clone
/// of a value by itself makes it shared, and allocates.
fn received(value: &'static str) -> HeaderValue {
    let buffer = Bytes::from(format!("name: {value}"));
    HeaderValue::from_maybe_shared(buffer.slice("name: ".len()..)).expect("the value is valid")
}

fn layer() -> CorsLayer {
    let policy = Policy::new()
        .allow_origins([ORIGIN])
        .allow_methods(["PUT"])
        .expose_headers(["etag"])
        .allow_credentials(true);
    CorsLayer::new(policy.compile().expect("the policy is valid"))
}

/// A handler whose response has room for the lines that are added.
fn routes() -> impl Filter<Extract = (reply::Response,), Error = Rejection> + Clone {
    warp::get().map(|| {
        let mut response = reply::Response::default();
        *response.headers_mut() = HeaderMap::with_capacity(9);
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
        response
    })
}
