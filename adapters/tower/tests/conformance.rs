//! The conformance suite, in process and over TCP through hyper.

use std::{convert::Infallible, future::ready};

use cors_conformance::{Adapter, App, Request, Response, Spy, http as suite};
use cors_tower::CorsLayer;
use http_body_util::BodyExt;
use hyper_util::service::TowerToHyperService;
use tower::{Layer, ServiceExt, service_fn, util::BoxCloneService};

enum Tower {
    InProcess,
    OverTcp,
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
            Self::InProcess => suite::in_process(request, |request| service(app).oneshot(request)),
            Self::OverTcp => suite::over_tcp(request, |listener| {
                suite::serve(listener, TowerToHyperService::new(service(app)))
            }),
        }
    }
}

type Service<B> = BoxCloneService<http::Request<B>, suite::Answer, Infallible>;

fn service<B: Send + 'static>(app: &App) -> Service<B> {
    let layers = app.compile().into_iter().rev().map(CorsLayer::new);
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

fn main() {
    let swaps = cors_conformance::swaps("tower", |spy, live| {
        let service = CorsLayer::live(live).layer(handler(spy));
        move |request| suite::in_process(request, |request| service.clone().oneshot(request))
    });
    cors_conformance::main_with(&[&Tower::InProcess, &Tower::OverTcp], &[], vec![swaps]);
}
