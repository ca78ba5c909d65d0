//! The requests that keep a connection busy.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use http_body::{Body, Frame, SizeHint};
use tokio::{sync::Notify, time::timeout};

/// The requests of one connection that have not ended.
#[derive(Clone, Default)]
pub(crate) struct Activity(Arc<Counts>);

#[derive(Default)]
struct Counts {
    running: AtomicUsize,
    changed: Notify,
}

impl Activity {
    /// Counts a request until the value is dropped.
    pub(crate) fn begin(&self) -> Busy {
        self.0.running.fetch_add(1, Ordering::SeqCst);
        self.0.changed.notify_one();
        Busy(self.clone())
    }

    /// Ends once no request has run for this long. What is not a request, such as a ping, does not
    /// keep a connection.
    pub(crate) async fn idle(&self, limit: Duration) {
        while timeout(limit, self.0.changed.notified()).await.is_ok()
            || self.0.running.load(Ordering::SeqCst) > 0
        {}
    }
}

/// A request that runs.
pub(crate) struct Busy(Activity);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.0.running.fetch_sub(1, Ordering::SeqCst);
        self.0.0.changed.notify_one();
    }
}

/// A body that belongs to a request that runs.
pub(crate) struct Held<B> {
    body: B,
    _busy: Busy,
}

impl<B> Held<B> {
    pub(crate) fn new(body: B, busy: Busy) -> Self {
        Self { body, _busy: busy }
    }
}

impl<B: Body + Unpin> Body for Held<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
