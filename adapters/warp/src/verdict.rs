//! The verdict, where a filter can take it.

use std::{
    future::ready,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use cors_core::{Denial, Verdict};
use cors_tower::RequestView;
use warp::{Filter, Rejection, http::Request, reject};

/// Extracts what the layer around the filter decided about the request.
///
/// It needs [`leave_verdict`](crate::CorsLayer::leave_verdict), on the layer of
/// [`service`](crate::service) and on that of a [`filter`](crate::filter()) inside it, and rejects
/// with [`MissingVerdict`] without.
///
/// ```
/// use cors_core::Verdict;
/// use warp::Filter;
///
/// let why = warp::path("why").and(cors_warp::verdict()).map(|verdict: Verdict| verdict.to_string());
/// # warp::service(why);
/// ```
pub fn verdict() -> impl Filter<Extract = (Verdict,), Error = Rejection> + Copy {
    left().map(|(verdict, _)| verdict)
}

/// Passes a request whose origin is allowed, or the server's own, or that has none. It rejects any
/// other with warp's own [`CorsForbidden`](warp::cors::CorsForbidden), which warp renders as 403.
///
/// For filters that open a WebSocket or change state, which browsers leave to the server to check.
/// It needs what [`verdict`] needs.
///
/// ```
/// use warp::Filter;
///
/// let transfer = warp::path("transfer")
///     .and(warp::post())
///     .and(cors_warp::allowed_origin())
///     .map(|| "done");
/// # warp::service(transfer);
/// ```
pub fn allowed_origin() -> impl Filter<Extract = (), Error = Rejection> + Clone {
    let passes = left().and_then(|(verdict, is_foreign): (Verdict, bool)| {
        let refused = verdict.is_guarded() && is_foreign;
        ready(if refused { Err(reject::reject()) } else { Ok(()) })
    });
    passes.or(forbidden()).unify().untuple_one()
}

/// Rejects: with 403 what has an `Origin`. No other rejection can be made that is rendered so.
fn forbidden() -> impl Filter<Extract = ((),), Error = Rejection> + Clone {
    let nobody: [&str; 0] = [];
    let cors = warp::cors().allow_origins(nobody);
    warp::any().map(warp::reply).with(cors).and_then(|_| ready(Err(reject::reject())))
}

/// The verdict, and whether an origin that it denies is not the server's own.
fn left() -> impl Filter<Extract = ((Verdict, bool),), Error = Rejection> + Copy {
    warp::ext::optional().and_then(|left: Option<Left>| {
        let found = left.and_then(|left| Some(((*left.verdict())?, left.is_foreign)));
        ready(found.ok_or_else(|| reject::custom(MissingVerdict)))
    })
}

/// The rejection of [`verdict`]: no layer left one. It is rendered as 500, because the mistake is
/// the server's: add `.leave_verdict()` to the layer closest to the filter, and to that of the
/// service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MissingVerdict;

impl reject::Reject for MissingVerdict {}

/// What the layer closest to a filter decided, for the filters of a request to share.
#[derive(Clone, Debug)]
pub(crate) struct Left {
    verdict: Arc<Mutex<Option<Verdict>>>,
    is_foreign: bool,
}

impl Left {
    /// What a layer left beside a request.
    pub(crate) fn beside<B>(request: &Request<B>) -> Option<Self> {
        let verdict = cors_tower::verdict(request.extensions())?;
        let denied = Verdict::Deny(Denial::Origin);
        let is_foreign = cors_tower::refuses(denied, &RequestView::from(request));
        Some(Self { verdict: Arc::new(Mutex::new(Some(verdict))), is_foreign })
    }

    /// Puts the verdict of a layer further inside in the place of this one.
    pub(crate) fn enter(self, inner: Option<Verdict>) -> Entered {
        let outer = std::mem::replace(&mut *self.verdict(), inner);
        Entered { left: self, outer }
    }

    fn verdict(&self) -> MutexGuard<'_, Option<Verdict>> {
        self.verdict.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts the outer layer's verdict back when the filter is left, be it by a rejection: the next
/// filter is not inside.
#[derive(Debug)]
pub(crate) struct Entered {
    left: Left,
    outer: Option<Verdict>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        *self.left.verdict() = self.outer;
    }
}
