//! A compiled policy, and how it decides.

use alloc::sync::Arc;
use core::fmt;

use crate::{
    Decision, Denial, Forward, Framework, Lines, Origin, Policy, RequestField, RequestHead,
    Resources, Verdict,
    compiled::Compiled,
    plain::Plain,
    resources::{Found, Paths, Place},
};

/// A compiled policy: immutable, cheap to clone, and shared between threads.
///
/// It comes from [`Policy::compile`] and [`Resources::compile`] alone, so that whoever holds one holds a proof.
pub struct Cors<C: Framework = Plain>(Arc<Rules<C>>);

/// Which policy decides about a request.
enum Rules<C: Framework> {
    /// This one, whatever the path.
    One(Compiled<C>),
    ByPath(Paths<C>),
}

impl<C: Framework> Cors<C> {
    /// Decides about a request: what to do with it, with which headers, and why.
    ///
    /// A pure function of the request's head. It allocates nothing, and what it costs is bounded by
    /// the policy, whatever the request.
    ///
    /// ```
    /// use cors_core::{Cors, Decision, Policy, plain};
    ///
    /// let cors: Cors = Policy::new().allow_origins(["https://app.example.com"]).compile()?;
    /// let request = plain::Request::new("GET", [("origin", "https://app.example.com")]);
    /// let mut response = plain::Response::default();
    /// match cors.decide(&request) {
    ///     Decision::Answer(answer) => answer.apply(&mut response),
    ///     Decision::Forward(forward) => {
    ///         // The handler runs here.
    ///         forward.apply(&mut response);
    ///     }
    /// }
    /// assert_eq!(response.get("access-control-allow-origin"), Some("https://app.example.com"));
    /// assert_eq!(response.get("vary"), Some("Origin"));
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    #[inline]
    pub fn decide<'a, R>(&'a self, request: &'a R) -> Decision<'a, R>
    where
        R: RequestHead<Framework = C>,
    {
        self.decide_asking(request, NOBODY)
    }

    /// As [`decide`](Self::decide), and asks `allows` about an origin that the policy does not
    /// allow by itself. It is asked once at most, and never about bytes that are no origin, about
    /// `null`, or where the policy allows every origin.
    ///
    /// ```
    /// # use cors_core::{Cors, Policy, Verdict, plain};
    /// let cors: Cors = Policy::new().dynamic_origins().compile()?;
    /// let request = plain::Request::new("GET", [("origin", "https://tenant-7.example.com")]);
    /// let decision = cors.decide_with(&request, |origin| origin.is_under("example.com"));
    /// assert_eq!(decision.verdict(), Verdict::Allow);
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    #[inline]
    pub fn decide_with<'a, R>(
        &'a self,
        request: &'a R,
        allows: impl FnOnce(&Origin<'_>) -> bool,
    ) -> Decision<'a, R>
    where
        R: RequestHead<Framework = C>,
    {
        self.decide_asking(request, Some(allows))
    }

    /// Like [`decide_with`](Self::decide_with) where there is a predicate, and like
    /// [`decide`](Self::decide) where there is none: for adapters. Without a predicate, most policies
    /// reject an unknown origin without parsing it.
    #[inline]
    pub fn decide_asking<'a, R>(
        &'a self,
        request: &'a R,
        predicate: Option<impl FnOnce(&Origin<'_>) -> bool>,
    ) -> Decision<'a, R>
    where
        R: RequestHead<Framework = C>,
    {
        match &*self.0 {
            Rules::One(policy) => policy.decide(request, Denial::Origin, predicate),
            Rules::ByPath(paths) => match paths.find(request.path()) {
                Found::Policy(policy) => policy.decide(request, Denial::Origin, predicate),
                Found::Ambiguous(closed) => closed.decide(request, Denial::Path, NOBODY),
                Found::None => {
                    let verdict = Verdict::NoPolicy;
                    Decision::Forward(Forward { policy: None, origin: None, verdict })
                }
            },
        }
    }

    /// The origin that a predicate would be asked about, for adapters whose predicate has to be
    /// awaited: ask it, then [`decide_with`](Self::decide_with) its answer.
    pub fn undecided_origin<'a, R>(&self, request: &'a R) -> Option<Origin<'a>>
    where
        R: RequestHead<Framework = C>,
    {
        let Lines::One(origin) = request.find(RequestField::Origin) else { return None };
        let mut undecided = None;
        let note = |origin: &Origin<'a>| {
            undecided = Some(*origin);
            false
        };
        self.policy_of(request)?.allows_origin(C::bytes(origin), Some(note));
        undecided
    }

    /// The policy that decides about this request, as it was written, if there is one.
    pub fn policy_for<R>(&self, request: &R) -> Option<Policy>
    where
        R: RequestHead<Framework = C>,
    {
        self.policy_of(request).map(Compiled::policy)
    }

    /// The policies that this was compiled from: compiled again, they decide the same.
    pub fn resources(&self) -> Resources {
        match &*self.0 {
            Rules::One(policy) => policy.policy().into(),
            Rules::ByPath(paths) => paths.resources(),
        }
    }

    fn policy_of<R>(&self, request: &R) -> Option<&Compiled<C>>
    where
        R: RequestHead<Framework = C>,
    {
        match &*self.0 {
            Rules::One(policy) => Some(policy),
            Rules::ByPath(paths) => match paths.find(request.path()) {
                Found::Policy(policy) => Some(policy),
                Found::Ambiguous(_) | Found::None => None,
            },
        }
    }

    /// The policy that decides about this request, with the path that it applies to.
    pub(crate) fn place_of<R>(&self, request: &R) -> Place<'_, C>
    where
        R: RequestHead<Framework = C>,
    {
        match &*self.0 {
            Rules::One(policy) => Place { policy: Some(policy), path: None },
            Rules::ByPath(paths) => paths.place(request.path()),
        }
    }

    pub(crate) fn of(policy: Compiled<C>) -> Self {
        Self(Arc::new(Rules::One(policy)))
    }

    pub(crate) fn by_path(paths: Paths<C>) -> Self {
        Self(Arc::new(Rules::ByPath(paths)))
    }
}

impl Cors {
    /// A compiled [`Policy::permissive`].
    pub fn permissive() -> Self {
        Policy::permissive().compile().expect("a policy without credentials allows anything")
    }

    /// The same policy with the header values of a framework: for adapters, and for a
    /// [`Live`](crate::Live) policy.
    ///
    /// It compiles the policy again, which costs what the first time did.
    pub fn render<C: Framework>(&self) -> Cors<C> {
        self.resources().compile_for().expect("what was compiled compiles again")
    }
}

/// No predicate.
const NOBODY: Option<fn(&Origin<'_>) -> bool> = None;

impl<C: Framework> Clone for Cors<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C: Framework> fmt::Debug for Cors<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cors").field(&self.resources()).finish()
    }
}
