//! The conformance suite, in process and over TCP through hyper.

#[path = "../../http/tests/support/hyper.rs"]
mod server;
#[path = "../../http/tests/support/suite.rs"]
mod suite;

use std::{convert::Infallible, future::ready};

use cors_conformance::{Adapter, App, Request, Response};
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
                server::serve(listener, TowerToHyperService::new(service(app)))
            }),
        }
    }
}

fn service<B: 'static>(app: &App) -> BoxCloneService<http::Request<B>, suite::Answer, Infallible> {
    let spy = app.spy.clone();
    let handler = service_fn(move |request| ready(Ok(suite::call(&spy, &request))));
    app.compile().into_iter().rev().fold(handler.boxed_clone(), |inside, cors| {
        let layered = CorsLayer::new(cors).layer(inside);
        layered.map_response(|response| response.map(BodyExt::boxed)).boxed_clone()
    })
}

fn main() {
    cors_conformance::main(&[&Tower::InProcess, &Tower::OverTcp], &[]);
}
