//! A predicate beside the policy: what it is asked, what it sees, and what its answer does.
//!
//! Each row goes through both forms, the one that answers at once and the one that is awaited.

use std::{
    future::poll_fn,
    sync::{Arc, Mutex},
    task::Poll,
};

use actix_web::{
    App, Error,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    http::{Method, header},
    rt::{System, task::yield_now},
    test::{TestRequest, call_service, init_service},
    web,
};
use cors_actix_web::{CorsMiddleware, verdict};
use cors_core::{Denial, Origin, Policy, Verdict};

const LISTED: &str = "https://listed.test";
const KNOWN: &str = "https://tenant.example.com";
const STRANGER: &str = "https://example.com.evil.test";

const DENIED_ORIGIN: Verdict = Verdict::Deny(Denial::Origin);

#[test]
fn an_origin_that_is_not_listed_is_asked_about_once() {
    check(&[KNOWN], None, Verdict::Allow, &[KNOWN]);
    check(&[STRANGER], None, DENIED_ORIGIN, &[STRANGER]);
}

#[test]
fn a_preflight_asks_once() {
    check(&[KNOWN], Some("PUT"), Verdict::Allow, &[KNOWN]);
    check(&[KNOWN], Some("PATCH"), Verdict::Deny(Denial::Method), &[KNOWN]);
    check(&[STRANGER], Some("PUT"), DENIED_ORIGIN, &[STRANGER]);
}

#[test]
fn a_listed_origin_is_not_asked_about() {
    check(&[LISTED], None, Verdict::Allow, &[]);
    check(&[LISTED], Some("PUT"), Verdict::Allow, &[]);
}

#[test]
fn what_is_no_origin_is_not_asked_about() {
    for origin in ["null", "", "*", "https://tenant.example.com/", "HTTPS://TENANT.EXAMPLE.COM"] {
        check(&[origin], None, DENIED_ORIGIN, &[]);
        check(&[origin], Some("PUT"), DENIED_ORIGIN, &[]);
    }
}

#[test]
fn two_origins_are_not_asked_about() {
    check(&[KNOWN, KNOWN], None, DENIED_ORIGIN, &[]);
}

#[test]
fn a_request_without_an_origin_asks_nothing() {
    check(&[], None, Verdict::NotCors, &[]);
}

#[test]
fn a_predicate_sees_the_request_and_the_applications_state() {
    struct Tenants(&'static str);

    let cors = cors().allow_origin_if(|origin, request| {
        let tenants = request.app_data::<web::Data<Tenants>>().expect("the state is there");
        request.method() == Method::PUT
            && request.path() == "/items"
            && request.headers().contains_key("x-tenant")
            && origin.host().split('.').next() == Some(tenants.0)
    });
    let app = App::new().app_data(web::Data::new(Tenants("tenant"))).wrap(cors);
    let request = TestRequest::put().uri("/items").insert_header(("x-tenant", "tenant"));
    assert_eq!(decided(app, request.insert_header((header::ORIGIN, KNOWN))), Verdict::Allow);
}

/// The router takes the request for its own, which fails while anyone has a clone of it.
#[test]
fn an_awaited_predicate_may_keep_the_request_for_as_long_as_it_is() {
    let cors = cors().allow_origin_if_async(|_, request| {
        let request = request.clone();
        poll_fn(move |_| Poll::Ready(request.path() == "/items"))
    });
    let app = App::new().service(web::resource("/{name}").to(async || "[]")).wrap(cors);
    let request = TestRequest::with_uri("/items").insert_header((header::ORIGIN, KNOWN));
    assert_eq!(decided(app, request), Verdict::Allow);
}

/// What both forms decide about a request, and what they ask; a preflight if a method is named.
#[track_caller]
fn check(origins: &[&str], method: Option<&str>, wanted: Verdict, asked: &[&str]) {
    let request = || {
        let request = origins.iter().fold(TestRequest::get(), |request, origin| {
            request.append_header((header::ORIGIN, *origin))
        });
        match method {
            Some(method) => request
                .method(Method::OPTIONS)
                .insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, method)),
            None => request,
        }
    };
    let questions = Arc::new(Mutex::new(Vec::new()));
    let allows = {
        let questions = Arc::clone(&questions);
        move |origin: &Origin<'_>| {
            questions.lock().expect("no predicate panics").push(origin.to_string());
            origin.is_under("example.com")
        }
    };
    let take = || std::mem::take(&mut *questions.lock().expect("no predicate panics"));

    let at_once = allows.clone();
    let at_once = cors().allow_origin_if(move |origin, _| at_once(origin));
    assert_eq!(decided(App::new().wrap(at_once), request()), wanted);
    assert_eq!(take(), asked);

    let awaited = cors().allow_origin_if_async(move |origin, _| {
        let allowed = allows(&origin.as_origin());
        async move {
            yield_now().await;
            allowed
        }
    });
    assert_eq!(decided(App::new().wrap(awaited), request()), wanted);
    assert_eq!(take(), asked);
}

fn cors() -> CorsMiddleware {
    let policy = Policy::new().allow_origins([LISTED]).dynamic_origins().allow_methods(["PUT"]);
    CorsMiddleware::new(policy.compile().expect("the policy is valid")).leave_verdict()
}

fn decided<S, B>(app: App<S>, request: TestRequest) -> Verdict
where
    S: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = Error,
            InitError = (),
        > + 'static,
    B: MessageBody,
{
    System::new().block_on(async {
        let response = call_service(&init_service(app).await, request.to_request()).await;
        verdict(&response.response().extensions()).expect("the middleware leaves its verdict")
    })
}
