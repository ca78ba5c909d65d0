//! The conformance suite: around a service, in process and over TCP through hyper, around filters
//! over TCP through `warp::serve`, and one around the other.

#[path = "support/app.rs"]
mod app;

use bytes::Bytes;
use cors_conformance::{Adapter, App, Exception, Predicate, Request, Response, http as suite};
use cors_warp::CorsLayer;
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
        let form = match self {
            Self::InProcess => Predicate::AtOnce,
            _ => Predicate::Awaited,
        };
        match self {
            Self::InProcess => in_process(request, app::service(app, form)),
            Self::OverTcp => suite::over_tcp(request, |listener| {
                suite::serve(listener, TowerToHyperService::new(app::service(app, form)))
            }),
            Self::Serve => suite::over_tcp(request, async |listener| {
                warp::serve(app::filter(app, form)).incoming(listener).run().await;
                unreachable!("the server never stops")
            }),
            Self::Mixed => in_process(request, app::mixed(app, form)),
        }
    }
}

fn in_process(request: &Request, service: app::Service<Empty<Bytes>>) -> Response {
    suite::in_process(request, async |request| {
        service.oneshot(request.map(|()| Empty::new())).await
    })
}

/// The application, to be asked as often as one likes.
fn asked(service: app::Service<Empty<Bytes>>) -> impl Fn(&Request) -> Response {
    move |request| in_process(request, service.clone())
}

fn main() {
    use Warp::{InProcess, Mixed, OverTcp, Serve};
    let exception = Exception {
        test: "warp mixed::composition/two layers, no route",
        reason: "what the inner filter rejects falls through to whatever is outside it",
    };
    let swaps = [
        cors_conformance::swaps("warp", |spy, live| {
            asked(app::around(vec![CorsLayer::live(live)], None, app::routes(spy)))
        }),
        cors_conformance::swaps("warp filters", |spy, live| {
            let routes = app::inside(vec![CorsLayer::live(live)], None, app::routes(spy));
            asked(app::around(vec![], None, routes))
        }),
    ];
    let adapters: [&dyn Adapter; 4] = [&InProcess, &OverTcp, &Serve, &Mixed];
    cors_conformance::main_with(&adapters, &[exception], swaps.into());
}
