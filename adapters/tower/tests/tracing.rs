//! The events of feature `tracing`: one for each decision, and never louder than DEBUG.

use std::{convert::Infallible, future::ready};

use cors_core::Policy;
use cors_tower::CorsLayer;
use http::{HeaderValue, Request, Response, header};
use tower::{Layer, Service, ServiceExt, service_fn};

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

/// The one event of the request, from the layer that asks at once and from the one that awaits.
#[track_caller]
fn check(request: http::request::Builder, wanted: &str) {
    let request = request.body(()).expect("the request is valid");
    let cors = Policy::new().allow_origins([ALLOWED]).compile().expect("the policy is valid");
    let handler = service_fn(|_| ready(Ok::<_, Infallible>(Response::new(()))));
    let at_once = CorsLayer::new(cors);
    let awaited = at_once.clone().allow_origin_if_async(|_, _| ready(false));
    assert_eq!(events(at_once.layer(handler), request.clone()), [wanted]);
    assert_eq!(events(awaited.layer(handler), request), [wanted]);
}

fn events<S>(service: S, request: Request<()>) -> Vec<String>
where
    S: Service<Request<()>, Error = Infallible>,
{
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime can be built");
    cors_conformance::events(|| {
        let Ok(_) = runtime.block_on(service.oneshot(request));
    })
}
