//! What the middleware adds to the allocations of an application, over the same with a middleware
//! that does nothing.

use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use actix_web::{
    App, Error, HttpResponse,
    body::MessageBody,
    dev::{Service, ServiceFactory, ServiceRequest, ServiceResponse},
    error::ErrorUnauthorized,
    http::{
        Method,
        header::{self, HeaderValue},
    },
    middleware::{Identity, Next, from_fn},
    rt::System,
    test::{TestRequest, init_service},
    web::{self, ServiceConfig},
};
use bytes::Bytes;
use cors_actix_web::CorsMiddleware;
use cors_core::Policy;

const ORIGIN: &str = "https://app.example.com";
const STRANGER: &str = "https://evil.test";

#[test]
fn an_allowed_request_adds_nothing() {
    let app = || App::new().configure(routes);
    check(|| from(ORIGIN), app().wrap(cors()), app().wrap(Identity::default()), 0);
}

#[test]
fn a_denied_request_adds_nothing() {
    let app = || App::new().configure(routes);
    check(|| from(STRANGER), app().wrap(cors()), app().wrap(Identity::default()), 0);
}

#[test]
fn a_request_without_an_origin_adds_nothing() {
    let app = || App::new().configure(routes);
    check(TestRequest::get, app().wrap(cors()), app().wrap(Identity::default()), 0);
}

#[test]
fn two_layers_add_nothing() {
    let app = || App::new().configure(routes);
    check(|| from(ORIGIN), app().wrap(cors()).wrap(cors()), app().wrap(Identity::default()), 0);
}

#[test]
fn a_predicate_that_answers_at_once_adds_nothing() {
    let app = || App::new().configure(routes);
    let cors = cors().allow_origin_if(|_, _| true);
    check(|| from(STRANGER), app().wrap(cors), app().wrap(Identity::default()), 0);
}

#[test]
fn an_awaited_predicate_adds_its_box_and_its_origin_if_it_is_called() {
    let app = || App::new().configure(routes);
    let cors = cors().allow_origin_if_async(|_, _| async { true });
    check(|| from(STRANGER), app().wrap(cors.clone()), app().wrap(Identity::default()), 2);
    check(|| from(ORIGIN), app().wrap(cors), app().wrap(Identity::default()), 0);
}

/// The verdict in its box and the table of the extensions: once for the request, which has them
/// already where something else left anything, and once for the response.
#[test]
fn a_verdict_that_is_asked_for_adds_extensions() {
    let app = || App::new().configure(routes);
    check(|| from(ORIGIN), app().wrap(cors().leave_verdict()), app().wrap(Identity::default()), 4);
}

/// The function that decides about its responses, and the error's list of such functions.
#[test]
fn an_error_adds_its_mapper() {
    let app = || App::new().wrap(from_fn(fail));
    check(|| from(ORIGIN), app().wrap(cors()), app().wrap(Identity::default()), 2);
}

/// The head of the answer comes from actix-web's pool, and has room for every line. The one
/// allocation is actix-web's own: the cell of the request's extensions.
#[test]
fn a_preflight_adds_nothing() {
    let preflight = || {
        from(ORIGIN)
            .method(Method::OPTIONS)
            .insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "PUT"))
    };
    assert_eq!(allocations(preflight, App::new().wrap(cors())), 1);
}

fn routes(app: &mut ServiceConfig) {
    app.route("/", web::to(async || HttpResponse::Ok().finish()));
}

async fn fail(
    _: ServiceRequest,
    _: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse, Error> {
    Err(ErrorUnauthorized("who are you?"))
}

fn cors() -> CorsMiddleware {
    let policy = Policy::new()
        .allow_origins([ORIGIN])
        .dynamic_origins()
        .allow_methods(["PUT"])
        .allow_headers(["content-type"])
        .expose_headers(["etag"])
        .allow_credentials(true);
    CorsMiddleware::new(policy.compile().expect("the policy is valid"))
}

/// Its origin is as a server holds it: a part of what was read, which is shared already. The first
/// clone of a value by itself makes it shared, and allocates.
fn from(origin: &str) -> TestRequest {
    let buffer = Bytes::from(format!("Origin: {origin}"));
    let value = HeaderValue::from_maybe_shared(buffer.slice("Origin: ".len()..));
    TestRequest::get().insert_header((header::ORIGIN, value.expect("an origin is a value")))
}

#[track_caller]
fn check<S, B, T, C>(request: fn() -> TestRequest, app: App<S>, without: App<T>, wanted: u64)
where
    S: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = Error,
            InitError = (),
        > + 'static,
    B: MessageBody,
    T: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<C>,
            Error = Error,
            InitError = (),
        > + 'static,
    C: MessageBody,
{
    let (with, without) = (allocations(request, app), allocations(request, without));
    println!("{with} allocations, and {without} without the middleware");
    assert_eq!(with - without, wanted);
}

/// How often an application allocates between a request and its response, once it has answered one:
/// actix-web keeps the heads of requests and of responses.
fn allocations<S, B>(request: fn() -> TestRequest, app: App<S>) -> u64
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
    let app = System::new().block_on(init_service(app));
    let answer = || {
        let mut request = Some(request().to_request());
        let mut answered = None;
        let counted = allocation_counter::measure(|| {
            let future = pin!(app.call(request.take().expect("one request is sent")));
            let Poll::Ready(result) = future.poll(&mut Context::from_waker(Waker::noop())) else {
                panic!("the handler answers at once")
            };
            answered = Some(result);
        });
        counted.count_total
    };
    answer();
    answer()
}
