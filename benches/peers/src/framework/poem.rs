//! poem, with its own middleware and with ours.

use cors_poem::CorsMiddleware;
use poem::{
    Endpoint, EndpointExt, Request, Response, Route, endpoint::make_sync, get, middleware::Cors,
};

use super::block_on;
use crate::{
    answer::Answer,
    policy::{EXPOSED, HEADERS, MAX_AGE, METHODS, ORIGINS, Policy},
    row::Row,
};

pub(crate) fn old(policy: Policy, row: &Row) -> Answer {
    let cors = match policy {
        Policy::List => Cors::new().allow_origins(ORIGINS).allow_credentials(true),
        // Without a list, any.
        Policy::Any => Cors::new(),
    };
    let cors = cors
        .allow_methods(METHODS)
        .allow_headers(HEADERS)
        .expose_headers(EXPOSED)
        .max_age(i32::try_from(MAX_AGE).expect("an hour is no more"));
    answer(app().with(cors), row)
}

pub(crate) fn ours(policy: Policy, row: &Row) -> Answer {
    let cors = policy.ours().compile().expect("the policy is valid");
    answer(app().with(CorsMiddleware::new(cors)), row)
}

fn app() -> Route {
    Route::new().at("/items", get(make_sync(|_| "[]")).put(make_sync(|_| "stored")))
}

fn answer(app: impl Endpoint, row: &Row) -> Answer {
    let (head, ()) = row.request().into_parts();
    let mut request = Request::builder().method(head.method).uri(head.uri).finish();
    *request.headers_mut() = head.headers;
    let response: Response = block_on(app.get_response(request));
    let lines = response.headers().iter();
    let lines = lines.map(|(name, value)| (name.as_str(), value.as_bytes()));
    Answer::new(response.status().as_u16(), lines)
}
