//! How far a request's body has come on its way to the upstream.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use http_body::{Body, Frame, SizeHint};
use tokio::{sync::Notify, time::timeout};

/// Shared by a request's body, which the client's connection reads, and whoever waits for the
/// response.
#[derive(Default)]
pub(crate) struct Progress {
    state: AtomicU8,
    moved: Notify,
}

/// The upstream has what there was, or does not take what there is.
const UPSTREAM: u8 = 0;
/// The upstream waits for the client.
const CLIENT: u8 = 1;
/// The client broke off.
const FAILED: u8 = 2;

impl Progress {
    /// Ends where the upstream has neither taken a piece of the body nor answered for this long.
    /// While it is the client that is waited for, the body's own limit holds.
    pub(crate) async fn stopped(&self, limit: Duration) {
        while timeout(limit, self.moved.notified()).await.is_ok() || self.state() == CLIENT {}
    }

    /// Whether it was the client that broke off.
    pub(crate) fn has_failed(&self) -> bool {
        self.state() == FAILED
    }

    fn state(&self) -> u8 {
        self.state.load(Ordering::Relaxed)
    }
}

/// A body that says how far it has come.
pub(crate) struct Watched<B> {
    pub(crate) body: B,
    pub(crate) progress: Arc<Progress>,
}

impl<B: Body + Unpin> Body for Watched<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        let state = match &polled {
            Poll::Pending => CLIENT,
            Poll::Ready(Some(Err(_))) => FAILED,
            Poll::Ready(_) => UPSTREAM,
        };
        self.progress.state.store(state, Ordering::Relaxed);
        if polled.is_ready() {
            self.progress.moved.notify_one();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
