//! The events of feature `tracing`: one for each decision, and never louder than DEBUG.

use std::sync::Arc;

use cors_core::Policy;
use cors_salvo::CorsHandler;
use salvo::{
    FlowCtrl,
    http::{HeaderValue, Method, header},
    prelude::*,
};

const ALLOWED: &str = "https://app.example.com";

#[test]
fn a_request_without_an_origin() {
    check(
        request(Method::GET, None),
        "kind=not-cors outcome=allowed reason=not CORS: the request has no Origin header",
    );
}

#[test]
fn an_allowed_request() {
    check(
        request(Method::GET, Some(ALLOWED.as_bytes())),
        "kind=actual origin=https://app.example.com outcome=allowed reason=allowed: the policy covers this request",
    );
}

#[test]
fn a_refused_request() {
    check(
        request(Method::GET, Some(b"https://evil.test")),
        "kind=actual origin=https://evil.test outcome=denied reason=denied: the policy does not allow the request's origin",
    );
}

#[test]
fn a_refused_preflight() {
    check(
        request(Method::OPTIONS, Some(ALLOWED.as_bytes())),
        "kind=preflight origin=https://app.example.com outcome=denied reason=denied: the policy does not allow the request's method",
    );
}

#[test]
fn bytes_that_could_forge_a_line_are_escaped() {
    check(
        request(Method::GET, Some(b"https://a\t\xe2\x80\xae\xff\"\\outcome=allowed")),
        r#"kind=actual origin=https://a\t\xe2\x80\xae\xff\"\\outcome=allowed outcome=denied reason=denied: the policy does not allow the request's origin"#,
    );
}

/// A preflight if the method is `OPTIONS`.
fn request(method: Method, origin: Option<&[u8]>) -> Request {
    let mut request = Request::new();
    *request.method_mut() = method;
    let headers = request.headers_mut();
    headers.insert(header::ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("PUT"));
    if let Some(origin) = origin {
        let origin = HeaderValue::from_bytes(origin).expect("the bytes may be sent");
        headers.insert(header::ORIGIN, origin);
    }
    request
}

/// The one event of the request.
#[track_caller]
fn check(mut request: Request, wanted: &str) {
    let cors = Policy::new().allow_origins([ALLOWED]).compile().expect("the policy is valid");
    let at_once = CorsHandler::new(cors);
    let awaited = at_once.clone().allow_origin_if_async(|_, _, _| std::future::ready(false));
    for handler in [at_once, awaited] {
        assert_eq!(events(handler, &mut request), [wanted]);
    }
}

fn events(handler: CorsHandler, request: &mut Request) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime can be built");
    let (mut depot, mut response) = (Depot::new(), Response::new());
    let mut ctrl = FlowCtrl::new(vec![Arc::new(handler)]);
    cors_conformance::events(|| {
        runtime.block_on(ctrl.call_next(request, &mut depot, &mut response));
    })
}
