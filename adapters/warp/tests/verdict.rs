//! The verdict as a filter, the guard, and where a middleware reads it.

use std::future::ready;

use cors_core::{Denial, Policy, Verdict};
use cors_warp::{CorsLayer, MissingVerdict, allowed_origin, verdict, verdict_of};
use http_body_util::BodyExt;
use tower::Service;
use warp::{
    Filter, Rejection, Reply,
    cors::CorsForbidden,
    filters::BoxedFilter,
    http::{Method, Request, Response, StatusCode, header},
    reject, reply,
};

const ORIGIN: &str = "https://app.example.com";
const STRANGER: &str = "https://evil.test";

#[test]
fn a_filter_takes_the_verdict() {
    let app = || around(cors().leave_verdict(), told());
    check(app(), Some(ORIGIN), StatusCode::OK, "allow");
    check(app(), Some(STRANGER), StatusCode::OK, "deny-origin");
    check(app(), None, StatusCode::OK, "not-cors");
}

#[test]
fn a_filter_without_a_verdict_is_the_servers_mistake() {
    let text = "Unhandled rejection: MissingVerdict";
    check(around(cors(), told()), Some(ORIGIN), StatusCode::INTERNAL_SERVER_ERROR, text);
    let inner = cors_warp::filter(cors().leave_verdict(), told());
    check(around(cors(), inner), Some(ORIGIN), StatusCode::INTERNAL_SERVER_ERROR, text);
    let guarded = allowed_origin().map(|| "done");
    for origin in [Some(ORIGIN), Some(STRANGER), None] {
        check(around(cors(), guarded.clone()), origin, StatusCode::INTERNAL_SERVER_ERROR, text);
    }
}

#[test]
fn a_filter_takes_the_verdict_of_the_layer_closest_to_it() {
    let inner = cors_warp::filter(any().leave_verdict(), told());
    check(around(cors().leave_verdict(), inner), Some(STRANGER), StatusCode::OK, "allow");

    let inner = cors_warp::filter(any(), told().recover(missing));
    check(around(cors().leave_verdict(), inner), Some(STRANGER), StatusCode::OK, "missing");
}

#[test]
fn a_verdict_stays_inside_its_layer() {
    let rejects = warp::path("nowhere").map(|| "");
    let group = cors_warp::filter(any().leave_verdict(), rejects);
    let app = around(cors().leave_verdict(), group.or(told()));
    check(app, Some(STRANGER), StatusCode::OK, "deny-origin");

    let late = cors_warp::filter(any().leave_verdict(), told())
        .and_then(|_| ready(Err::<&str, _>(reject::reject())));
    let app = around(cors().leave_verdict(), late.or(told()));
    check(app, Some(STRANGER), StatusCode::OK, "deny-origin");
}

#[test]
fn a_middleware_outside_reads_the_verdict_of_every_response() {
    let routes = warp::path::end().and(warp::get()).map(|| "hello");
    let denied = Verdict::Deny(Denial::Method);
    for (method, path, status, verdict) in [
        (Method::GET, "/", StatusCode::OK, Verdict::Allow),
        (Method::DELETE, "/", StatusCode::METHOD_NOT_ALLOWED, Verdict::Allow),
        (Method::GET, "/unknown", StatusCode::NOT_FOUND, Verdict::Allow),
        (Method::OPTIONS, "/", StatusCode::NO_CONTENT, denied),
    ] {
        let mut request = request(Some(ORIGIN));
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().expect("a path is a target");
        let response = answer(around(cors().leave_verdict(), routes), request);
        assert_eq!((response.status(), verdict_of(response.extensions())), (status, Some(verdict)));
    }
}

#[test]
fn a_guard_lets_allowed_origins_and_the_servers_own_through() {
    let text = "CORS request forbidden: origin not allowed";
    for (origin, status, text) in [
        (None, StatusCode::OK, "done"),
        (Some(ORIGIN), StatusCode::OK, "done"),
        (Some("https://api.example.com"), StatusCode::OK, "done"),
        (Some(STRANGER), StatusCode::FORBIDDEN, text),
        (Some("null"), StatusCode::FORBIDDEN, text),
    ] {
        let guarded = allowed_origin().map(|| "done");
        check(around(cors().leave_verdict(), guarded), origin, status, text);
    }
}

#[test]
fn a_guard_guards_by_the_policy_closest_to_it() {
    let guarded = || allowed_origin().map(|| "done");
    let strict = cors_warp::filter(cors().leave_verdict(), guarded().recover(refused));
    check(around(any().leave_verdict(), strict), Some(STRANGER), StatusCode::OK, "refused");

    let open = cors_warp::filter(any().leave_verdict(), guarded());
    check(around(cors().leave_verdict(), open), Some(STRANGER), StatusCode::OK, "done");
}

#[test]
fn a_refusal_outweighs_what_else_is_rejected() {
    let guarded = allowed_origin().map(|| "done").or(warp::delete().map(|| "gone"));
    let text = "CORS request forbidden: origin not allowed";
    check(around(cors().leave_verdict(), guarded), Some(STRANGER), StatusCode::FORBIDDEN, text);
}

fn told() -> impl Filter<Extract = (&'static str,), Error = Rejection> + Copy {
    verdict().map(Verdict::as_str)
}

async fn missing(rejection: Rejection) -> Result<&'static str, Rejection> {
    rejection.find().map(|MissingVerdict| "missing").ok_or(rejection)
}

async fn refused(rejection: Rejection) -> Result<&'static str, Rejection> {
    rejection.find().map(|_: &CorsForbidden| "refused").ok_or(rejection)
}

fn cors() -> CorsLayer {
    let policy = Policy::new().allow_origins([ORIGIN]);
    CorsLayer::new(policy.compile().expect("the policy is valid"))
}

fn any() -> CorsLayer {
    CorsLayer::new(Policy::new().allow_any_origin().compile().expect("the policy is valid"))
}

/// A layer, and the routes that are inside it.
type App = (CorsLayer, BoxedFilter<(reply::Response,)>);

fn around<F, R>(layer: CorsLayer, routes: F) -> App
where
    F: Filter<Extract = (R,), Error: Into<Rejection>> + Send + Sync + 'static,
    R: Reply + 'static,
{
    (layer, routes.boxed().map(Reply::into_response).boxed())
}

#[track_caller]
fn check(app: App, origin: Option<&str>, status: StatusCode, text: &str) {
    let response = answer(app, request(origin));
    assert_eq!((response.status(), response.body().as_str()), (status, text), "{origin:?}");
}

/// With what makes it a preflight if its method is `OPTIONS`.
fn request(origin: Option<&str>) -> Request<String> {
    let mut request = Request::builder()
        .header(header::HOST, "api.example.com")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT");
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    request.body(String::new()).expect("the request is valid")
}

fn answer((layer, routes): App, request: Request<String>) -> Response<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime can be built").block_on(async {
        let Ok(response) = cors_warp::service(layer, warp::service(routes)).call(request).await;
        let (head, body) = response.into_parts();
        let body = body.collect().await.expect("the body is sound").to_bytes();
        Response::from_parts(head, String::from_utf8_lossy(&body).into_owned())
    })
}
