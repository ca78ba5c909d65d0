//! Why a decision is what it is.

use core::fmt;

/// What kind of request a head is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// It has no `Origin`, or no policy stands for its path: CORS has nothing to say.
    NotCors,
    /// It has an `Origin` and is no preflight.
    Actual,
    /// It is an `OPTIONS` with an `Origin` and an `Access-Control-Request-Method`
    /// ([CORS-preflight request](https://fetch.spec.whatwg.org/#cors-preflight-request)).
    Preflight,
}

impl Kind {
    /// `not-cors`, `actual` or `preflight`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotCors => "not-cors",
            Self::Actual => "actual",
            Self::Preflight => "preflight",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether the request's origin may read the answer, and if not, why not.
///
/// It prints as one sentence:
///
/// ```
/// use cors_core::{Denial, Verdict};
/// assert_eq!(
///     Verdict::Deny(Denial::Method).to_string(),
///     "denied: the policy does not allow the request's method",
/// );
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Verdict {
    /// The request has no `Origin`, so that there is nothing to allow.
    NotCors,
    /// No policy stands for the request's path (see [`Resources`](crate::Resources)): the request
    /// goes to the handler, and its response stays as it is.
    NoPolicy,
    /// The policy allows all that the request asks for.
    Allow,
    /// The policy does not.
    Deny(Denial),
    /// A predicate failed, so nothing is known of the origin. The answer is 503, and the handler
    /// does not run.
    Undecided,
}

/// What was denied: the first that fails, in the order in which a browser checks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Denial {
    /// The path: it can be read in two ways, which lead to different policies, or in none. Where
    /// one policy stands for all paths, none is looked at.
    Path,
    /// The origin: not in the policy, malformed, or sent more than once.
    Origin,
    /// A preflight's method.
    Method,
    /// One of a preflight's header names, or their number of bytes.
    Header,
}

impl Verdict {
    /// `not-cors`, `no-policy`, `allow`, `deny-path`, `deny-origin`, `deny-method`, `deny-header`
    /// or `undecided`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotCors => "not-cors",
            Self::NoPolicy => "no-policy",
            Self::Allow => "allow",
            Self::Deny(Denial::Path) => "deny-path",
            Self::Deny(Denial::Origin) => "deny-origin",
            Self::Deny(Denial::Method) => "deny-method",
            Self::Deny(Denial::Header) => "deny-header",
            Self::Undecided => "undecided",
        }
    }

    /// Whether the origin was refused, or is undecided: not if a method or a header was. What
    /// changes state or opens a WebSocket should not go ahead then, because no browser will stop it.
    pub const fn is_origin_denied(self) -> bool {
        matches!(self, Self::Deny(Denial::Origin | Denial::Path) | Self::Undecided)
    }

    /// Returns true if no script may read the response.
    pub(crate) const fn is_denial(self) -> bool {
        matches!(self, Self::Deny(_) | Self::Undecided)
    }

    /// Whether a request from a foreign origin should not change state or open a WebSocket: its
    /// origin was refused, or no policy stands for its path. [`refuses`](crate::refuses) also asks
    /// whether the origin is foreign.
    pub const fn is_guarded(self) -> bool {
        self.is_origin_denied() || matches!(self, Self::NoPolicy)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotCors => f.write_str("not CORS: the request has no Origin header"),
            Self::NoPolicy => f.write_str("not CORS: no policy applies to this path"),
            Self::Allow => f.write_str("allowed: the policy covers this request"),
            Self::Deny(denial) => write!(f, "denied: {denial}"),
            Self::Undecided => f.write_str("undecided: the server's predicate failed"),
        }
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Path => "the request's path is malformed or ambiguous",
            Self::Origin => "the policy does not allow the request's origin",
            Self::Method => "the policy does not allow the request's method",
            Self::Header => "the policy does not allow one of the request's headers",
        })
    }
}
