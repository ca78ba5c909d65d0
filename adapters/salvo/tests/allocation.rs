//! What the handler allocates: nothing that a hoop which does nothing would not.

use bytes::Bytes;
use cors_core::Policy;
use cors_salvo::CorsHandler;
use salvo::{
    http::{HeaderValue, ReqBody, header, uri::Scheme},
    prelude::*,
};

const ORIGIN: &str = "https://app.example.com";

#[test]
fn an_actual_request_allocates_nothing() {
    check(http::Request::get("/").header(header::ORIGIN, received(ORIGIN)), 0);
}

#[test]
fn a_denied_request_allocates_nothing() {
    check(http::Request::get("/").header(header::ORIGIN, received("https://evil.test")), 0);
}

#[test]
fn a_request_without_an_origin_allocates_nothing() {
    check(http::Request::get("/"), 0);
}

/// A value as a server holds it: a part of what was read, which is shared already. The first clone
/// of a value by itself makes it shared, and allocates.
fn received(value: &'static str) -> HeaderValue {
    let buffer = Bytes::from(format!("Origin: {value}"));
    HeaderValue::from_maybe_shared(buffer.slice("Origin: ".len()..)).expect("an origin is a value")
}

/// How much more often a service allocates with the handler than with one that does nothing.
#[track_caller]
fn check(request: http::request::Builder, wanted: i64) {
    let request = request.body(()).expect("the request is valid");
    let cors = Policy::new()
        .allow_origins([ORIGIN])
        .allow_methods(["PUT"])
        .allow_headers(["content-type"])
        .expose_headers(["etag"])
        .allow_credentials(true)
        .compile()
        .expect("the policy is valid");
    let with = count(service().hoop(CorsHandler::new(cors)), &request);
    let without = count(service().hoop(nothing), &request);
    println!("{with} with the handler, {without} with one that does nothing");
    assert_eq!(with - without, wanted);
}

fn service() -> Service {
    Service::new(Router::new().get(hello))
}

/// Its response has room for eight lines.
#[handler]
async fn hello(res: &mut Response) {
    res.headers_mut().reserve(8);
    res.render("hello");
}

#[handler]
async fn nothing(req: &mut Request, depot: &mut Depot, res: &mut Response, ctrl: &mut FlowCtrl) {
    ctrl.call_next(req, depot, res).await;
}

/// How often the service allocates, once it has answered a first request.
fn count(service: Service, request: &http::Request<()>) -> i64 {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime can be built");
    let [_, counted] = [request.clone(), request.clone()].map(|request| {
        let request = Request::from_hyper(request.map(|()| ReqBody::None), Scheme::HTTP);
        let mut response = None;
        let counted = allocation_counter::measure(|| {
            response = Some(runtime.block_on(service.handle(request)));
        });
        let status = response.expect("the service answers").status_code;
        assert_eq!(status, Some(StatusCode::OK));
        counted
    });
    i64::try_from(counted.count_total).expect("allocations are few")
}
