//! The events of feature `tracing`: one for each decision, and never louder than DEBUG.

use std::convert::Infallible;

use cors_core::Policy;
use cors_warp::CorsLayer;
use tower::Service;
use warp::{
    Filter,
    http::{self, HeaderValue, Request, header},
};

const ALLOWED: &str = "https://app.example.com";

#[test]
fn a_request_without_an_origin() {
    check(
        Request::get("/"),
        "kind=not-cors outcome=allowed reason=not CORS: the request has no Origin header",
    );
}

#[test]
fn an_allowed_request() {
    check(
        Request::get("/").header(header::ORIGIN, ALLOWED),
        "kind=actual origin=https://app.example.com outcome=allowed reason=allowed: the policy covers this request",
    );
}

#[test]
fn a_refused_request() {
    check(
        Request::get("/").header(header::ORIGIN, "https://evil.test"),
        "kind=actual origin=https://evil.test outcome=denied reason=denied: the policy does not allow the request's origin",
    );
}

#[test]
fn a_refused_preflight() {
    check(
        Request::options("/")
            .header(header::ORIGIN, ALLOWED)
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT"),
        "kind=preflight origin=https://app.example.com outcome=denied reason=denied: the policy does not allow the request's method",
    );
}

#[test]
fn bytes_that_could_forge_a_line_are_escaped() {
    let hostile = HeaderValue::from_bytes(b"https://a\t\xe2\x80\xae\xff\"\\outcome=allowed");
    check(
        Request::get("/").header(header::ORIGIN, hostile.expect("the bytes may be sent")),
        r#"kind=actual origin=https://a\t\xe2\x80\xae\xff\"\\outcome=allowed outcome=denied reason=denied: the policy does not allow the request's origin"#,
    );
}

/// The one event of the request, around a service and around a filter.
#[track_caller]
fn check(request: http::request::Builder, wanted: &str) {
    let request = request.body(String::new()).expect("the request is valid");
    let cors = Policy::new().allow_origins([ALLOWED]).compile().expect("the policy is valid");
    let layer = CorsLayer::new(cors);
    let routes = warp::any().map(warp::reply);
    let service = cors_warp::service(layer.clone(), warp::service(routes));
    let filter = warp::service(cors_warp::filter(layer, routes));
    assert_eq!(events(service, request.clone()), [wanted]);
    assert_eq!(events(filter, request), [wanted]);
}

fn events<S>(mut service: S, request: Request<String>) -> Vec<String>
where
    S: Service<Request<String>, Error = Infallible>,
{
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime can be built");
    cors_conformance::events(|| {
        let Ok(_) = runtime.block_on(service.call(request));
    })
}
