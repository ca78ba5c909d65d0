//! The conformance suite, in process and over TCP through `axum::serve`.

use axum::{
    Router,
    body::Body,
    extract, middleware, response,
    routing::{any, get},
};
use cors_axum::{Cors, CorsLayer};
use cors_conformance::{
    Adapter, App, Predicate, Request, Response, Spy, http as suite, permission,
};
use tower::ServiceExt;

enum Axum {
    InProcess,
    OverTcp,
}

impl Axum {
    /// The predicate is called in process, and awaited over TCP.
    fn form(&self) -> Predicate {
        match self {
            Self::InProcess => Predicate::AtOnce,
            Self::OverTcp => Predicate::Awaited,
        }
    }
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
                router(app, self.form()).oneshot(request.map(|()| Body::empty())).await
            }),
            Self::OverTcp => suite::over_tcp(request, async |listener| {
                axum::serve(listener, router(app, self.form())).await.expect("no I/O fails");
                unreachable!("the server never stops")
            }),
        }
    }
}

fn router(app: &App, form: Predicate) -> Router {
    let layers = app.layers(form).into_iter().rev().map(layer);
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

/// A layer with the suite's predicate, if it is given one.
fn layer((cors, predicate): (Cors, Predicate)) -> CorsLayer {
    let layer = CorsLayer::new(cors);
    match predicate {
        Predicate::None => layer,
        Predicate::AtOnce => layer.allow_origin_if(|origin, _| permission(origin)),
        Predicate::Awaited => {
            layer.allow_origin_if_async(|origin, _| async move { permission(&origin.as_origin()) })
        }
    }
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
