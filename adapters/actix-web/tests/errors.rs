//! The error of a middleware inside: it is no response yet, and whatever is made of it is covered.

use std::{fmt, net::TcpListener, sync::Mutex};

use actix_web::{
    App, Error, HttpResponse, HttpServer, ResponseError,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    error::ErrorUnauthorized,
    http::{StatusCode, header},
    middleware::{Next, from_fn},
    rt,
    test::{TestRequest, init_service, try_call_service},
    web,
};
use cors_actix_web::{CorsMiddleware, verdict};
use cors_conformance::{Request, tcp};
use cors_core::{Denial, Policy, Verdict};

const ORIGIN: &str = "https://app.example.com";
const STRANGER: &str = "https://evil.test";

#[actix_web::test]
async fn an_error_is_decided_about_like_a_response() {
    let app = || App::new().wrap(from_fn(fail)).wrap(cors(listed()));
    check(app(), &[ORIGIN], &[ORIGIN], &["Origin"]).await;
    check(app(), &[STRANGER], &[], &["Origin"]).await;
    check(app(), &[ORIGIN, ORIGIN], &[], &["Origin"]).await;
    check(app(), &[], &[], &["Origin"]).await;
}

#[actix_web::test]
async fn under_any_an_error_is_for_everyone() {
    let app = || App::new().wrap(from_fn(fail)).wrap(cors(any()));
    check(app(), &[STRANGER], &["*"], &[]).await;
    check(app(), &[], &["*"], &[]).await;
    check(app(), &[STRANGER, STRANGER], &[], &[]).await;
}

#[actix_web::test]
async fn a_predicate_is_not_asked_again() {
    let asked = Mutex::new(false);
    let cors = cors(listed().dynamic_origins()).allow_origin_if(move |_, _| {
        !std::mem::replace(&mut *asked.lock().expect("no predicate panics"), true)
    });
    check(App::new().wrap(from_fn(fail)).wrap(cors), &[STRANGER], &[STRANGER], &["Origin"]).await;
}

#[actix_web::test]
async fn of_two_layers_the_inner_one_decides() {
    let app = |inner, outer| {
        let scope = web::scope("").wrap(from_fn(fail)).wrap(cors(inner));
        App::new().service(scope).wrap(cors(outer))
    };
    check(app(any(), listed()), &[STRANGER], &["*"], &["Origin"]).await;
    check(app(listed(), any()), &[STRANGER], &[], &["Origin"]).await;
    check(app(listed(), listed()), &[ORIGIN], &[ORIGIN], &["Origin"]).await;
}

#[actix_web::test]
async fn an_inner_layer_that_writes_nothing_decides_all_the_same() {
    let scope = web::scope("").wrap(from_fn(fail_varying)).wrap(cors(listed()));
    let app = App::new().service(scope).wrap(cors(any()));
    check(app, &[STRANGER], &[], &["origin"]).await;
}

#[actix_web::test]
async fn a_response_made_inside_is_decided_about_once() {
    let scope = web::scope("").wrap(from_fn(fail)).wrap(cors(listed())).wrap(from_fn(recover));
    let app = || App::new().service(scope).wrap(cors(any()));
    check(app(), &[STRANGER], &[], &["Origin"]).await;
}

#[actix_web::test]
async fn the_server_sends_what_was_decided() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("the listener is bound");
    let cors = cors(listed());
    let app = move || App::new().wrap(from_fn(fail)).wrap(cors.clone());
    let server = HttpServer::new(app).workers(1).disable_signals().listen(listener);
    let server = server.expect("the listener listens").run();
    let handle = server.handle();
    rt::spawn(server);

    let request = Request::new("GET", "/", [("origin", ORIGIN)]);
    let exchange = rt::task::spawn_blocking(move || tcp::exchange(address, &request)).await;
    handle.stop(false).await;
    let response = exchange.expect("the client does not panic").expect("the server answers");
    assert_eq!(response.status, 401);
    let allowed = response.lines(header::ACCESS_CONTROL_ALLOW_ORIGIN.as_str());
    assert_eq!(allowed.collect::<Vec<_>>(), [ORIGIN.as_bytes()]);
}

/// What the docs say that the middleware cannot do.
#[actix_web::test]
async fn a_response_made_outside_without_what_was_added_is_bare() {
    let app = init_service(App::new().wrap(from_fn(fail)).wrap(cors(listed())));
    let request = TestRequest::get().insert_header((header::ORIGIN, ORIGIN)).to_request();
    let Err(error) = try_call_service(&app.await, request).await else {
        panic!("the middleware fails")
    };
    let response = HttpResponse::from_error(error);
    assert!(!response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
}

#[actix_web::test]
async fn the_verdict_is_left_beside_the_response() {
    let app = init_service(App::new().wrap(from_fn(fail)).wrap(cors(listed()).leave_verdict()));
    let request = TestRequest::get().insert_header((header::ORIGIN, STRANGER)).to_request();
    let Err(error) = try_call_service(&app.await, request).await else {
        panic!("the middleware fails")
    };
    let left = verdict(&error.error_response().extensions());
    assert_eq!(left, Some(Verdict::Deny(Denial::Origin)));
}

async fn fail(
    _: ServiceRequest,
    _: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse, Error> {
    Err(ErrorUnauthorized("who are you?"))
}

async fn fail_varying(
    _: ServiceRequest,
    _: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse, Error> {
    Err(Varying.into())
}

/// Turns an error into a response. Nothing inside routes, so that the request may be kept.
async fn recover(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse, Error> {
    let kept = request.request().clone();
    match next.call(request).await {
        Ok(response) => Ok(response.map_into_boxed_body()),
        Err(error) => Ok(ServiceResponse::new(kept, error.error_response())),
    }
}

/// An error whose response says already that it depends on the origin.
#[derive(Debug)]
struct Varying;

impl fmt::Display for Varying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("varying")
    }
}

impl ResponseError for Varying {
    fn error_response(&self) -> HttpResponse {
        HttpResponse::Unauthorized().insert_header((header::VARY, "origin")).finish()
    }
}

fn listed() -> Policy {
    Policy::new().allow_origins([ORIGIN])
}

fn any() -> Policy {
    Policy::new().allow_any_origin()
}

fn cors(policy: Policy) -> CorsMiddleware {
    CorsMiddleware::new(policy.compile().expect("the policy is valid"))
}

/// Which origins are allowed to read what is made of the error, and what it varies by: each time
/// that something is made of it.
async fn check<S, B>(app: App<S>, origins: &[&str], allowed: &[&str], vary: &[&str])
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
    let request = origins.iter().fold(TestRequest::get(), |request, origin| {
        request.append_header((header::ORIGIN, *origin))
    });
    let answered = try_call_service(&init_service(app).await, request.to_request()).await;
    let responses = match answered {
        Ok(response) => vec![HttpResponse::from(response).drop_body()],
        Err(error) => [(); 2].map(|()| error.error_response().drop_body()).into(),
    };
    for response in responses {
        let lines = |name| response.headers().get_all(name).collect::<Vec<_>>();
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
        assert_eq!(lines(header::ACCESS_CONTROL_ALLOW_ORIGIN), allowed, "{origins:?}");
        assert_eq!(lines(header::VARY), vary, "{origins:?}");
    }
}
