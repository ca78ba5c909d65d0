//! The table in the crate's docs, row by row: each test proves the line of the table that it names.

use std::convert::Infallible;

use cors_core::Policy;
use cors_warp::CorsLayer;
use tower::Service;
use warp::{
    Filter, Rejection, Reply,
    http::{Method, Request, Response, StatusCode, header},
    reject::{self, MethodNotAllowed, Reject},
};

const DOCS: &str = include_str!("../src/lib.rs");

#[test]
fn a_layer_around_the_service() {
    check(
        cors_warp::service(layer(), warp::service(warp::path("api").and(items()))),
        "| `serve`, or `service` around `warp::service(routes)` | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn a_layer_around_filters_that_recover() {
    check(
        warp::service(cors_warp::filter(layer(), warp::path("api").and(items()).recover(render))),
        "| `filter`, around all routes with `.recover(..)` | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn a_layer_around_filters_that_reject() {
    check(
        warp::service(cors_warp::filter(layer(), warp::path("api").and(items()))),
        "| `filter`, around all routes without `.recover(..)` | headers | answered | none | none | answered |",
    );
}

#[test]
fn a_layer_inside_what_recovers() {
    check(
        warp::service(cors_warp::filter(layer(), warp::path("api").and(items())).recover(render)),
        "| `filter`, with `.recover(..)` after it | headers | answered | none | none | answered |",
    );
}

#[test]
fn a_layer_around_a_group() {
    let api = warp::path("api").and(cors_warp::filter(layer(), items()));
    check(
        warp::service(api.or(warp::path("others").and(items()))),
        "| `filter`, after the path of a group | headers | answered | none | none | answered |",
    );
}

#[test]
fn a_layer_around_a_group_that_recovers() {
    let api = warp::path("api").and(cors_warp::filter(layer(), items().recover(render)));
    check(
        warp::service(api.or(warp::path("others").and(items()))),
        "| `filter`, after the path of a group with `.recover(..)` | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn a_layer_after_the_path_of_a_route() {
    let layered = cors_warp::filter(layer(), warp::get().map(|| "[]"));
    check(
        warp::service(warp::path!("api" / "items").and(layered)),
        "| `filter`, after the whole path of a route | headers | answered | none | none | 404 |",
    );
}

#[test]
fn a_layer_after_the_method_of_a_route() {
    let layered = cors_warp::filter(layer(), warp::path!("api" / "items").map(|| "[]"));
    check(
        warp::service(warp::get().and(layered)),
        "| `filter`, after the method of a route | headers | 405 | none | none | 405 |",
    );
}

#[test]
fn authentication_outside() {
    let routes = cors_warp::filter(layer(), warp::path("api").and(items()).recover(render));
    check(
        warp::service(authenticated().and(routes).recover(render)),
        "| anywhere, with authentication outside it | 401 | 401 | 401 | 401 | 401 |",
    );
}

fn items() -> impl Filter<Extract = (&'static str,), Error = Rejection> + Copy {
    warp::path!("items").and(warp::get()).map(|| "[]")
}

#[derive(Debug)]
struct Unauthorized;

impl Reject for Unauthorized {}

fn authenticated() -> impl Filter<Extract = (), Error = Rejection> + Copy {
    warp::header::optional("authorization")
        .and_then(async |token: Option<String>| match token {
            Some(_) => Ok(()),
            None => Err(reject::custom(Unauthorized)),
        })
        .untuple_one()
}

async fn render(rejection: Rejection) -> Result<impl Reply, Infallible> {
    Ok(if rejection.find::<Unauthorized>().is_some() {
        StatusCode::UNAUTHORIZED
    } else if rejection.find::<MethodNotAllowed>().is_some() {
        StatusCode::METHOD_NOT_ALLOWED
    } else {
        StatusCode::NOT_FOUND
    })
}

const ORIGIN: &str = "https://app.example.com";

fn layer() -> CorsLayer {
    let policy = Policy::new().allow_origins([ORIGIN]).allow_methods(["PUT"]);
    CorsLayer::new(policy.compile().expect("the policy is valid"))
}

/// Sends one request for each column, and finds what the row says in its cells.
#[track_caller]
fn check<S, B>(mut app: S, row: &str)
where
    S: Service<Request<String>, Response = Response<B>, Error = Infallible>,
{
    assert!(DOCS.contains(row), "the docs have no such row");
    let mut ask = |method, path, wanted| cell(&mut app, method, path, wanted);
    let cells = [
        ask(Method::GET, "/api/items", StatusCode::OK),
        ask(Method::OPTIONS, "/api/items", StatusCode::NO_CONTENT),
        ask(Method::DELETE, "/api/items", StatusCode::METHOD_NOT_ALLOWED),
        ask(Method::GET, "/api/unknown", StatusCode::NOT_FOUND),
        ask(Method::OPTIONS, "/api/unknown", StatusCode::NO_CONTENT),
    ]
    .join(" | ");
    assert!(row.ends_with(&format!(" | {cells} |")), "seen: {cells}");
}

/// What the table says about the response to a request.
fn cell<S, B>(app: &mut S, method: Method, path: &str, wanted: StatusCode) -> String
where
    S: Service<Request<String>, Response = Response<B>, Error = Infallible>,
{
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::ORIGIN, ORIGIN)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
        .body(String::new())
        .expect("the request is valid");
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let Ok(response) = runtime.expect("a runtime can be built").block_on(app.call(request));
    let has_headers = response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    match response.status() {
        StatusCode::NO_CONTENT if has_headers => "answered".into(),
        status if status == wanted && has_headers => "headers".into(),
        status if status == wanted && wanted != StatusCode::NO_CONTENT => "none".into(),
        status => {
            assert!(!has_headers, "a {status} that was not expected, with headers");
            status.as_str().into()
        }
    }
}
