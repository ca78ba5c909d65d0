//! The decision of a filter, for the filter around it.

use std::{
    cell::Cell,
    hash::{BuildHasher, RandomState},
    sync::LazyLock,
};

use cors_core::Verdict;
use warp::http::{Request, header};

static HASHER: LazyLock<RandomState> = LazyLock::new(RandomState::new);

std::thread_local! {
    static HEARD: Cell<Option<(Asked, Verdict)>> = const { Cell::new(None) };
}

/// A hash of the parts of a request on which a verdict depends. Filters can add nothing to a request, so that a filter and
/// the one around it know by this that they have the same one.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Asked(u64);

impl Asked {
    /// A request that enters a filter. No verdict about another one is left after this.
    pub(crate) fn enter(request: &Request<()>) -> Self {
        HEARD.take();
        let origin = request.headers().get(header::ORIGIN);
        Self(HASHER.hash_one((request.method(), request.uri().path(), origin)))
    }

    /// Leaves a verdict for the filter around this one, which runs next on this thread unless a
    /// filter between the two waits.
    pub(crate) fn tell(self, verdict: Option<Verdict>) {
        HEARD.set(verdict.map(|verdict| (self, verdict)));
    }

    /// The verdict of a filter inside, if it was about the same request.
    pub(crate) fn heard(self) -> Option<Verdict> {
        let (asked, verdict) = HEARD.take()?;
        (asked == self).then_some(verdict)
    }
}
