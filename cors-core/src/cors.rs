//! A compiled policy, and how it decides.

mod amend;
mod beyond;

use alloc::sync::Arc;
use core::fmt;

use crate::{
    Decision, Denial, Forward, Framework, Guard, GuardErrors, Lines, Origin, Permission, Policy,
    RequestField, RequestHead, Resources, Verdict,
    compiled::Compiled,
    plain::Plain,
    resources::{Found, Paths, Place},
};
use beyond::Beyond;

/// A compiled policy: immutable, cheap to clone, and shared between threads.
///
/// It comes from [`Policy::compile`] and [`Resources::compile`] alone, so that whoever holds one holds a proof.
pub struct Cors<C: Framework = Plain>(Arc<Rules<C>>, Option<Arc<Beyond>>);

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

    /// Like [`decide`](Self::decide), but calls `allows` for an origin that the policy rejects. It
    /// returns a `bool`, or a [`Permission`]. `allows` is called at most once, and never for a
    /// malformed origin, for `null`, or if the policy allows every origin.
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
    pub fn decide_with<'a, R, P: Into<Permission>>(
        &'a self,
        request: &'a R,
        allows: impl FnOnce(&Origin<'_>) -> P,
    ) -> Decision<'a, R>
    where
        R: RequestHead<Framework = C>,
    {
        self.decide_asking(request, Some(allows))
    }

    /// Like [`decide_with`](Self::decide_with) where there is a predicate, and like
    /// [`decide`](Self::decide) where there is none: for adapters. Without a predicate, most policies
    /// reject an unknown origin without parsing it.
    // Inlined into the adapter, which calls it once: a decision is not moved then.
    #[inline(always)]
    pub fn decide_asking<'a, R, P: Into<Permission>>(
        &'a self,
        request: &'a R,
        predicate: Option<impl FnOnce(&Origin<'_>) -> P>,
    ) -> Decision<'a, R>
    where
        R: RequestHead<Framework = C>,
    {
        let decision = match predicate {
            None => self.decide_unguarded(request, NOBODY),
            Some(allows) => self.decide_permitted(request, allows),
        };
        match &self.1 {
            None => decision,
            Some(beyond) => self.go_beyond(beyond, request, decision),
        }
    }

    /// The decision with what a predicate says.
    #[inline(never)]
    fn decide_permitted<'a, R, P: Into<Permission>>(
        &'a self,
        request: &'a R,
        allows: impl FnOnce(&Origin<'_>) -> P,
    ) -> Decision<'a, R>
    where
        R: RequestHead<Framework = C>,
    {
        let mut said = None;
        let allows = |origin: &Origin<'_>| {
            let permission = allows(origin).into();
            let allowed = permission.is_allowed();
            if !permission.is_plain() {
                said = Some(permission);
            }
            allowed
        };
        let decision = self.decide_unguarded(request, Some(allows));
        match said {
            None => decision,
            Some(permission) => self.amended(request, decision, permission),
        }
    }

    #[inline(always)]
    fn decide_unguarded<'a, R>(
        &'a self,
        request: &'a R,
        predicate: Option<impl FnOnce(&Origin<'_>) -> bool>,
    ) -> Decision<'a, R>
    where
        R: RequestHead<Framework = C>,
    {
        let (policy, refused, predicate) = match &*self.0 {
            Rules::One(policy) => (policy, Denial::Origin, predicate),
            Rules::ByPath(paths) => match paths.find(request.path()) {
                Found::Policy(policy) => (policy, Denial::Origin, predicate),
                Found::Ambiguous(closed) => (closed, Denial::Path, None),
                Found::None => {
                    let verdict = Verdict::NoPolicy;
                    let forward = Forward { policy: None, origin: None, verdict, vary: None };
                    return Decision::Forward(forward);
                }
            },
        };
        policy.decide(request, refused, predicate)
    }

    /// The same policy with a guard: strangers' requests that change state, and their WebSockets,
    /// are answered with 403.
    ///
    /// # Errors
    ///
    /// Every own host that is not a host, at once.
    pub fn guard(self, guard: &Guard) -> Result<Self, GuardErrors> {
        let guard = Some(guard.parse()?);
        Ok(self.beyond(|beyond| beyond.guard = guard))
    }

    /// `true` if the policy has a [guard](Self::guard). An adapter that answers only some methods
    /// on its own answers them all then.
    pub fn has_guard(&self) -> bool {
        self.1.as_ref().is_some_and(|beyond| beyond.guard.is_some())
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
        Self(Arc::new(Rules::One(policy)), None)
    }

    pub(crate) fn by_path(paths: Paths<C>) -> Self {
        Self(Arc::new(Rules::ByPath(paths)), None)
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
        let rendered: Cors<C> =
            self.resources().compile_for().expect("what was compiled compiles again");
        Cors(rendered.0, self.1.clone())
    }
}

/// No predicate.
const NOBODY: Option<fn(&Origin<'_>) -> bool> = None;

impl<C: Framework> Clone for Cors<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0), self.1.clone())
    }
}

impl<C: Framework> fmt::Debug for Cors<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cors").field(&self.resources()).finish()
    }
}
