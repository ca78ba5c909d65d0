//! The conformance suite, in process and over TCP through `axum::serve`.

use axum::{
    Router,
    body::Body,
    extract, middleware, response,
    routing::{any, get},
};
use cors_axum::CorsLayer;
use cors_conformance::{Adapter, App, Request, Response, Spy, http as suite};
use tower::ServiceExt;

enum Axum {
    InProcess,
    OverTcp,
}

impl Adapter for Axum {
    fn name(&self) -> &str {
        match self {
            Self::InProcess => "axum",
            Self::OverTcp => "axum over tcp",
        }
    }

    fn answer(&self, app: &App, request: &Request) -> Response {
        match self {
            Self::InProcess => suite::in_process(request, async |request| {
                router(app).oneshot(request.map(|()| Body::empty())).await
            }),
            Self::OverTcp => suite::over_tcp(request, async |listener| {
                axum::serve(listener, router(app)).await.expect("no I/O fails");
                unreachable!("the server never stops")
            }),
        }
    }
}

fn router(app: &App) -> Router {
    let layers = app.compile().into_iter().rev().map(CorsLayer::new);
    layers.enumerate().fold(routes(&app.spy), |router, (nth, layer)| {
        let between = app.between.filter(|_| nth > 0);
        let change = move |response: response::Response| async move {
            let (mut head, body) = response.into_parts();
            suite::change(between, &mut head.headers, &mut head.extensions);
            response::Response::from_parts(head, body)
        };
        router.layer(middleware::map_response(change)).layer(layer)
    })
}

fn routes(spy: &Spy) -> Router {
    let spy = spy.clone();
    let handler = async move |request: extract::Request| suite::call(&spy, &request);
    cors_conformance::routes().fold(Router::new(), |router, route| {
        let handler = handler.clone();
        router.route(route.path, if route.get_only { get(handler) } else { any(handler) })
    })
}

fn main() {
    let swaps = cors_conformance::swaps("axum", |spy, live| {
        let router = routes(spy).layer(CorsLayer::live(live));
        move |request| {
            suite::in_process(request, async |request| {
                router.clone().oneshot(request.map(|()| Body::empty())).await
            })
        }
    });
    cors_conformance::main_with(&[&Axum::InProcess, &Axum::OverTcp], &[], vec![swaps]);
}
