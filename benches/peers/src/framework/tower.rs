//! A tower service, with tower-http's layer and with ours.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    sync::Arc,
    time::Duration,
};

use ::tower::{Layer, Service, service_fn};
use cors_tower::CorsLayer;
use http::{HeaderName, HeaderValue, Method, Response, header};
use tower_http::cors;

use super::Side;
use crate::{
    answer::Answer,
    application::{Application, Asked, Request, at_once},
    policy::{HEADERS, MAX_AGE, METHODS, Policy},
};

/// Makes further applications around one policy, whose services are clones of each other.
pub type Copies = Arc<dyn Fn() -> Box<dyn Application> + Send + Sync>;

pub(crate) fn application(side: Side, policy: &Policy) -> Box<dyn Application> {
    copies(side, policy)()
}

/// Applications for several threads, as a server clones its service.
pub fn copies(side: Side, policy: &Policy) -> Copies {
    match side {
        Side::Bare => Arc::new(|| asked(service_fn(items))),
        Side::Old => {
            let service = old(policy).layer(service_fn(items));
            Arc::new(move || asked(service.clone()))
        }
        Side::Ours => {
            let cors = policy.ours().compile().expect("the policy is valid");
            let service = CorsLayer::new(cors).layer(service_fn(items));
            Arc::new(move || asked(service.clone()))
        }
    }
}

/// tower-http's layer under this policy.
pub(super) fn old(policy: &Policy) -> cors::CorsLayer {
    let value = |origin: &String| HeaderValue::try_from(origin).expect("an origin is a value");
    let layer = if policy.is_any() {
        cors::CorsLayer::new().allow_origin(cors::Any)
    } else {
        let origins: Vec<_> = policy.origins.iter().map(value).collect();
        cors::CorsLayer::new().allow_origin(origins).allow_credentials(true)
    };
    let exposed: Vec<_> = policy.exposed.iter().copied().map(HeaderName::from_static).collect();
    layer
        .allow_methods(METHODS.map(|name| Method::try_from(name).expect("a method is a token")))
        .allow_headers(HEADERS.map(HeaderName::from_static))
        .expose_headers(exposed)
        .max_age(Duration::from_secs(MAX_AGE.into()))
}

fn items(_: Request) -> Ready<Result<Response<&'static str>, Infallible>> {
    let mut response = Response::new("[]");
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    ready(Ok(response))
}

fn asked<S, B>(mut service: S) -> Box<dyn Application>
where
    S: Service<Request, Response = Response<B>, Error = Infallible> + 'static,
    B: 'static,
{
    Box::new(Asked {
        make: Request::clone,
        call: move |request| {
            let Ok(response) = at_once(service.call(request));
            response
        },
        read: Answer::of,
    })
}
