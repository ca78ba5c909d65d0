//! A response on its way. It holds the decision, and nothing that threads share.

use std::{
    future::{Future, Ready, ready},
    pin::Pin,
    task::{Context, Poll, ready as poll},
};

use cors_core::Detached;
use cors_http::{CorsBody, Http, Leave};
use http::{Request, Response};
use pin_project_lite::pin_project;
use tower_service::Service;

use crate::{layer::Asked, predicate::Answer};

pin_project! {
    /// The future of [`CorsService`](crate::CorsService): an answer, or the inner service's
    /// response with the decision written to it.
    pub struct CorsFuture<S, Req, F> {
        #[pin]
        state: State<S, Req, F>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<S, Req, F> {
        Answer { #[pin] response: Ready<Response<CorsBody<()>>> },
        Forward { #[pin] inner: F, head: Option<Detached<Http>>, leave: Leave },
        // Boxed, because requests that ask no predicate have room for it too.
        Asking { answer: Answer, asked: Option<Box<Asked<S, Req>>> },
    }
}

impl<S, Req, F> CorsFuture<S, Req, F> {
    pub(crate) fn answer(response: Response<CorsBody<()>>) -> Self {
        Self { state: State::Answer { response: ready(response) } }
    }

    pub(crate) fn forward(inner: F, head: Detached<Http>, leave: Leave) -> Self {
        Self { state: State::Forward { inner, head: Some(head), leave } }
    }

    pub(crate) fn asking(answer: Answer, asked: Asked<S, Req>) -> Self {
        Self { state: State::Asking { answer, asked: Some(Box::new(asked)) } }
    }
}

impl<S, Req, Res> Future for CorsFuture<S, Request<Req>, S::Future>
where
    S: Service<Request<Req>, Response = Response<Res>>,
{
    type Output = Result<Response<CorsBody<Res>>, S::Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            let decided = match state.as_mut().project() {
                StateProjection::Answer { response } => {
                    let response = poll!(response.poll(context));
                    return Poll::Ready(Ok(response.map(|_| CorsBody::empty())));
                }
                StateProjection::Forward { inner, head, leave } => {
                    let mut response = poll!(inner.poll(context))?.map(CorsBody::new);
                    if let Some(head) = head.take() {
                        cors_http::finish(head, &mut response, *leave);
                    }
                    return Poll::Ready(Ok(response));
                }
                StateProjection::Asking { answer, asked } => {
                    let allowed = poll!(answer.as_mut().poll(context));
                    // Taken once: what comes next replaces this state.
                    match asked.take() {
                        Some(asked) => asked.call(allowed).state,
                        None => return Poll::Pending,
                    }
                }
            };
            state.set(decided);
        }
    }
}
