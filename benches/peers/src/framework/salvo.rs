//! salvo, with its own handler and with ours.

use cors_salvo::CorsHandler;
use http::Method;
use salvo::{
    Handler, Router, Service,
    cors::{AllowOrigin, Cors},
    handler,
    http::uri::Scheme,
};

use super::Side;
use crate::{
    answer::Answer,
    application::{Application, Asked, Request, at_once},
    policy::{HEADERS, MAX_AGE, METHODS, Policy},
};

#[handler]
async fn items() -> &'static str {
    "[]"
}

#[handler]
async fn store() -> &'static str {
    "stored"
}

pub(crate) fn application(side: Side, policy: &Policy) -> Box<dyn Application> {
    let app = Service::new(Router::with_path("items").get(items).put(store));
    match side {
        Side::Bare => asked(app),
        Side::Old => asked(app.hoop(old(policy))),
        Side::Ours => {
            let cors = policy.ours().compile().expect("the policy is valid");
            asked(app.hoop(CorsHandler::new(cors)))
        }
    }
}

fn old(policy: &Policy) -> impl Handler {
    let cors = if policy.is_any() {
        Cors::new().allow_origin(AllowOrigin::any())
    } else {
        Cors::new().allow_origin(&policy.origins).allow_credentials(true)
    };
    cors.allow_methods(METHODS.map(|name| Method::try_from(name).expect("a method is a token")))
        .allow_headers(HEADERS.to_vec())
        .expose_headers(policy.exposed.to_vec())
        .max_age(u64::from(MAX_AGE))
        .into_handler()
}

fn asked(app: Service) -> Box<dyn Application> {
    Box::new(Asked {
        make: |request: &Request| {
            salvo::Request::from_hyper(request.clone().map(|()| ""), Scheme::HTTP)
        },
        call: move |request| at_once(app.handle(request)).into_hyper(),
        read: Answer::of,
    })
}
