//! Policies by path.

mod compile;
#[cfg(feature = "serde")]
mod data;
mod pattern;
mod reading;
mod tree;

pub(crate) use compile::{Found, Paths, Place};

use alloc::{string::String, vec::Vec};

use crate::Policy;

/// Policies by path: each request is decided by the policy of the path that describes it closest,
/// whatever the order in which they are written.
///
/// - `/api` is that path, with a slash at its end or without.
/// - `/api/*` is everything below `/api/`, segment by segment: never `/api` itself, nor `/apis`.
/// - `*` is everything.
///
/// Paths are written as they read when decoded, and with the case that the router tells apart. A
/// path without a policy is left to the handler, as if there were no CORS layer.
///
/// ```
/// use cors_core::{Cors, Policy, Resources, Verdict, plain::Request};
///
/// let cors: Cors = Resources::new()
///     .at("/public/*", Policy::new().allow_any_origin())
///     .at("/api/*", Policy::new().allow_origins(["https://app.example.com"]))
///     .without("/api/internal/*")
///     .compile()?;
/// let verdict = |path: &str| {
///     let request = Request::new("GET", [("origin", "https://else.example")]).to(path);
///     cors.decide(&request).verdict().as_str()
/// };
/// assert_eq!(verdict("/public/logo.svg"), "allow");
/// assert_eq!(verdict("/api/items"), "deny-origin");
/// assert_eq!(verdict("/api/internal/metrics"), "no-policy");
/// assert_eq!(verdict("/public/../api/items"), "deny-path");
/// # Ok::<(), cors_core::PolicyErrors>(())
/// ```
///
/// # No way around
///
/// What is percent-encoded is decoded once. A path is then read in two ways: as it stands, and as a
/// lax router or a proxy might, with every `/`, `%2F`, `\` and `%5C` between segments, empty and
/// dot segments resolved, and upper and lower case taken for the same. Where the two lead to
/// different policies, and where the path is not UTF-8 or is wrongly encoded, no origin is allowed
/// ([`Denial::Path`](crate::Denial::Path)): no spelling of a path is ever under a laxer policy than
/// the plain one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Resources {
    pub(crate) entries: Vec<(String, Option<Policy>)>,
}

/// The pattern of every path.
const EVERY: &str = "*";

impl Resources {
    /// No path has a policy: this does not compile.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a path its policy.
    pub fn at(mut self, path: impl Into<String>, policy: Policy) -> Self {
        self.entries.push((path.into(), Some(policy)));
        self
    }

    /// Leaves a path without a policy, though a wider one has one.
    pub fn without(mut self, path: impl Into<String>) -> Self {
        self.entries.push((path.into(), None));
        self
    }

    /// The paths with their policies, in the order written.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, Option<&Policy>)> {
        self.entries.iter().map(|(path, policy)| (path.as_str(), policy.as_ref()))
    }

    /// The only policy, where it stands for every path.
    pub fn only(&self) -> Option<&Policy> {
        match self.entries.as_slice() {
            [(path, Some(policy))] if path == EVERY => Some(policy),
            _ => None,
        }
    }
}

/// The policy for every path.
impl From<Policy> for Resources {
    fn from(policy: Policy) -> Self {
        Self::new().at(EVERY, policy)
    }
}
