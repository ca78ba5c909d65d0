//! Every way in which poem makes a response without a handler's `Ok`: all of them get headers.

use cors_core::Policy;
use cors_poem::CorsMiddleware;
use poem::{
    Endpoint, EndpointExt, Error, Request, Response, Result, Route,
    endpoint::make_sync,
    error::{BadRequest, NotFoundError},
    get, handler,
    http::{Method, StatusCode, header},
    middleware::{CatchPanic, SizeLimit},
    web::{Json, Path},
};

#[handler]
fn parsed(Path(id): Path<u32>, Json(name): Json<String>) -> String {
    format!("{id}: {name}")
}

#[handler]
fn by_a_status() -> Result<()> {
    Err(StatusCode::CONFLICT.into())
}

#[handler]
fn by_a_cause() -> Result<String> {
    "one".parse::<u32>().map(|number| number.to_string()).map_err(BadRequest)
}

#[handler]
fn by_a_response() -> Result<()> {
    let response = Response::builder().status(StatusCode::GONE);
    let response = response.header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    Err(Error::from_response(response.finish()))
}

#[handler]
fn panics() {
    std::panic::resume_unwind(Box::new("the handler panics"))
}

#[test]
fn an_error_of_a_handler() {
    check(routes().with(cors()), Method::GET, "/status", 409);
    check(routes().with(cors()), Method::GET, "/cause", 400);
    check(routes().with(cors()), Method::GET, "/response", 410);
}

#[test]
fn an_error_of_an_extractor() {
    check(routes().with(cors()), Method::GET, "/parsed/one", 400);
    check(routes().with(cors()), Method::POST, "/parsed/1", 415);
}

#[test]
fn an_error_of_a_route() {
    check(routes().with(cors()), Method::GET, "/unknown", 404);
    check(routes().with(cors()), Method::DELETE, "/", 405);
    check(Route::new().nest("/", routes()).with(cors()), Method::GET, "/%d0", 400);
}

#[test]
fn an_error_of_a_middleware_inside() {
    check(routes().with(SizeLimit::new(0)).with(cors()), Method::POST, "/", 411);
    let refuse = async |_: Request| Err(StatusCode::UNAUTHORIZED.into());
    check(routes().before(refuse).with(cors()), Method::GET, "/", 401);
    let lose = async |_| Err::<(), _>(StatusCode::BAD_GATEWAY.into());
    check(routes().after(lose).with(cors()), Method::GET, "/", 502);
}

#[test]
fn an_error_that_is_caught_inside() {
    let app = routes().catch_error(async |_: NotFoundError| StatusCode::IM_A_TEAPOT);
    check(app.with(cors()), Method::GET, "/unknown", 418);
}

#[test]
fn no_error_is_left_to_be_caught_outside() {
    let app = routes().with(cors()).catch_all_error(async |_| StatusCode::IM_A_TEAPOT);
    check(app, Method::GET, "/unknown", 404);
}

#[test]
fn a_panic_that_is_caught_inside() {
    check(routes().with(CatchPanic::new()).with(cors()), Method::GET, "/panic", 500);
    check(routes().with((CatchPanic::new(), cors())), Method::GET, "/panic", 500);
}

#[test]
fn a_panic_that_is_caught_outside_has_no_headers() {
    let response = answer(routes().with(cors()).with(CatchPanic::new()), Method::GET, "/panic");
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(response.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), None);
}

fn routes() -> Route {
    Route::new()
        .at("/", get(make_sync(|_| "hello")))
        .at("/parsed/:id", get(parsed).post(parsed))
        .at("/status", get(by_a_status))
        .at("/cause", get(by_a_cause))
        .at("/response", get(by_a_response))
        .at("/panic", get(panics))
}

const ORIGIN: &str = "https://app.example.com";

fn cors() -> CorsMiddleware {
    let cors = Policy::new().allow_origins([ORIGIN]).compile();
    CorsMiddleware::new(cors.expect("the policy is valid"))
}

/// The status is the error's own, and the origin may read it.
#[track_caller]
fn check(app: impl Endpoint, method: Method, path: &str, status: u16) {
    let response = answer(app, method, path);
    let lines = response.headers().get_all(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    assert_eq!(response.status(), status);
    assert_eq!(lines.iter().collect::<Vec<_>>(), [ORIGIN]);
}

fn answer(app: impl Endpoint, method: Method, path: &str) -> Response {
    let request = Request::builder()
        .method(method)
        .uri(path.parse().expect("a path is a target"))
        .header(header::ORIGIN, ORIGIN)
        .finish();
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime can be built").block_on(app.get_response(request))
}
