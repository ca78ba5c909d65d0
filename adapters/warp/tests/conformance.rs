//! The conformance suite: around a service, in process and over TCP through hyper, around filters
//! over TCP through `warp::serve`, and one around the other.

#[path = "support/app.rs"]
mod app;
#[path = "../../http/tests/support/hyper.rs"]
mod server;
#[path = "../../http/tests/support/suite.rs"]
mod suite;

use bytes::Bytes;
use cors_conformance::{Adapter, App, Exception, Request, Response};
use http_body_util::Empty;
use hyper_util::service::TowerToHyperService;
use tower::ServiceExt;

enum Warp {
    InProcess,
    OverTcp,
    Serve,
    Mixed,
}

impl Adapter for Warp {
    fn name(&self) -> &str {
        match self {
            Self::InProcess => "warp",
            Self::OverTcp => "warp over tcp",
            Self::Serve => "warp::serve over tcp",
            Self::Mixed => "warp mixed",
        }
    }

    fn answer(&self, app: &App, request: &Request) -> Response {
        match self {
            Self::InProcess => in_process(request, app::service(app)),
            Self::OverTcp => suite::over_tcp(request, |listener| {
                server::serve(listener, TowerToHyperService::new(app::service(app)))
            }),
            Self::Serve => suite::over_tcp(request, async |listener| {
                warp::serve(app::filter(app)).incoming(listener).run().await;
                unreachable!("nobody tells the server to stop")
            }),
            Self::Mixed => in_process(request, app::mixed(app)),
        }
    }
}

fn in_process(request: &Request, service: app::Service<Empty<Bytes>>) -> Response {
    suite::in_process(request, async |request| {
        service.oneshot(request.map(|()| Empty::new())).await
    })
}

fn main() {
    use Warp::{InProcess, Mixed, OverTcp, Serve};
    let exception = Exception {
        test: "warp mixed::composition/two layers, no route",
        reason: "what the inner filter rejects falls through to whatever is outside it",
    };
    cors_conformance::main(&[&InProcess, &OverTcp, &Serve, &Mixed], &[exception]);
}
