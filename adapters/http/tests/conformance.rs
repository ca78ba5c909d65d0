//! The conformance suite, in process and over TCP through hyper.

use std::{convert::Infallible, future::Future, pin::Pin};

use cors_conformance::{
    Adapter, App, Between, Predicate, Request, Response, Spy, http as suite, permission,
};
use cors_core::Live;
use cors_http::{HttpCors, Origin, OwnedOrigin, RequestView};
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
        let form = match self {
            Self::InProcess => Predicate::AtOnce,
            Self::OverTcp => Predicate::Awaited,
        };
        let layers = app.layers(form).into_iter();
        let layers: Vec<_> = layers.map(|(cors, form)| (cors.render(), form)).collect();
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
    layers: &'a [(HttpCors, Predicate)],
    between: Option<Between>,
    spy: &'a Spy,
    request: http::Request<B>,
) -> Served<'a> {
    Box::pin(async move {
        let Some(((cors, form), inside)) = layers.split_first() else {
            return Ok(suite::call(spy, &request));
        };
        let handler = async |request| {
            let (mut head, body) = serve(inside, between, spy, request).await?.into_parts();
            if !inside.is_empty() {
                suite::change(between, &mut head.headers, &mut head.extensions);
            }
            Ok::<_, Infallible>(http::Response::from_parts(head, body))
        };
        let awaited = |origin: OwnedOrigin, _| async move { permission(&origin.as_origin()) };
        let response = match form {
            Predicate::None => cors_http::serve(cors, request, handler).await?,
            Predicate::AtOnce => {
                let allows = |origin: &Origin<'_>, _: &RequestView<'_>| permission(origin);
                cors_http::serve_if(cors, request, allows, handler).await?
            }
            Predicate::Awaited => {
                cors_http::serve_if_async(cors, request, awaited, handler).await?
            }
        };
        Ok(response.map(BodyExt::boxed))
    })
}

fn main() {
    let swaps = cors_conformance::swaps("http", |spy, live| {
        let spy = spy.clone();
        move |request| {
            suite::in_process(request, async |request| {
                serve(&[(live.current(), Predicate::None)], None, &spy, request).await
            })
        }
    });
    cors_conformance::main_with(&[&Http::InProcess, &Http::OverTcp], &[], vec![swaps]);
}
