//! warp, with its own wrapper and with ours.

use std::convert::Infallible;

use ::tower::Service;
use cors_warp::CorsLayer;
use http::{Response, StatusCode};
use warp::{Filter, Rejection, Reply, filters::cors, reject::MethodNotAllowed};

use super::Side;
use crate::{
    answer::Answer,
    application::{Application, Asked, Request, at_once},
    policy::{HEADERS, MAX_AGE, METHODS, Policy},
};

pub(crate) fn application(side: Side, policy: &Policy) -> Box<dyn Application> {
    match side {
        Side::Bare => asked(warp::service(app())),
        // A preflight that it refuses is a rejection, for which there is a filter outside.
        Side::Old => asked(warp::service(app().with(old(policy)).recover(render))),
        Side::Ours => {
            let cors = policy.ours().compile().expect("the policy is valid");
            asked(cors_warp::service(CorsLayer::new(cors), warp::service(app())))
        }
    }
}

/// Ours in the form of a filter, which `warp::serve` takes; the other sides as above.
pub(crate) fn filter(side: Side, policy: &Policy) -> Box<dyn Application> {
    match side {
        Side::Bare | Side::Old => application(side, policy),
        Side::Ours => {
            let cors = policy.ours().compile().expect("the policy is valid");
            asked(warp::service(cors_warp::filter(CorsLayer::new(cors), app())))
        }
    }
}

fn old(policy: &Policy) -> cors::Cors {
    let cors = if policy.is_any() {
        warp::cors().allow_any_origin()
    } else {
        let origins = policy.origins.iter().map(String::as_str);
        warp::cors().allow_origins(origins).allow_credentials(true)
    };
    cors.allow_methods(METHODS)
        .allow_headers(HEADERS)
        .expose_headers(policy.exposed.iter().copied())
        .max_age(MAX_AGE)
        .build()
}

fn app() -> impl Filter<Extract = (impl Reply,), Error = Infallible> + Clone + Send + 'static {
    let get = warp::path!("items").and(warp::get()).map(|| "[]");
    let put = warp::path!("items").and(warp::put()).map(|| "stored");
    get.or(put).recover(render)
}

async fn render(rejection: Rejection) -> Result<impl Reply, Infallible> {
    Ok(if rejection.find::<cors::CorsForbidden>().is_some() {
        StatusCode::FORBIDDEN
    } else if rejection.find::<MethodNotAllowed>().is_some() {
        StatusCode::METHOD_NOT_ALLOWED
    } else {
        StatusCode::NOT_FOUND
    })
}

fn asked<S, B>(mut app: S) -> Box<dyn Application>
where
    S: Service<http::Request<String>, Response = Response<B>, Error = Infallible> + 'static,
    B: 'static,
{
    Box::new(Asked {
        make: |request: &Request| request.clone().map(|()| String::new()),
        call: move |request| {
            let Ok(response) = at_once(app.call(request));
            response
        },
        read: Answer::of,
    })
}
