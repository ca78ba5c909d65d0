//! The table in the crate's docs, row by row: each test proves the line of the table that it names.

use cors_core::Policy;
use cors_poem::CorsMiddleware;
use poem::{
    Endpoint, EndpointExt, IntoResponse, Request, Result, Route, RouteDomain, RouteScheme,
    endpoint::make_sync,
    get,
    http::{Method, StatusCode, header},
    middleware,
};

const DOCS: &str = include_str!("../src/lib.rs");

#[test]
fn on_the_outermost_route() {
    check(
        routes().with(cors()),
        "| the outermost `Route`, in the last `.with(..)` | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn on_domains() {
    check(
        RouteDomain::new().at("api.example.com", routes()).with(cors()),
        "| a `RouteDomain` or `RouteScheme`, in the last `.with(..)` | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn on_schemes() {
    check(
        RouteScheme::new().http(routes()).with(cors()),
        "| a `RouteDomain` or `RouteScheme`, in the last `.with(..)` | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn on_a_nested_route() {
    check(
        Route::new().nest("/api", Route::new().at("/items", get(items())).with(cors())),
        "| a nested `Route`, for what is below it | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn on_the_methods_of_a_path() {
    check(
        Route::new().at("/api/items", get(items()).with(cors())),
        "| one path: `get(handler).with(..)` | headers | answered | headers | none | 404 |",
    );
}

#[test]
fn on_a_handler() {
    check(
        Route::new().at("/api/items", get(items().with(cors()))),
        "| one handler: `get(handler.with(..))` | headers | 405 | none | none | 404 |",
    );
}

#[test]
fn first_of_several_in_one() {
    let row = "| first of several in one `.with((.., ..))`, before authentication | 401 | 401 | 401 | 401 | 401 |";
    check(routes().with((cors(), middleware::make(authenticated))), row);
}

#[test]
fn authentication_outside() {
    check(
        routes().with(cors()).before(authenticate),
        "| anywhere, with authentication outside it | 401 | 401 | 401 | 401 | 401 |",
    );
}

fn routes() -> Route {
    Route::new().at("/api/items", get(items()))
}

fn items() -> impl Endpoint + 'static {
    make_sync(|_| "[]")
}

fn authenticated<E: Endpoint>(endpoint: E) -> impl Endpoint {
    endpoint.before(authenticate)
}

async fn authenticate(request: Request) -> Result<Request> {
    match request.headers().get(header::AUTHORIZATION) {
        Some(_) => Ok(request),
        None => Err(StatusCode::UNAUTHORIZED.into()),
    }
}

const ORIGIN: &str = "https://app.example.com";

fn cors() -> CorsMiddleware {
    let cors = Policy::new().allow_origins([ORIGIN]).allow_methods(["PUT"]).compile();
    CorsMiddleware::new(cors.expect("the policy is valid"))
}

/// Sends one request for each column, and finds what the row says in its cells.
#[track_caller]
fn check(app: impl Endpoint, row: &str) {
    assert!(DOCS.contains(row), "the docs have no such row");
    let ask = |method, path, wanted| cell(&app, method, path, wanted);
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
#[track_caller]
fn cell(app: &impl Endpoint, method: Method, path: &str, wanted: StatusCode) -> String {
    let request = Request::builder()
        .method(method)
        .uri(path.parse().expect("a path is a target"))
        .header(header::HOST, "api.example.com")
        .header(header::ORIGIN, ORIGIN)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
        .finish();
    let response = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime can be built")
        .block_on(app.get_response(request))
        .into_response();
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
