//! Policies by path.

mod compile;
#[cfg(feature = "serde")]
mod data;
mod fold;
mod lax;
mod pattern;
mod place;
mod sapling;
mod text;
mod tree;

pub(crate) use compile::{Found, Paths, Place};

use alloc::{string::String, vec::Vec};

use crate::Policy;

/// Policies by path: each request is decided by the policy of the path that describes it closest,
/// whatever the order in which they are written.
///
/// - `/api` is exactly that path. `/api/` is another one, which only `/api/*` covers. Servers that
///   drop the slash read it as `/api`, so no origin is allowed there if the two differ.
/// - `/api/*` is everything below `/api/`, segment by segment: not `/api`, and not `/apis`.
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
/// A path is decoded once and read as it is. It is also read as lax servers, proxies and file systems
/// might, in every combination and segment by segment. If any reading leads to a different policy, no
/// origin is allowed ([`Denial::Path`](crate::Denial::Path)). These readers are covered:
///
/// | reader | what it reads as `/api/x` |
/// |---|---|
/// | resolves dots and empty segments | `/y/../api/x`, `//api/x` |
/// | ignores case | `/API/x` |
/// | splits at an encoded slash or a backslash | `/api%2Fx`, `\api\x` |
/// | drops path parameters | `/y/..;/api/x`, `/api;v=1/x` |
/// | decodes up to three times | `/y/%252e%252e/api/x` |
/// | drops dots and spaces around a name | `/api./x`, `/api%20/x`, `/y/.../api/x` |
/// | takes `+` for a space | `/api+/x` |
/// | cuts at an encoded `?` or `#` | `/api/x%3Fy` |
/// | knows NTFS streams and short names | `/api/x::$DATA`, `/AP~1/x` |
/// | maps full-width and similar characters to ASCII, or skips invisible ones | `/%EF%BD%81pi/x` |
/// | takes what follows `//` for a host | `//host/api/x` |
/// | drops the slash at the end | `/api/x/` |
///
/// No origin is allowed either if the path is not UTF-8, is wrongly encoded, contains an encoded
/// control character, is longer than 8 KiB, or is longer than 1 KiB and has more than one reading.
///
/// Not covered: a router that drops a suffix such as `.json`, composed and decomposed accents, and
/// rewrite rules. Write a policy for each path that they serve.
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
