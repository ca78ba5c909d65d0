//! Origins that the policy does not list: a question asked beside it.

use std::{fmt, sync::Arc};

use cors_core::Origin;
use cors_http::RequestView;

/// Whether an origin that the policy does not list is allowed all the same.
pub trait OriginPredicate {
    /// Asked once at most for a request, with a parsed origin and never with bytes.
    fn allows(&self, origin: &Origin<'_>, request: &RequestView<'_>) -> bool;
}

/// What the policy lists, and nothing else.
#[derive(Clone, Copy, Debug)]
pub struct Listed;

impl OriginPredicate for Listed {
    fn allows(&self, _: &Origin<'_>, _: &RequestView<'_>) -> bool {
        false
    }
}

/// A shared function: cloning a service clones no closure.
pub struct Predicate<F>(pub(crate) Arc<F>);

impl<F> OriginPredicate for Predicate<F>
where
    F: Fn(&Origin<'_>, &RequestView<'_>) -> bool,
{
    fn allows(&self, origin: &Origin<'_>, request: &RequestView<'_>) -> bool {
        (self.0)(origin, request)
    }
}

impl<F> Clone for Predicate<F> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<F> fmt::Debug for Predicate<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Predicate")
    }
}
