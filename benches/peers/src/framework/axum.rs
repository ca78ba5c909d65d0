//! axum, with tower-http's layer and with ours.

use std::{convert::Infallible, io, net::TcpListener};

use ::tower::{Layer, Service, ServiceBuilder};
use axum::{Router, ServiceExt, body::Body, routing::get};
use cors_axum::CorsLayer;
use http::Response;
use tokio::runtime::Builder;

use super::{Side, tower::old};
use crate::{
    answer::Answer,
    application::{Application, Asked, Request, at_once},
    policy::Policy,
};

pub(crate) fn application(side: Side, policy: &Policy) -> Box<dyn Application> {
    asked(app(side, policy))
}

/// Ours around the finished router; the other sides as above.
pub(crate) fn around(side: Side, policy: &Policy) -> Box<dyn Application> {
    match side {
        Side::Bare | Side::Old => application(side, policy),
        Side::Ours => asked(layer(policy).layer(app(Side::Bare, policy))),
    }
}

pub(crate) fn serve(side: Side, policy: &Policy, listener: TcpListener) -> io::Result<()> {
    run(listener, async |listener| axum::serve(listener, app(side, policy)).await)
}

/// Serves ours around the finished router, and the other sides as above.
pub(crate) fn serve_around(side: Side, policy: &Policy, listener: TcpListener) -> io::Result<()> {
    match side {
        Side::Bare | Side::Old => serve(side, policy, listener),
        Side::Ours => {
            let app = ServiceBuilder::new()
                .map_response(|response: Response<_>| response.map(Body::new))
                .layer(layer(policy))
                .service(app(Side::Bare, policy));
            let app = ServiceExt::<axum::extract::Request>::into_make_service(app);
            run(listener, async |listener| axum::serve(listener, app).await)
        }
    }
}

fn run(
    listener: TcpListener,
    serve: impl AsyncFnOnce(tokio::net::TcpListener) -> io::Result<()>,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(async { serve(tokio::net::TcpListener::from_std(listener)?).await })
}

fn layer(policy: &Policy) -> CorsLayer {
    CorsLayer::new(policy.ours().compile().expect("the policy is valid"))
}

fn app(side: Side, policy: &Policy) -> Router {
    let app = Router::new().route("/items", get(async || "[]").put(async || "stored"));
    match side {
        Side::Bare => app,
        Side::Old => app.layer(old(policy)),
        Side::Ours => app.layer(layer(policy)),
    }
}

fn asked<S, B>(mut app: S) -> Box<dyn Application>
where
    S: Service<http::Request<Body>, Response = Response<B>, Error = Infallible> + 'static,
    B: 'static,
{
    Box::new(Asked {
        make: |request: &Request| request.clone().map(|()| Body::empty()),
        call: move |request| {
            let Ok(response) = at_once(app.call(request));
            response
        },
        read: Answer::of,
    })
}
