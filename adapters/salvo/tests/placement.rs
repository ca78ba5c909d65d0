//! The table in the crate's docs, row by row: each test proves the line of the table that it names.

use cors_core::Policy;
use cors_salvo::CorsHandler;
use salvo::{
    handler,
    http::{Method, header},
    prelude::*,
    test::RequestBuilder,
};

const DOCS: &str = include_str!("../src/lib.rs");

#[tokio::test]
async fn the_first_hoop_of_a_service() {
    check(
        Service::new(routes()).hoop(cors()).hoop(authenticated),
        "| `Service::hoop`, before every other | headers | answered | headers | headers | answered |",
    )
    .await;
}

#[tokio::test]
async fn a_hoop_of_a_service_on_some_paths() {
    check(
        Service::new(routes()).hoop_when(cors(), |req, _| req.uri().path().starts_with("/api/")),
        "| `Service::hoop_when`, on the paths that it is for | headers | answered | headers | headers | answered |",
    )
    .await;
}

#[tokio::test]
async fn a_hoop_of_the_outermost_router() {
    check(
        Router::new().hoop(cors()).push(routes()),
        "| `Router::hoop` | headers | 405 | none | none | 404 |",
    )
    .await;
}

#[tokio::test]
async fn a_hoop_of_a_route() {
    check(
        Router::with_path("api/items").hoop(cors()).get(items),
        "| `Router::hoop` | headers | 405 | none | none | 404 |",
    )
    .await;
}

#[tokio::test]
async fn a_hoop_of_a_route_that_has_options() {
    check(
        Router::with_path("api/items").hoop(cors()).get(items).options(handler::empty()),
        "| `Router::hoop`, with `.options(handler::empty())` on the route | headers | answered | none | none | 404 |",
    )
    .await;
}

#[tokio::test]
async fn a_hoop_of_a_router_that_has_options_for_every_path() {
    check(
        Router::with_path("api")
            .hoop(cors())
            .push(Router::with_path("items").get(items))
            .push(Router::with_path("{**rest}").options(handler::empty())),
        "| `Router::hoop`, with `.options(..)` on `{**rest}` inside | headers | answered | none | 405 | answered |",
    )
    .await;
}

#[tokio::test]
async fn a_hoop_of_a_handler() {
    check(
        Router::with_path("api/items").get(items.hoop(cors())),
        "| `handler.hoop(..)` | headers | 405 | none | none | 404 |",
    )
    .await;
}

#[tokio::test]
async fn authentication_outside() {
    check(
        Service::new(routes()).hoop(authenticate).hoop(cors()),
        "| `Service::hoop`, after authentication | 401 | 401 | 401 | 401 | 401 |",
    )
    .await;
}

fn routes() -> Router {
    Router::with_path("api/items").get(items)
}

#[handler]
async fn items() -> &'static str {
    "[]"
}

#[handler]
async fn authenticate(req: &mut Request, res: &mut Response, ctrl: &mut FlowCtrl) {
    if !req.headers().contains_key(header::AUTHORIZATION) {
        res.status_code(StatusCode::UNAUTHORIZED);
        ctrl.skip_rest();
    }
}

/// Whoever asks is known.
#[handler]
async fn authenticated() {}

const ORIGIN: &str = "https://app.example.com";

fn cors() -> CorsHandler {
    let policy = Policy::new().allow_origins([ORIGIN]).allow_methods(["PUT"]);
    CorsHandler::new(policy.compile().expect("the policy is valid"))
}

/// Sends one request for each column, and finds what the row says in its cells.
async fn check(service: impl Into<Service>, row: &str) {
    assert!(DOCS.contains(row), "the docs have no such row");
    let service = service.into();
    let mut cells = Vec::new();
    for (method, path, wanted) in [
        (Method::GET, "/api/items", StatusCode::OK),
        (Method::OPTIONS, "/api/items", StatusCode::NO_CONTENT),
        (Method::DELETE, "/api/items", StatusCode::METHOD_NOT_ALLOWED),
        (Method::GET, "/api/unknown", StatusCode::NOT_FOUND),
        (Method::OPTIONS, "/api/unknown", StatusCode::NO_CONTENT),
    ] {
        cells.push(cell(&service, method, path, wanted).await);
    }
    let cells = cells.join(" | ");
    assert!(row.ends_with(&format!(" | {cells} |")), "seen: {cells}");
}

/// What the table says about the response to a request.
async fn cell(service: &Service, method: Method, path: &str, wanted: StatusCode) -> String {
    let response = RequestBuilder::new(format!("http://localhost{path}"), method)
        .add_header(header::ORIGIN, ORIGIN, true)
        .add_header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT", true)
        .send(service)
        .await;
    let has_headers = response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    match response.status_code.expect("a service sets the status") {
        StatusCode::NO_CONTENT if has_headers => "answered".into(),
        status if status == wanted && has_headers => "headers".into(),
        status if status == wanted && wanted != StatusCode::NO_CONTENT => "none".into(),
        status => {
            assert!(!has_headers, "a {status} that was not expected, with headers");
            status.as_str().into()
        }
    }
}
