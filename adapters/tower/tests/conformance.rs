//! The conformance suite, in process and over TCP through hyper.

use std::{convert::Infallible, future::ready};

use cors_conformance::{
    Adapter, App, Predicate, Request, Response, Spy, http as suite, permission,
};
use cors_tower::{Cors, CorsLayer};
use http_body_util::BodyExt;
use hyper_util::service::TowerToHyperService;
use tower::{Layer, ServiceExt, service_fn, util::BoxCloneService};

enum Tower {
    InProcess,
    OverTcp,
}

impl Tower {
    /// The predicate is called in process, and awaited over TCP.
    fn form(&self) -> Predicate {
        match self {
            Self::InProcess => Predicate::AtOnce,
            Self::OverTcp => Predicate::Awaited,
        }
    }
}

impl Adapter for Tower {
    fn name(&self) -> &str {
        match self {
            Self::InProcess => "tower",
            Self::OverTcp => "tower over tcp",
        }
    }

    fn answer(&self, app: &App, request: &Request) -> Response {
        match self {
            Self::InProcess => {
                suite::in_process(request, |request| service(app, self.form()).oneshot(request))
            }
            Self::OverTcp => suite::over_tcp(request, |listener| {
                suite::serve(listener, TowerToHyperService::new(service(app, self.form())))
            }),
        }
    }
}

type Service<B> = BoxCloneService<http::Request<B>, suite::Answer, Infallible>;

fn service<B: Send + 'static>(app: &App, form: Predicate) -> Service<B> {
    let layers = app.layers(form).into_iter().rev().map(layer);
    layers.enumerate().fold(handler(&app.spy), |inside, (nth, layer)| {
        let between = app.between.filter(|_| nth > 0);
        let changed = inside.map_response(move |response: suite::Answer| {
            let (mut head, body) = response.into_parts();
            suite::change(between, &mut head.headers, &mut head.extensions);
            http::Response::from_parts(head, body)
        });
        let layered = layer.layer(changed);
        layered.map_response(|response| response.map(BodyExt::boxed)).boxed_clone()
    })
}

fn handler<B: 'static>(spy: &Spy) -> Service<B> {
    let spy = spy.clone();
    service_fn(move |request| ready(Ok(suite::call(&spy, &request)))).boxed_clone()
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
    let swaps = cors_conformance::swaps("tower", |spy, live| {
        let service = CorsLayer::live(live).layer(handler(spy));
        move |request| suite::in_process(request, |request| service.clone().oneshot(request))
    });
    cors_conformance::main_with(&[&Tower::InProcess, &Tower::OverTcp], &[], vec![swaps]);
}
