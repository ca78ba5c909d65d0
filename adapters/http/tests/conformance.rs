//! The conformance suite, in process and over TCP through hyper.

use std::{convert::Infallible, future::Future, pin::Pin};

use cors_conformance::{Adapter, App, Between, Request, Response, Spy, http as suite};
use cors_core::Live;
use cors_http::{Cors, HttpCors};
use http_body_util::BodyExt;
use hyper::service::service_fn;

enum Http {
    InProcess,
    OverTcp,
}

impl Adapter for Http {
    fn name(&self) -> &str {
        match self {
            Self::InProcess => "http",
            Self::OverTcp => "http over tcp",
        }
    }

    fn answer(&self, app: &App, request: &Request) -> Response {
        let layers: Vec<HttpCors> = app.compile().iter().map(Cors::render).collect();
        match self {
            Self::InProcess => {
                suite::in_process(request, |request| serve(&layers, app.between, &app.spy, request))
            }
            Self::OverTcp => suite::over_tcp(request, |listener| {
                let serve = |request| serve(&layers, app.between, &app.spy, request);
                suite::serve(listener, service_fn(serve))
            }),
        }
    }
}

type Served<'a> = Pin<Box<dyn Future<Output = Result<suite::Answer, Infallible>> + 'a>>;

/// Each layer's handler is the layers inside it.
fn serve<'a, B: 'a>(
    layers: &'a [HttpCors],
    between: Option<Between>,
    spy: &'a Spy,
    request: http::Request<B>,
) -> Served<'a> {
    Box::pin(async move {
        let Some((cors, inside)) = layers.split_first() else {
            return Ok(suite::call(spy, &request));
        };
        let handler = async |request| {
            let (mut head, body) = serve(inside, between, spy, request).await?.into_parts();
            if !inside.is_empty() {
                suite::change(between, &mut head.headers, &mut head.extensions);
            }
            Ok::<_, Infallible>(http::Response::from_parts(head, body))
        };
        Ok(cors_http::serve(cors, request, handler).await?.map(BodyExt::boxed))
    })
}

fn main() {
    let swaps = cors_conformance::swaps("http", |spy, live| {
        let spy = spy.clone();
        move |request| {
            suite::in_process(request, async |request| {
                serve(&[live.current()], None, &spy, request).await
            })
        }
    });
    cors_conformance::main_with(&[&Http::InProcess, &Http::OverTcp], &[], vec![swaps]);
}
