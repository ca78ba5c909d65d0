//! What was decided about a request, kept in its local cache.

use std::sync::{Mutex, PoisonError};

use cors_core::{Permission, Verdict};
use rocket::Request;

use crate::RocketCors;

/// How closely a fairing's path describes a request's: its segments, and those that are literal.
pub(crate) type Rank = (usize, usize);

/// What outlives the request fairings. The rest is decided again where it is needed: that costs
/// less than keeping it, and says the same.
#[derive(Clone)]
pub(crate) struct Decided {
    /// Whose decision this is, by its address: rocket boxes fairings, and moves none.
    pub(crate) by: usize,
    pub(crate) rank: Rank,
    pub(crate) verdict: Verdict,
    /// The status of the answer, where the handler does not run.
    pub(crate) answer: Option<u16>,
    /// The permission that the predicate returned.
    pub(crate) permission: Option<Permission>,
    /// The policy that decided, where it may be replaced before there is a response.
    pub(crate) live: Option<RocketCors>,
}

impl Decided {
    /// What was decided so far, if anything.
    pub(crate) fn about(request: &Request<'_>) -> Option<Self> {
        Kept::of(request).see(|decided| decided.cloned())
    }
}

/// The decision's place in a request. Finding it takes a look-up in the request's local cache.
pub(crate) struct Kept(Mutex<Option<Decided>>);

impl Kept {
    pub(crate) fn of<'r>(request: &'r Request<'_>) -> &'r Self {
        request.local_cache(|| Self(Mutex::new(None)))
    }

    pub(crate) fn see<T>(&self, see: impl FnOnce(Option<&Decided>) -> T) -> T {
        see(self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref())
    }

    pub(crate) fn keep(&self, decided: Decided) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(decided);
    }
}

/// What was decided about a request, for whatever is around its handler, such as a response
/// fairing; a handler takes [`CorsVerdict`](crate::CorsVerdict). There is none before the request
/// fairings have run, and where no [`CorsFairing`](crate::CorsFairing) covers the path.
pub fn verdict(request: &Request<'_>) -> Option<Verdict> {
    Decided::about(request).map(|decided| decided.verdict)
}
