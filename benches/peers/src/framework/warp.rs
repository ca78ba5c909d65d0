//! warp, with its own wrapper and with ours.

use std::convert::Infallible;

use cors_warp::CorsLayer;
use http::{Request, Response, StatusCode};
use tower::{Service, ServiceExt};
use warp::{Filter, Rejection, Reply, filters::cors, reject::MethodNotAllowed};

use super::block_on;
use crate::{
    answer::Answer,
    policy::{EXPOSED, HEADERS, MAX_AGE, METHODS, ORIGINS, Policy},
    row::Row,
};

pub(crate) fn old(policy: Policy, row: &Row) -> Answer {
    let cors = match policy {
        Policy::List => warp::cors().allow_origins(ORIGINS).allow_credentials(true),
        Policy::Any => warp::cors().allow_any_origin(),
    };
    let cors = cors
        .allow_methods(METHODS)
        .allow_headers(HEADERS)
        .expose_headers(EXPOSED)
        .max_age(MAX_AGE)
        .build();
    // A preflight that it refuses is a rejection, for which there is a filter outside.
    answer(warp::service(app().with(cors).recover(render)), row)
}

pub(crate) fn ours(policy: Policy, row: &Row) -> Answer {
    let cors = policy.ours().compile().expect("the policy is valid");
    answer(warp::service(cors_warp::filter(CorsLayer::new(cors), app())), row)
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

fn answer<S, B>(app: S, row: &Row) -> Answer
where
    S: Service<Request<String>, Response = Response<B>, Error = Infallible>,
{
    let Ok(response) = block_on(app.oneshot(row.request().map(|()| String::new())));
    Answer::of(&response)
}
