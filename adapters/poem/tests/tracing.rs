//! The events of feature `tracing`: one for each decision, and never louder than DEBUG.

use std::future::ready;

use cors_core::Policy;
use cors_poem::CorsMiddleware;
use poem::{
    Endpoint, EndpointExt, Request, RequestBuilder,
    endpoint::make_sync,
    http::{Method, header},
};

const ALLOWED: &str = "https://app.example.com";

#[test]
fn a_request_without_an_origin() {
    check(
        Request::builder,
        "kind=not-cors outcome=allowed reason=not CORS: the request has no Origin header",
    );
}

#[test]
fn an_allowed_request() {
    check(
        || Request::builder().header(header::ORIGIN, ALLOWED),
        "kind=actual origin=https://app.example.com outcome=allowed reason=allowed: the policy covers this request",
    );
}

#[test]
fn a_refused_request() {
    check(
        || Request::builder().header(header::ORIGIN, "https://evil.test"),
        "kind=actual origin=https://evil.test outcome=denied reason=denied: the policy does not allow the request's origin",
    );
}

#[test]
fn a_refused_preflight() {
    check(
        || {
            Request::builder()
                .method(Method::OPTIONS)
                .header(header::ORIGIN, ALLOWED)
                .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
        },
        "kind=preflight origin=https://app.example.com outcome=denied reason=denied: the policy does not allow the request's method",
    );
}

#[test]
fn bytes_that_could_forge_a_line_are_escaped() {
    const HOSTILE: &[u8] = b"https://a\t\xe2\x80\xae\xff\"\\outcome=allowed";
    check(
        || Request::builder().header(header::ORIGIN, HOSTILE),
        r#"kind=actual origin=https://a\t\xe2\x80\xae\xff\"\\outcome=allowed outcome=denied reason=denied: the policy does not allow the request's origin"#,
    );
}

/// The one event of the request, from the middleware that asks at once and from the one that awaits.
#[track_caller]
fn check(request: fn() -> RequestBuilder, wanted: &str) {
    let cors = Policy::new().allow_origins([ALLOWED]).compile().expect("the policy is valid");
    let at_once = CorsMiddleware::new(cors);
    let awaited = at_once.clone().allow_origin_if_async(|_, _| ready(false));
    for cors in [at_once, awaited] {
        assert_eq!(events(cors, request().finish()), [wanted]);
    }
}

fn events(cors: CorsMiddleware, request: Request) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime can be built");
    let app = make_sync(|_| "hello").with(cors);
    cors_conformance::events(|| drop(runtime.block_on(app.get_response(request))))
}
