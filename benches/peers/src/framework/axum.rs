//! axum, with tower-http's layer and with ours.

use ::tower::Service;
use axum::{Router, body::Body, routing::get};
use cors_axum::CorsLayer;

use super::{Side, tower::old};
use crate::{
    answer::Answer,
    application::{Application, Asked, Request, at_once},
    policy::Policy,
};

pub(crate) fn application(side: Side, policy: &Policy) -> Box<dyn Application> {
    let app = Router::new().route("/items", get(async || "[]").put(async || "stored"));
    let mut app = match side {
        Side::Bare => app,
        Side::Old => app.layer(old(policy)),
        Side::Ours => {
            app.layer(CorsLayer::new(policy.ours().compile().expect("the policy is valid")))
        }
    };
    Box::new(Asked {
        make: |request: &Request| request.clone().map(|()| Body::empty()),
        call: move |request| {
            let Ok(response) = at_once(app.call(request));
            response
        },
        read: Answer::of,
    })
}
