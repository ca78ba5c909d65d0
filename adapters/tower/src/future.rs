//! A response on its way. It holds the decision, and nothing that threads share.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready as poll},
};

use cors_http::{CorsBody, Pending};
use http::{Request, Response};
use pin_project_lite::pin_project;
use tower_service::Service;

use crate::{layer::Asked, predicate::Answered};

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
        Answer { response: Option<Response<CorsBody<()>>> },
        Forward { #[pin] inner: F, pending: Pending },
        // Boxed, because requests that ask no predicate have room for it too.
        Asking { answer: Answered, asked: Option<Box<Asked<S, Req>>> },
    }
}

impl<S, Req, F> CorsFuture<S, Req, F> {
    #[cold]
    pub(crate) fn answer(response: Response<CorsBody<()>>) -> Self {
        Self { state: State::Answer { response: Some(response) } }
    }

    #[inline(always)]
    pub(crate) fn forward(inner: F, pending: Pending) -> Self {
        Self { state: State::Forward { inner, pending } }
    }

    pub(crate) fn asking(answer: Answered, asked: Asked<S, Req>) -> Self {
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
                    let Some(response) = response.take() else { return Poll::Pending };
                    return Poll::Ready(Ok(response.map(|_| CorsBody::empty())));
                }
                StateProjection::Forward { inner, pending } => {
                    let mut result = poll!(pending.run(|| inner.poll(context)));
                    // Written where the response is, which then moves once, to the caller.
                    if let Ok(response) = &mut result {
                        pending.finish(response);
                    }
                    return Poll::Ready(result.map(|response| response.map(CorsBody::new)));
                }
                StateProjection::Asking { answer, asked } => {
                    let ready = poll!(answer.poll(context));
                    // Taken once: what comes next replaces this state.
                    match asked.take() {
                        Some(asked) => asked.call(ready).state,
                        None => return Poll::Pending,
                    }
                }
            };
            state.set(decided);
        }
    }
}
