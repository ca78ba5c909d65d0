//! The table in the crate's docs, row by row: each test proves the line of the table that it names.

use actix_web::{
    App, Error, HttpResponse, Resource,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    error::ErrorUnauthorized,
    get,
    http::{Method, StatusCode, header},
    middleware::{Condition, Next, from_fn},
    rt::System,
    test::{TestRequest, init_service, try_call_service},
    web::{self, ServiceConfig},
};
use cors_actix_web::{Cors, CorsMiddleware};
use cors_core::Policy;

const DOCS: &str = include_str!("../src/lib.rs");

#[test]
fn around_the_application() {
    check(
        App::new().service(items()).wrap(cors()),
        "| `App::wrap`, the last one | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn around_an_application_with_a_default_service() {
    check(
        App::new().service(items()).default_service(web::to(not_found)).wrap(cors()),
        "| `App::wrap`, the last one | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn around_the_application_before_its_routes() {
    check(
        App::new().wrap(cors()).service(items()).default_service(web::to(not_found)),
        "| `App::wrap`, before `.service(..)` and `.default_service(..)` | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn around_the_application_where_configured() {
    check(
        App::new().configure(configure).wrap(Condition::new(true, cors())),
        "| `App::wrap(Condition::new(true, ..))` | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn around_a_scope_of_everything() {
    check(
        App::new().service(web::scope("").service(items()).wrap(cors())),
        "| `web::scope(\"\").wrap(..)`, with every route in it | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn around_a_scope() {
    let scope = web::scope("/api").route("/other", web::get().to(hello));
    let items = web::resource("/items").route(web::get().to(hello));
    check(
        App::new().service(scope.service(items).wrap(cors())),
        "| `web::scope(\"/api\").wrap(..)`, under `/api` | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn around_another_scope() {
    check(
        App::new().service(web::scope("/other").wrap(cors())).service(items()),
        "| `web::scope(\"/other\").wrap(..)`, elsewhere | none | 405 | none | none | 404 |",
    );
}

#[test]
fn around_a_resource() {
    check(
        App::new().service(items().wrap(cors())),
        "| `web::resource(..).wrap(..)` | headers | answered | headers | none | 404 |",
    );
}

#[test]
fn around_a_route_of_a_resource() {
    check(
        App::new().service(web::resource("/api/items").route(web::get().to(hello).wrap(cors()))),
        "| `web::get().wrap(..)`, in a resource | headers | 405 | none | none | 404 |",
    );
}

#[test]
fn around_a_route_of_the_application() {
    check(
        App::new().route("/api/items", web::get().to(hello).wrap(cors())),
        "| `web::get().wrap(..)`, in `App::route` | headers | 404 | 404 | none | 404 |",
    );
}

#[test]
fn in_the_macro_of_a_handler() {
    #[get("/api/items", wrap = "cors()")]
    async fn items() -> &'static str {
        "[]"
    }
    check(
        App::new().service(items),
        "| `#[get(.., wrap = \"..\")]` | headers | 404 | 404 | none | 404 |",
    );
}

#[test]
fn around_an_application_whose_routes_are_not_resources() {
    check(
        App::new().route("/api/items", web::get().to(hello)).wrap(cors()),
        "| `App::wrap`, and `App::route` inside it | headers | answered | 404, headers | headers | answered |",
    );
}

#[test]
fn authentication_outside() {
    check(
        App::new().service(items()).wrap(cors()).wrap(from_fn(authenticate)),
        "| anywhere, with authentication in a later `.wrap(..)` | 401 | 401 | 401 | 401 | 401 |",
    );
}

/// A resource, and not a route of the application, so that a wrong method is a 405.
fn items() -> Resource {
    web::resource("/api/items").route(web::get().to(hello))
}

fn configure(app: &mut ServiceConfig) {
    app.service(items());
}

async fn hello() -> &'static str {
    "[]"
}

async fn not_found() -> HttpResponse {
    HttpResponse::NotFound().finish()
}

async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match request.headers().contains_key(header::AUTHORIZATION) {
        true => next.call(request).await,
        false => Err(ErrorUnauthorized("who are you?")),
    }
}

const ORIGIN: &str = "https://app.example.com";

fn cors() -> CorsMiddleware {
    let cors: Cors = Policy::new()
        .allow_origins([ORIGIN])
        .allow_methods(["PUT"])
        .compile()
        .expect("the policy is valid");
    CorsMiddleware::new(cors)
}

/// Sends one request for each column, and finds what the row says in its cells.
#[track_caller]
fn check<S, B>(app: App<S>, row: &str)
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
    assert!(DOCS.contains(row), "the docs have no such row");
    let cells = System::new().block_on(async {
        let app = init_service(app).await;
        let ask = async |method, path, wanted| {
            let request = TestRequest::with_uri(path)
                .method(method)
                .insert_header((header::ORIGIN, ORIGIN))
                .insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "PUT"));
            cell(try_call_service(&app, request.to_request()).await, wanted)
        };
        [
            ask(Method::GET, "/api/items", StatusCode::OK).await,
            ask(Method::OPTIONS, "/api/items", StatusCode::NO_CONTENT).await,
            ask(Method::DELETE, "/api/items", StatusCode::METHOD_NOT_ALLOWED).await,
            ask(Method::GET, "/api/unknown", StatusCode::NOT_FOUND).await,
            ask(Method::OPTIONS, "/api/unknown", StatusCode::NO_CONTENT).await,
        ]
        .join(" | ")
    });
    assert!(row.ends_with(&format!(" | {cells} |")), "seen: {cells}");
}

/// What the table says about a response, or about the one that is made of an error.
fn cell<B>(answered: Result<ServiceResponse<B>, Error>, wanted: StatusCode) -> String {
    let response = match answered {
        Ok(response) => HttpResponse::from(response).drop_body(),
        Err(error) => error.error_response().drop_body(),
    };
    let has_headers = response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    match response.status() {
        StatusCode::NO_CONTENT if has_headers => "answered".into(),
        status if status == wanted && has_headers => "headers".into(),
        status if status == wanted && wanted != StatusCode::NO_CONTENT => "none".into(),
        status if has_headers => format!("{}, headers", status.as_str()),
        status => status.as_str().into(),
    }
}
