//! salvo, with its own handler and with ours.

use cors_salvo::CorsHandler;
use http::Method;
use salvo::{
    Handler, Router, Service,
    cors::{AllowOrigin, Cors},
    handler,
    http::uri::Scheme,
};

use super::block_on;
use crate::{
    answer::Answer,
    policy::{EXPOSED, HEADERS, MAX_AGE, METHODS, ORIGINS, Policy},
    row::Row,
};

#[handler]
async fn items() -> &'static str {
    "[]"
}

#[handler]
async fn store() -> &'static str {
    "stored"
}

pub(crate) fn old(policy: Policy, row: &Row) -> Answer {
    let cors = match policy {
        Policy::List => Cors::new().allow_origin(ORIGINS).allow_credentials(true),
        Policy::Any => Cors::new().allow_origin(AllowOrigin::any()),
    };
    let cors = cors
        .allow_methods(METHODS.map(|name| Method::try_from(name).expect("a method is a token")))
        .allow_headers(HEADERS.to_vec())
        .expose_headers(EXPOSED.to_vec())
        .max_age(u64::from(MAX_AGE))
        .into_handler();
    answer(cors, row)
}

pub(crate) fn ours(policy: Policy, row: &Row) -> Answer {
    let cors = policy.ours().compile().expect("the policy is valid");
    answer(CorsHandler::new(cors), row)
}

fn answer(cors: impl Handler, row: &Row) -> Answer {
    let service = Service::new(Router::with_path("items").get(items).put(store)).hoop(cors);
    let request = salvo::Request::from_hyper(row.request().map(|()| ""), Scheme::HTTP);
    Answer::of(&block_on(service.handle(request)).into_hyper())
}
