//! poem, with its own middleware and with ours.

use cors_poem::CorsMiddleware;
use poem::{
    Endpoint, EndpointExt, Request as PoemRequest, Response, Route, endpoint::make_sync, get,
    middleware::Cors,
};

use super::Side;
use crate::{
    answer::Answer,
    application::{Application, Asked, Request, at_once},
    policy::{HEADERS, MAX_AGE, METHODS, Policy},
};

pub(crate) fn application(side: Side, policy: &Policy) -> Box<dyn Application> {
    let app = Route::new().at("/items", get(make_sync(|_| "[]")).put(make_sync(|_| "stored")));
    match side {
        Side::Bare => asked(app),
        Side::Old => asked(app.with(old(policy))),
        Side::Ours => {
            let cors = policy.ours().compile().expect("the policy is valid");
            asked(app.with(CorsMiddleware::new(cors)))
        }
    }
}

fn old(policy: &Policy) -> Cors {
    let cors = if policy.is_any() {
        // Without a list, any.
        Cors::new()
    } else {
        Cors::new().allow_origins(&policy.origins).allow_credentials(true)
    };
    cors.allow_methods(METHODS)
        .allow_headers(HEADERS)
        .expose_headers(policy.exposed.iter().copied())
        .max_age(i32::try_from(MAX_AGE).expect("an hour is no more"))
}

fn asked(app: impl Endpoint + 'static) -> Box<dyn Application> {
    Box::new(Asked {
        make: |request: &Request| {
            let (head, ()) = request.clone().into_parts();
            let mut made = PoemRequest::builder().method(head.method).uri(head.uri).finish();
            *made.headers_mut() = head.headers;
            made
        },
        call: move |request| at_once(app.get_response(request)),
        read: |response: &Response| {
            let lines = response.headers().iter();
            let lines = lines.map(|(name, value)| (name.as_str(), value.as_bytes()));
            Answer::new(response.status().as_u16(), lines)
        },
    })
}
