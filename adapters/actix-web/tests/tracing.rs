//! The events of feature `tracing`: one for each decision, and never louder than DEBUG.

use std::future::ready;

use actix_web::{
    App,
    http::{
        Method,
        header::{self, HeaderValue},
    },
    rt::System,
    test::{TestRequest, call_service, init_service},
};
use cors_actix_web::CorsMiddleware;
use cors_core::Policy;

const ALLOWED: &str = "https://app.example.com";

#[test]
fn a_request_without_an_origin() {
    check(
        TestRequest::get,
        "kind=not-cors outcome=allowed reason=not CORS: the request has no Origin header",
    );
}

#[test]
fn an_allowed_request() {
    check(
        || TestRequest::get().insert_header((header::ORIGIN, ALLOWED)),
        "kind=actual origin=https://app.example.com outcome=allowed reason=allowed: the policy covers this request",
    );
}

#[test]
fn a_refused_request() {
    check(
        || TestRequest::get().insert_header((header::ORIGIN, "https://evil.test")),
        "kind=actual origin=https://evil.test outcome=denied reason=denied: the policy does not allow the request's origin",
    );
}

#[test]
fn a_refused_preflight() {
    check(
        || {
            TestRequest::default()
                .method(Method::OPTIONS)
                .insert_header((header::ORIGIN, ALLOWED))
                .insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "PUT"))
        },
        "kind=preflight origin=https://app.example.com outcome=denied reason=denied: the policy does not allow the request's method",
    );
}

#[test]
fn bytes_that_could_forge_a_line_are_escaped() {
    let hostile = HeaderValue::from_bytes(b"https://a\t\xe2\x80\xae\xff\"\\outcome=allowed");
    let hostile = hostile.expect("the bytes may be sent");
    check(
        || TestRequest::get().insert_header((header::ORIGIN, hostile.clone())),
        r#"kind=actual origin=https://a\t\xe2\x80\xae\xff\"\\outcome=allowed outcome=denied reason=denied: the policy does not allow the request's origin"#,
    );
}

/// The one event of the request, from the middleware that lists and from the one that awaits.
#[track_caller]
fn check(request: impl Fn() -> TestRequest, wanted: &str) {
    let cors = Policy::new().allow_origins([ALLOWED]).compile().expect("the policy is valid");
    let cors = CorsMiddleware::new(cors);
    assert_eq!(events(cors.clone(), request()), [wanted]);
    assert_eq!(events(cors.allow_origin_if_async(|_, _| ready(false)), request()), [wanted]);
}

fn events(cors: CorsMiddleware, request: TestRequest) -> Vec<String> {
    cors_conformance::events(|| {
        System::new().block_on(async {
            let app = init_service(App::new().wrap(cors)).await;
            call_service(&app, request.to_request()).await;
        });
    })
}
