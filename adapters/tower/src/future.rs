//! A response on its way. It holds the decision, and nothing that threads share.

use std::{
    future::{Future, Ready, ready},
    pin::Pin,
    task::{Context, Poll, ready as poll},
};

use cors_core::Detached;
use cors_http::{CorsBody, Http, Leave};
use http::Response;
use pin_project_lite::pin_project;

pin_project! {
    /// The future of [`CorsService`](crate::CorsService): an answer, or the inner service's
    /// response with the decision written to it.
    pub struct CorsFuture<F> {
        #[pin]
        state: State<F>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<F> {
        Answer { #[pin] response: Ready<Response<CorsBody<()>>> },
        Forward { #[pin] inner: F, head: Option<Detached<Http>>, leave: Leave },
    }
}

impl<F> CorsFuture<F> {
    pub(crate) fn answer(response: Response<CorsBody<()>>) -> Self {
        Self { state: State::Answer { response: ready(response) } }
    }

    pub(crate) fn forward(inner: F, head: Detached<Http>, leave: Leave) -> Self {
        Self { state: State::Forward { inner, head: Some(head), leave } }
    }
}

impl<F, Res, E> Future for CorsFuture<F>
where
    F: Future<Output = Result<Response<Res>, E>>,
{
    type Output = Result<Response<CorsBody<Res>>, E>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().state.project() {
            StateProjection::Answer { response } => {
                Poll::Ready(Ok(poll!(response.poll(context)).map(|_| CorsBody::empty())))
            }
            StateProjection::Forward { inner, head, leave } => {
                let mut response = poll!(inner.poll(context))?.map(CorsBody::new);
                if let Some(head) = head.take() {
                    cors_http::finish(head, &mut response, *leave);
                }
                Poll::Ready(Ok(response))
            }
        }
    }
}
