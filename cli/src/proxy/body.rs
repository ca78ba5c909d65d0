//! A body that does not stay silent for ever.

use std::{
    error::Error,
    fmt,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

use crate::connector::BoxError;

/// A body that fails where its sender says nothing for too long. Only waiting counts: who reads it
/// slowly ends nothing.
pub(crate) struct Timed<B> {
    body: B,
    limit: Duration,
    /// Made once it is needed, and then used again.
    silence: Option<Pin<Box<Sleep>>>,
    waits: bool,
}

/// The sender said nothing for too long.
#[derive(Debug)]
pub(crate) struct Silence;

impl<B> Timed<B> {
    pub(crate) fn new(body: B, limit: Duration) -> Self {
        Self { body, limit, silence: None, waits: false }
    }

    fn poll_silence(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let silence = self.silence.get_or_insert_with(|| Box::pin(sleep(self.limit)));
        if !self.waits {
            silence.as_mut().reset(Instant::now() + self.limit);
            self.waits = true;
        }
        silence.as_mut().poll(context)
    }
}

impl<B> Body for Timed<B>
where
    B: Body<Error: Into<BoxError>> + Unpin,
{
    type Data = B::Data;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, BoxError>>> {
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(frame) => {
                self.waits = false;
                Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
            }
            Poll::Pending => self.poll_silence(context).map(|()| Some(Err(Silence.into()))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body ended early")
    }
}

impl Error for Silence {}
