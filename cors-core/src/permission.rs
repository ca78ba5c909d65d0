//! What a predicate says about an origin.

use alloc::{boxed::Box, string::String, vec::Vec};
use core::fmt;

use crate::{
    policy::input::Texts,
    vary::{OtherNames, is_name},
};

/// What a predicate says about an origin that the policy does not list.
///
/// A predicate returns anything that converts to it: a `bool`, or a `Result` of one. An error is
/// neither "allowed" nor "denied": the request is answered with 503, and the handler does not run.
///
/// ```
/// use cors_core::{Cors, Permission, Policy, Verdict, plain};
///
/// let cors: Cors = Policy::new().dynamic_origins().compile()?;
/// let request = plain::Request::new("GET", [("origin", "https://app.example.com")]);
/// let decide = |said: Permission| cors.decide_with(&request, |_| said).verdict();
/// assert_eq!(decide(true.into()), Verdict::Allow);
/// assert_eq!(decide(Err::<bool, _>("the database is down").into()), Verdict::Undecided);
/// # Ok::<(), cors_core::PolicyErrors>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[must_use]
pub struct Permission {
    outcome: Outcome,
    vary: Option<Box<OtherNames>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    Allowed,
    Denied,
    Failed,
}

impl Permission {
    /// The origin is allowed.
    pub const fn allow() -> Self {
        Self { outcome: Outcome::Allowed, vary: None }
    }

    /// The origin is denied.
    pub const fn deny() -> Self {
        Self { outcome: Outcome::Denied, vary: None }
    }

    /// The predicate cannot decide, for example because a database is down. The request is answered
    /// with 503.
    pub const fn fail() -> Self {
        Self { outcome: Outcome::Failed, vary: None }
    }

    /// Adds names of request headers that the predicate read: the response's `Vary` lists them, so
    /// caches keep one response for each of their values. `Origin` needs no mention. A name that is
    /// not a header name becomes `*`, and the response is not cached.
    ///
    /// ```
    /// use cors_core::{Cors, Permission, Policy, plain};
    ///
    /// let cors: Cors = Policy::new().dynamic_origins().compile()?;
    /// let request = plain::Request::new("GET", [("origin", "https://app.example.com")]);
    /// let mut response = plain::Response::default();
    /// let decision = cors.decide_with(&request, |_| Permission::from(true).vary_by("X-Tenant"));
    /// if let cors_core::Decision::Forward(forward) = decision {
    ///     forward.apply(&mut response);
    /// }
    /// assert_eq!(response.get("vary"), Some("Origin, X-Tenant"));
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    pub fn vary_by<M>(mut self, names: impl Texts<M>) -> Self {
        let mut added = Vec::new();
        names.add_to(&mut added);
        for name in &mut added {
            if !is_name(name) {
                *name = String::from("*");
            }
        }
        if !added.is_empty() {
            self.vary.get_or_insert_default().0.extend(added);
        }
        self
    }

    /// `true` if the origin is allowed.
    pub fn is_allowed(&self) -> bool {
        self.outcome == Outcome::Allowed
    }

    /// `true` if the predicate could not decide.
    pub fn is_failure(&self) -> bool {
        self.outcome == Outcome::Failed
    }

    /// `true` if it says no more than a `bool`.
    pub(crate) fn is_plain(&self) -> bool {
        !self.is_failure() && self.vary.is_none()
    }

    pub(crate) fn into_vary(self) -> Option<Box<OtherNames>> {
        self.vary
    }
}

/// Emits the event of a decision that could not be made, at ERROR with the target `cors`. Without
/// feature `tracing` it does nothing.
pub fn log_failure(error: &dyn fmt::Display) {
    #[cfg(feature = "tracing")]
    crate::event::failure(error);
    #[cfg(not(feature = "tracing"))]
    let _ = error;
}

impl From<bool> for Permission {
    #[inline]
    fn from(allowed: bool) -> Self {
        if allowed { Self::allow() } else { Self::deny() }
    }
}

/// An error is a failure. With feature `tracing` its text is logged, at ERROR with the target `cors`.
impl<P: Into<Self>, E: fmt::Display> From<Result<P, E>> for Permission {
    fn from(result: Result<P, E>) -> Self {
        match result {
            Ok(permission) => permission.into(),
            Err(error) => {
                log_failure(&error);
                Self::fail()
            }
        }
    }
}

impl fmt::Debug for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.vary.as_ref().map_or(&[][..], |names| &names.0);
        f.debug_struct("Permission").field("outcome", &self.outcome).field("vary", &names).finish()
    }
}
