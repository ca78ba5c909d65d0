//! A predicate beside the policy: what it is asked, and what it sees.

use std::{
    future::ready,
    sync::{Arc, Mutex},
};

use cors_core::{Denial, Origin, Policy, Verdict};
use cors_salvo::{CorsHandler, verdict};
use salvo::{
    FlowCtrl,
    http::{HeaderValue, Method, header},
    prelude::*,
};

const LISTED: &str = "https://listed.test";
const KNOWN: &str = "https://tenant.example.com";
const STRANGER: &str = "https://example.com.evil.test";

const DENIED_ORIGIN: Verdict = Verdict::Deny(Denial::Origin);

#[tokio::test]
async fn an_origin_that_is_not_listed_is_asked_about_once() {
    check(Method::GET, &[KNOWN], Verdict::Allow, &[KNOWN]).await;
    check(Method::GET, &[STRANGER], DENIED_ORIGIN, &[STRANGER]).await;
}

#[tokio::test]
async fn a_preflight_asks_once() {
    check(Method::OPTIONS, &[KNOWN], Verdict::Allow, &[KNOWN]).await;
    check(Method::OPTIONS, &[STRANGER], DENIED_ORIGIN, &[STRANGER]).await;
}

#[tokio::test]
async fn a_listed_origin_is_not_asked_about() {
    check(Method::GET, &[LISTED], Verdict::Allow, &[]).await;
    check(Method::OPTIONS, &[LISTED], Verdict::Allow, &[]).await;
}

#[tokio::test]
async fn what_is_no_origin_is_not_asked_about() {
    for origin in ["null", "", "*", "https://tenant.example.com/", "HTTPS://TENANT.EXAMPLE.COM"] {
        check(Method::GET, &[origin], DENIED_ORIGIN, &[]).await;
    }
}

#[tokio::test]
async fn two_origins_are_not_asked_about() {
    check(Method::GET, &[KNOWN, KNOWN], DENIED_ORIGIN, &[]).await;
}

#[tokio::test]
async fn a_request_without_an_origin_asks_nothing() {
    check(Method::GET, &[], Verdict::NotCors, &[]).await;
}

#[tokio::test]
async fn of_two_predicates_the_last_one_counts() {
    let both = cors().allow_origin_if(|_, _, _| false).allow_origin_if_async(|_, _, _| ready(true));
    assert_eq!(decided(both, request(Method::GET, &[KNOWN])).await, Verdict::Allow);
}

#[tokio::test]
async fn a_predicate_sees_the_request() {
    let cors = cors().allow_origin_if(|_, req, _| {
        req.method() == Method::OPTIONS
            && req.uri().path() == "/"
            && req.header("origin") == Some(KNOWN)
    });
    assert_eq!(decided(cors.clone(), request(Method::OPTIONS, &[KNOWN])).await, Verdict::Allow);
    assert_eq!(decided(cors, request(Method::GET, &[KNOWN])).await, DENIED_ORIGIN);
}

/// What is decided about the request, and which origins are asked about, at once and awaited.
async fn check(method: Method, origins: &[&str], wanted: Verdict, asked: &[&str]) {
    let questions = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&questions);
    let ask = move |origin: &Origin<'_>| {
        log.lock().expect("no predicate panics").push(origin.to_string());
        origin.is_under("example.com")
    };
    let asks = ask.clone();
    let at_once = cors().allow_origin_if(move |origin, _, _| asks(origin));
    let awaited = cors().allow_origin_if_async(move |origin, _, _| ready(ask(&origin.as_origin())));
    for cors in [at_once, awaited] {
        assert_eq!(decided(cors, request(method.clone(), origins)).await, wanted);
        assert_eq!(std::mem::take(&mut *questions.lock().expect("no predicate panics")), asked);
    }
}

async fn decided(cors: CorsHandler, mut request: Request) -> Verdict {
    let (mut depot, mut response) = (Depot::new(), Response::new());
    let mut ctrl = FlowCtrl::new(vec![Arc::new(cors.leave_verdict())]);
    ctrl.call_next(&mut request, &mut depot, &mut response).await;
    verdict(request.extensions()).expect("the handler leaves its verdict")
}

fn cors() -> CorsHandler {
    let policy = Policy::new().allow_origins([LISTED]).dynamic_origins().allow_methods(["PUT"]);
    CorsHandler::new(policy.compile().expect("the policy is valid"))
}

/// A preflight if the method is `OPTIONS`.
fn request(method: Method, origins: &[&str]) -> Request {
    let mut request = Request::new();
    *request.method_mut() = method;
    let headers = request.headers_mut();
    headers.insert(header::ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("PUT"));
    for origin in origins {
        headers.append(header::ORIGIN, origin.parse().expect("an origin is a value"));
    }
    request
}
