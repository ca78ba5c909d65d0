//! The suite's application in warp: its routes, and the layers around them.

use std::{convert::Infallible, future::ready};

use cors_conformance::{App, Between, Predicate, Spy, permission};
use cors_warp::CorsLayer;
use http_body::Body;
use http_body_util::BodyExt;
use tower::{BoxError, ServiceExt, util::BoxCloneService};
use warp::{
    Filter, Rejection, Reply,
    filters::BoxedFilter,
    http::{self, StatusCode},
    path::FullPath,
    reject::{MethodNotAllowed, reject},
    reply,
};

use crate::suite;

type Routes = BoxedFilter<(reply::Response,)>;
pub(crate) type Service<B> = BoxCloneService<http::Request<B>, suite::Answer, Infallible>;

/// Every layer is around a service.
pub(crate) fn service<B>(app: &App, form: Predicate) -> Service<B>
where
    B: Body<Error: Into<BoxError>> + Send + Sync + 'static,
{
    around(layers(app, form), app.between, routes(&app.spy))
}

/// The outer layer is around a service, and an inner one around its filter.
pub(crate) fn mixed<B>(app: &App, form: Predicate) -> Service<B>
where
    B: Body<Error: Into<BoxError>> + Send + Sync + 'static,
{
    let mut layers = layers(app, form);
    let inner = layers.split_off(1);
    around(layers, app.between, inside(inner, None, routes(&app.spy)))
}

/// Every layer is around a filter, the innermost around one that recovers: nothing is rejected.
pub(crate) fn filter(app: &App, form: Predicate) -> Routes {
    let routes = routes(&app.spy).recover(render).unify().boxed();
    inside(layers(app, form), app.between, routes)
}

/// The layers, each with the suite's predicate if it is given one.
fn layers(app: &App, form: Predicate) -> Vec<CorsLayer> {
    let layer = |(cors, predicate)| {
        let layer = CorsLayer::new(cors);
        match predicate {
            Predicate::None => layer,
            Predicate::AtOnce => layer.allow_origin_if(|origin, _| permission(origin)),
            Predicate::Awaited => layer
                .allow_origin_if_async(|origin, _| async move { permission(&origin.as_origin()) }),
        }
    };
    app.layers(form).into_iter().map(layer).collect()
}

pub(crate) fn around<B>(
    layers: Vec<CorsLayer>,
    between: Option<Between>,
    filter: Routes,
) -> Service<B>
where
    B: Body<Error: Into<BoxError>> + Send + Sync + 'static,
{
    let service = warp::service(filter);
    let service = ServiceExt::<http::Request<B>>::map_response(service, |response| {
        response.map(|body| body.map_err(|error| unreachable!("{error}")).boxed())
    });
    let count = layers.len();
    layers.into_iter().rev().enumerate().fold(service.boxed_clone(), |inside, (nth, layer)| {
        // A single layer is around a filter with one.
        let between = between.filter(|_| nth > 0 || count == 1);
        let changed = inside.map_response(move |response: suite::Answer| {
            let (mut head, body) = response.into_parts();
            suite::change(between, &mut head.headers, &mut head.extensions);
            http::Response::from_parts(head, body)
        });
        cors_warp::service(layer, changed)
            .map_response(|response| response.map(BodyExt::boxed))
            .boxed_clone()
    })
}

pub(crate) fn inside(layers: Vec<CorsLayer>, between: Option<Between>, filter: Routes) -> Routes {
    layers.into_iter().rev().enumerate().fold(filter, |inside, (nth, layer)| {
        let between = between.filter(|_| nth > 0);
        let changed = inside.map(move |mut response: reply::Response| {
            let mut extensions = std::mem::take(response.extensions_mut());
            suite::change(between, response.headers_mut(), &mut extensions);
            *response.extensions_mut() = extensions;
            response
        });
        cors_warp::filter(layer, changed).boxed()
    })
}

pub(crate) fn routes(spy: &Spy) -> Routes {
    let spy = spy.clone();
    let any_method = routed(false).and(warp::method());
    let get_only = routed(true).and(warp::get()).and(warp::method());
    let reply = move |path: FullPath, method: http::Method| {
        let request = http::Request::builder().method(method).uri(path.as_str()).body(());
        let (head, body) = suite::call(&spy, &request.expect("a path is a target")).into_parts();
        let mut response = reply::stream(body.into_data_stream()).into_response();
        *response.status_mut() = head.status;
        *response.headers_mut() = head.headers;
        response
    };
    any_method.or(get_only).unify().map(reply).boxed()
}

/// The paths that go to the handler for every method, or for `GET` only.
fn routed(get_only: bool) -> impl Filter<Extract = (FullPath,), Error = Rejection> + Copy {
    warp::path::full().and_then(move |path: FullPath| {
        let mut routes = cors_conformance::routes();
        let found = routes.any(|it| it.get_only == get_only && it.path == path.as_str());
        ready(if found { Ok(path) } else { Err(reject()) })
    })
}

async fn render(rejection: Rejection) -> Result<reply::Response, Infallible> {
    let status = match rejection.find::<MethodNotAllowed>() {
        Some(_) => StatusCode::METHOD_NOT_ALLOWED,
        None => StatusCode::NOT_FOUND,
    };
    Ok(status.into_response())
}
