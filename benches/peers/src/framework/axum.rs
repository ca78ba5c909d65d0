//! axum, with tower-http's layer and with ours.

use std::{io, net::TcpListener};

use ::tower::Service;
use axum::{Router, body::Body, routing::get};
use cors_axum::CorsLayer;
use tokio::runtime::Builder;

use super::{Side, tower::old};
use crate::{
    answer::Answer,
    application::{Application, Asked, Request, at_once},
    policy::Policy,
};

pub(crate) fn application(side: Side, policy: &Policy) -> Box<dyn Application> {
    let mut app = app(side, policy);
    Box::new(Asked {
        make: |request: &Request| request.clone().map(|()| Body::empty()),
        call: move |request| {
            let Ok(response) = at_once(app.call(request));
            response
        },
        read: Answer::of,
    })
}

pub(crate) fn serve(side: Side, policy: &Policy, listener: TcpListener) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    Builder::new_current_thread().enable_all().build()?.block_on(async {
        axum::serve(tokio::net::TcpListener::from_std(listener)?, app(side, policy)).await
    })
}

fn app(side: Side, policy: &Policy) -> Router {
    let app = Router::new().route("/items", get(async || "[]").put(async || "stored"));
    match side {
        Side::Bare => app,
        Side::Old => app.layer(old(policy)),
        Side::Ours => {
            app.layer(CorsLayer::new(policy.ours().compile().expect("the policy is valid")))
        }
    }
}
