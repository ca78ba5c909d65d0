//! A predicate beside the policy: what it is asked, what it sees, and what its answer does.
//!
//! Each row goes through both layers, the one that asks and the one that waits for the answer.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    sync::{Arc, Mutex},
    task::{Context, Poll},
};

use cors_core::{Denial, Origin, Policy, Verdict};
use cors_tower::{CorsBody, CorsLayer, verdict};
use http::{Method, Request, Response, header};
use tower::{Layer, Service, ServiceExt};

const LISTED: &str = "https://listed.test";
const KNOWN: &str = "https://tenant.example.com";
const STRANGER: &str = "https://example.com.evil.test";

const DENIED_ORIGIN: Verdict = Verdict::Deny(Denial::Origin);

#[test]
fn an_origin_that_is_not_listed_is_asked_about_once() {
    check(actual(&[KNOWN]), Verdict::Allow, &[KNOWN]);
    check(actual(&[STRANGER]), DENIED_ORIGIN, &[STRANGER]);
}

#[test]
fn a_preflight_asks_once() {
    check(preflight(KNOWN, "PUT"), Verdict::Allow, &[KNOWN]);
    check(preflight(KNOWN, "PATCH"), Verdict::Deny(Denial::Method), &[KNOWN]);
    check(preflight(STRANGER, "PUT"), DENIED_ORIGIN, &[STRANGER]);
}

#[test]
fn a_listed_origin_is_not_asked_about() {
    check(actual(&[LISTED]), Verdict::Allow, &[]);
    check(preflight(LISTED, "PUT"), Verdict::Allow, &[]);
}

#[test]
fn what_is_no_origin_is_not_asked_about() {
    for origin in ["null", "", "*", "https://tenant.example.com/", "HTTPS://TENANT.EXAMPLE.COM"] {
        check(actual(&[origin]), DENIED_ORIGIN, &[]);
        check(preflight(origin, "PUT"), DENIED_ORIGIN, &[]);
    }
}

#[test]
fn two_origins_are_not_asked_about() {
    check(actual(&[KNOWN, KNOWN]), DENIED_ORIGIN, &[]);
}

#[test]
fn a_request_without_an_origin_asks_nothing() {
    check(actual(&[]), Verdict::NotCors, &[]);
}

#[test]
fn a_policy_for_every_origin_asks_nothing() {
    let layer = layer(Policy::new().allow_any_origin());
    let layer = layer.allow_origin_if(|origin, _| -> bool { panic!("asked about {origin}") });
    assert_eq!(decided(layer, [actual(&[KNOWN])]), [Verdict::Allow]);
}

#[test]
fn a_predicate_sees_the_request() {
    #[derive(Clone)]
    struct Tenant(&'static str);

    let layer = layer(Policy::new().dynamic_origins()).allow_origin_if(|origin, request| {
        let tenant = request.extensions.get().map(|Tenant(name)| *name);
        request.method == "PUT"
            && request.uri.path() == "/items"
            && request.headers["x-tenant"] == "tenant"
            && origin.host().split('.').next() == tenant
    });
    let request = Request::put("/items").header("x-tenant", "tenant").header(header::ORIGIN, KNOWN);
    let mut request = request.body(()).expect("the request is valid");
    request.extensions_mut().insert(Tenant("tenant"));
    assert_eq!(decided(layer, [request]), [Verdict::Allow]);
}

#[test]
fn the_service_that_is_called_is_the_one_that_was_polled_ready() {
    let layer = layer(policy()).allow_origin_if_async(|_, _| ready(false));
    let requests = [&[STRANGER][..], &[LISTED], &[], &[STRANGER]].map(actual);
    let verdicts = [DENIED_ORIGIN, Verdict::Allow, Verdict::NotCors, DENIED_ORIGIN];
    assert_eq!(decided(layer, requests), verdicts);
}

/// What is decided about the request, and which origins are asked about.
#[track_caller]
fn check(request: Request<()>, wanted: Verdict, asked: &[&str]) {
    let questions = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&questions);
    let ask = move |origin: Origin<'_>| {
        log.lock().expect("no predicate panics").push(origin.to_string());
        origin.is_under("example.com")
    };

    let asks = ask.clone();
    let at_once = layer(policy()).allow_origin_if(move |origin, _| asks(*origin));
    assert_eq!(decided(at_once, [request.clone()]), [wanted]);
    assert_eq!(*questions.lock().expect("no predicate panics"), asked);

    questions.lock().expect("no predicate panics").clear();
    let awaited = layer(policy()).allow_origin_if_async(move |origin, _| {
        let allowed = ask(origin.as_origin());
        async move {
            tokio::task::yield_now().await;
            allowed
        }
    });
    assert_eq!(decided(awaited, [request]), [wanted]);
    assert_eq!(*questions.lock().expect("no predicate panics"), asked);
}

/// What one service with the layer decides about each request in turn.
fn decided<L, const N: usize>(layer: L, requests: [Request<()>; N]) -> [Verdict; N]
where
    L: Layer<Handler>,
    L::Service: Service<Request<()>, Response = Response<CorsBody<()>>, Error = Infallible>,
{
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime can be built");
    let mut service = layer.layer(Handler::default());
    requests.map(|request| {
        let Ok(response) = runtime.block_on(async { service.ready().await?.call(request).await });
        verdict(response.extensions()).expect("the layer leaves its verdict")
    })
}

/// A handler that has to be polled ready before each call.
#[derive(Default)]
struct Handler {
    is_ready: bool,
}

impl Clone for Handler {
    /// Being ready is not cloned.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Service<Request<()>> for Handler {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Ready<Result<Response<()>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.is_ready = true;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<()>) -> Self::Future {
        assert!(self.is_ready, "called without being polled ready");
        self.is_ready = false;
        ready(Ok(Response::new(())))
    }
}

fn policy() -> Policy {
    Policy::new().allow_origins([LISTED]).dynamic_origins().allow_methods(["PUT"])
}

fn layer(policy: Policy) -> CorsLayer {
    CorsLayer::new(policy.compile().expect("the policy is valid")).leave_verdict()
}

fn actual(origins: &[&str]) -> Request<()> {
    let request = origins
        .iter()
        .fold(Request::builder(), |request, origin| request.header(header::ORIGIN, *origin));
    request.body(()).expect("the request is valid")
}

fn preflight(origin: &str, method: &str) -> Request<()> {
    let mut request = actual(&[origin]);
    *request.method_mut() = Method::OPTIONS;
    let method = method.parse().expect("a method is a value");
    request.headers_mut().insert(header::ACCESS_CONTROL_REQUEST_METHOD, method);
    request
}
