//! The body of a response that may be an answer of ours.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;

pin_project! {
    /// The handler's body, or none: a preflight's answer has no body.
    ///
    /// It stands here so that no bound on the handler's body is needed: a bound such as `Default`
    /// is what keeps layers from being put together.
    #[derive(Clone, Copy, Debug)]
    pub struct CorsBody<B> {
        #[pin]
        inner: Option<B>,
    }
}

impl<B> CorsBody<B> {
    /// No body.
    pub const fn empty() -> Self {
        Self { inner: None }
    }

    /// The handler's body.
    pub const fn new(body: B) -> Self {
        Self { inner: Some(body) }
    }

    /// The handler's body, unless a preflight was answered.
    pub fn into_inner(self) -> Option<B> {
        self.inner
    }
}

impl<B: Body> Body for CorsBody<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        match self.project().inner.as_pin_mut() {
            Some(body) => body.poll_frame(context),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.as_ref().map_or_else(|| SizeHint::with_exact(0), Body::size_hint)
    }
}
