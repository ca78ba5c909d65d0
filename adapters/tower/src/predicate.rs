//! Origins that the policy does not list: a predicate next to it.

use std::{fmt, future::Future, pin::Pin, sync::Arc};

use cors_core::{Origin, OwnedOrigin};
use cors_http::RequestView;
use http::request::Parts;

/// A predicate of any type, behind one type: a layer can be returned, stored, and chosen by `if`.
/// A layer without one pays for none.
#[derive(Clone)]
pub(crate) enum Predicate {
    None,
    AtOnce(Arc<AtOnce>),
    Awaited(Arc<Awaited>),
}

pub(crate) type AtOnce = dyn Fn(&Origin<'_>, &RequestView<'_>) -> bool + Send + Sync;
pub(crate) type Awaited = dyn Fn(OwnedOrigin, Parts) -> Answer + Send + Sync;
pub(crate) type Answer = Pin<Box<dyn Future<Output = bool> + Send>>;

impl Predicate {
    /// The function is cloned for each call, so its future may take what it captured.
    pub(crate) fn awaited<F, Fut>(allows: F) -> Self
    where
        F: FnOnce(OwnedOrigin, Parts) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = bool> + Send + 'static,
    {
        Self::Awaited(Arc::new(move |origin, request| Box::pin(allows.clone()(origin, request))))
    }
}

impl fmt::Debug for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::AtOnce(_) => "AtOnce(..)",
            Self::Awaited(_) => "Awaited(..)",
        })
    }
}

/// A copy of the request's head, for a future that outlives it.
pub(crate) fn parts(view: &RequestView<'_>) -> Parts {
    let (mut parts, ()) = http::Request::new(()).into_parts();
    parts.method = view.method.clone();
    parts.uri = view.uri.clone();
    parts.headers = view.headers.clone();
    parts.extensions = view.extensions.clone();
    parts
}
