//! The table in the crate's docs, row by row: each test proves the line of the table that it names.

use std::fmt::Debug;

use axum::{
    Router,
    body::Body,
    extract::Request,
    handler::Handler,
    http::{Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, put},
};
use cors_axum::{Cors, CorsLayer};
use cors_core::Policy;
use tower::{Service, ServiceBuilder, ServiceExt};

const DOCS: &str = include_str!("../src/lib.rs");

#[test]
fn a_layer_after_all_routes_and_fallbacks() {
    check(
        Router::new().route("/api/items", get(items)).fallback(not_found).layer(cors()),
        "| `Router::layer`, after every route and fallback | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn a_layer_around_the_default_fallback() {
    check(
        Router::new().route("/api/items", get(items)).layer(cors()),
        "| `Router::layer`, after every route and fallback | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn a_service_builder_around_the_router() {
    check(
        ServiceBuilder::new().layer(cors()).service(Router::new().route("/api/items", get(items))),
        "| `ServiceBuilder`, around the finished router | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn a_layer_before_the_routes() {
    check(
        Router::new().layer(cors()).route("/api/items", get(items)),
        "| `Router::layer`, before `.route(..)` | none | 405 | none | headers | answered |",
    );
}

#[test]
fn a_layer_before_a_fallback() {
    check(
        Router::new().route("/api/items", get(items)).layer(cors()).fallback(not_found),
        "| `Router::layer`, before `.fallback(..)` | headers | answered | headers | none | 404 |",
    );
}

#[test]
fn a_route_layer_of_a_router() {
    check(
        Router::new().route("/api/items", get(items)).route_layer(cors()),
        "| `Router::route_layer` | headers | answered | headers | none | 404 |",
    );
}

#[test]
fn a_layer_of_a_method_router() {
    check(
        Router::new().route("/api/items", get(items).layer(cors())),
        "| `get(handler).layer(..)` | headers | answered | headers | none | 404 |",
    );
}

#[test]
fn a_route_layer_of_a_method_router() {
    check(
        Router::new().route("/api/items", get(items).route_layer(cors())),
        "| `get(handler).route_layer(..)` | headers | 405 | none | none | 404 |",
    );
}

#[test]
fn a_layer_of_a_handler() {
    check(
        Router::new().route("/api/items", get(items.layer(cors()))),
        "| `get(handler.layer(..))` | headers | 405 | none | none | 404 |",
    );
}

#[test]
fn a_layer_on_one_of_two_routers_merged() {
    check(
        Router::new()
            .merge(Router::new().route("/api/items", get(items)).layer(cors()))
            .merge(Router::new().route("/others", get(items))),
        "| one of two routers merged, on paths of its own | headers | answered | headers | none | 404 |",
    );
}

#[test]
fn a_layer_on_one_of_two_routers_merged_on_one_path() {
    check(
        Router::new()
            .merge(Router::new().route("/api/items", get(items)).layer(cors()))
            .merge(Router::new().route("/api/items", put(items))),
        "| one of two routers merged, on a path of both | headers | 405 | none | none | 404 |",
    );
}

#[test]
fn a_layer_on_a_nested_router() {
    check(
        Router::new().nest("/api", Router::new().route("/items", get(items)).layer(cors())),
        "| a nested router | headers | answered | headers | none | 404 |",
    );
}

#[test]
fn a_layer_on_a_nested_router_with_a_fallback() {
    let api = Router::new().route("/items", get(items)).fallback(not_found).layer(cors());
    check(
        Router::new().nest("/api", api),
        "| a nested router with a fallback of its own | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn authentication_outside() {
    check(
        Router::new()
            .route("/api/items", get(items))
            .layer(cors())
            .layer(middleware::from_fn(authenticate)),
        "| anywhere, with authentication outside it | 401 | 401 | 401 | 401 | 401 |",
    );
}

async fn items() -> &'static str {
    "[]"
}

async fn not_found() -> StatusCode {
    StatusCode::NOT_FOUND
}

async fn authenticate(request: Request, next: Next) -> Response {
    match request.headers().get(header::AUTHORIZATION) {
        Some(_) => next.run(request).await,
        None => StatusCode::UNAUTHORIZED.into_response(),
    }
}

const ORIGIN: &str = "https://app.example.com";

fn cors() -> CorsLayer {
    let cors: Cors = Policy::new()
        .allow_origins([ORIGIN])
        .allow_methods(["PUT"])
        .compile()
        .expect("the policy is valid");
    CorsLayer::new(cors)
}

/// Sends one request for each column, and finds what the row says in its cells.
#[track_caller]
fn check<S, B>(app: S, row: &str)
where
    S: Service<Request, Response = Response<B>> + Clone,
    S::Error: Debug,
{
    assert!(DOCS.contains(row), "the docs have no such row");
    let ask = |method, path, wanted| cell(app.clone(), method, path, wanted);
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
fn cell<S, B>(app: S, method: Method, path: &str, wanted: StatusCode) -> String
where
    S: Service<Request, Response = Response<B>>,
    S::Error: Debug,
{
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::ORIGIN, ORIGIN)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
        .body(Body::empty())
        .expect("the request is valid");
    let response = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime can be built")
        .block_on(app.oneshot(request))
        .expect("no service here fails");
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
