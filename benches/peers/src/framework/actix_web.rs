//! actix-web, with actix-cors and with ours.

use actix_cors::Cors;
use actix_web::{
    App, Error, Resource,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    http::{Method, header::HeaderValue},
    rt::System,
    test, web,
};
use cors_actix_web::CorsMiddleware;

use crate::{
    answer::Answer,
    policy::{EXPOSED, HEADERS, MAX_AGE, METHODS, ORIGINS, Policy},
    row::Row,
};

pub(crate) fn old(policy: Policy, row: &Row) -> Answer {
    let cors = match policy {
        Policy::List => ORIGINS.into_iter().fold(Cors::default(), Cors::allowed_origin),
        Policy::Any => Cors::default().allow_any_origin(),
    };
    let cors = cors
        .allowed_methods(METHODS)
        .allowed_headers(HEADERS)
        .expose_headers(EXPOSED)
        .max_age(MAX_AGE as usize);
    let cors = match policy {
        Policy::List => cors.supports_credentials(),
        Policy::Any => cors,
    };
    answer(App::new().service(items()).wrap(cors), row)
}

pub(crate) fn ours(policy: Policy, row: &Row) -> Answer {
    let cors = policy.ours().compile().expect("the policy is valid");
    answer(App::new().service(items()).wrap(CorsMiddleware::new(cors)), row)
}

fn items() -> Resource {
    web::resource("/items")
        .route(web::get().to(async || "[]"))
        .route(web::put().to(async || "stored"))
}

fn answer<S, B>(app: App<S>, row: &Row) -> Answer
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
    let method = Method::from_bytes(row.method.as_bytes()).expect("a method is a token");
    let mut request = test::TestRequest::with_uri(row.path).method(method);
    for (name, value) in row.lines {
        let value = HeaderValue::from_bytes(value).expect("the rows are valid requests");
        request = request.append_header((*name, value));
    }
    System::new().block_on(async {
        let app = test::init_service(app).await;
        let response = test::call_service(&app, request.to_request()).await;
        let lines = response.headers().iter();
        let lines = lines.map(|(name, value)| (name.as_str(), value.as_bytes()));
        Answer::new(response.status().as_u16(), lines)
    })
}
