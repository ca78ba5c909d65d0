//! A compiled policy, and how it decides.

use alloc::{boxed::Box, sync::Arc, vec::Vec};
use core::fmt;

use crate::{
    Answer, Carrier, Decision, Denial, Forward, Origin, Policy, RequestField, RequestHead, Verdict,
    header::list::{self, HeaderList},
    method,
    origin::set::OriginSet,
    plain::Plain,
};

/// A compiled policy: immutable, cheap to clone, and shared between threads.
///
/// It comes from [`Policy::compile`] alone, so that whoever holds one holds a proof.
pub struct Cors<C: Carrier = Plain>(pub(crate) Arc<Compiled<C>>);

pub(crate) struct Compiled<C: Carrier> {
    pub(crate) origins: Origins,
    pub(crate) null: bool,
    #[cfg(feature = "regex")]
    pub(crate) regexes: Option<crate::origin::regex::Regexes>,
    pub(crate) methods: Names<C>,
    pub(crate) headers: Names<C>,
    pub(crate) header_list: HeaderList,
    pub(crate) expose: Option<C::Value>,
    pub(crate) credentials: bool,
    pub(crate) max_age: C::Value,
    pub(crate) private_network: bool,
    pub(crate) silent: bool,
    /// What was written, without its origins: those are in `origins`.
    pub(crate) policy: Policy,
}

/// Which origins may read.
pub(crate) enum Origins {
    /// Every one, told by `*`.
    Any,
    /// Every one but `null`, each told by itself, with credentials.
    Reflect,
    Listed(Box<OriginSet>),
}

/// Which methods, or which header names, are allowed.
pub(crate) enum Names<C: Carrier> {
    Any(C::Value),
    /// Any, with credentials: `*` would be read as a name, so that the request is echoed.
    Echo,
    /// The names in the order written, and the same rendered, unless there is none.
    List(Vec<Box<str>>, Option<C::Value>),
}

impl<C: Carrier> Cors<C> {
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
    /// let mut response = plain::Headers::default();
    /// match cors.decide(&request) {
    ///     Decision::Answer(answer) => answer.apply(&mut response),
    ///     Decision::Forward(forward) => {
    ///         // The handler runs here.
    ///         let _ = forward.apply(&mut response, None);
    ///     }
    /// }
    /// assert_eq!(response.get("access-control-allow-origin"), Some("https://app.example.com"));
    /// assert_eq!(response.get("vary"), Some("Origin"));
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    #[inline]
    pub fn decide<'a, R>(&'a self, request: &'a R) -> Decision<'a, R>
    where
        R: RequestHead<Carrier = C>,
    {
        self.decide_asking(request, None::<fn(&Origin<'_>) -> bool>)
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
        R: RequestHead<Carrier = C>,
    {
        self.decide_asking(request, Some(allows))
    }

    #[inline]
    fn decide_asking<'a, R>(
        &'a self,
        request: &'a R,
        predicate: Option<impl FnOnce(&Origin<'_>) -> bool>,
    ) -> Decision<'a, R>
    where
        R: RequestHead<Carrier = C>,
    {
        let policy = &*self.0;
        let mut origins = request.lines(RequestField::Origin);
        let Some(origin) = origins.next() else {
            let verdict = Verdict::NotCors;
            return Decision::Forward(Forward { policy, origin: None, verdict });
        };
        let allowed = origins.next().is_none() && policy.allows_origin(R::bytes(origin), predicate);
        if request.is_options() {
            let mut methods = request.lines(RequestField::Method);
            if let Some(method) = methods.next() {
                let verdict = match () {
                    () if !allowed => Verdict::Deny(Denial::Origin),
                    () if methods.next().is_some() || !policy.methods.allow(R::bytes(method)) => {
                        Verdict::Deny(Denial::Method)
                    }
                    () if !policy.allows_headers(request) => Verdict::Deny(Denial::Header),
                    () => Verdict::Allow,
                };
                return Decision::Answer(Answer { policy, request, origin, verdict });
            }
        }
        let verdict = if allowed { Verdict::Allow } else { Verdict::Deny(Denial::Origin) };
        Decision::Forward(Forward { policy, origin: allowed.then_some(origin), verdict })
    }

    /// The origin that a predicate would be asked about, for adapters whose predicate has to be
    /// awaited: ask it, then [`decide_with`](Self::decide_with) its answer.
    pub fn undecided_origin<'a, R>(&self, request: &'a R) -> Option<Origin<'a>>
    where
        R: RequestHead<Carrier = C>,
    {
        let mut origins = request.lines(RequestField::Origin);
        let origin = origins.next().map(R::bytes)?;
        if origins.next().is_some() {
            return None;
        }
        let mut undecided = None;
        let note = |origin: &Origin<'a>| {
            undecided = Some(*origin);
            false
        };
        self.0.allows_origin(origin, Some(note));
        undecided
    }

    /// The policy that this was compiled from: compiled again, it decides the same.
    pub fn policy(&self) -> Policy {
        let mut policy = self.0.policy.clone();
        policy.allow_origins = match &self.0.origins {
            Origins::Listed(set) => set.texts().iter().map(Into::into).collect(),
            Origins::Any => ["*".into()].into(),
            Origins::Reflect => Vec::new(),
        };
        policy
    }
}

impl<C: Carrier> Compiled<C> {
    /// Whether the answer depends on the origin, so that a cache must be told.
    pub(crate) fn varies(&self) -> bool {
        !matches!(self.origins, Origins::Any)
    }

    #[inline]
    fn allows_origin<'o>(
        &self,
        origin: &'o [u8],
        predicate: Option<impl FnOnce(&Origin<'o>) -> bool>,
    ) -> bool {
        match &self.origins {
            Origins::Any => true,
            Origins::Listed(set) if set.has_literal(origin) => true,
            _ if origin == b"null" => self.null,
            // Most policies list whole origins only: then a stranger is not even parsed.
            Origins::Listed(set)
                if predicate.is_none() && !set.has_families() && !self.has_regexes() =>
            {
                false
            }
            Origins::Listed(set) => Origin::parse(origin).is_some_and(|origin| {
                set.has_family(&origin)
                    || self.matches_regex(&origin)
                    || predicate.is_some_and(|allows| allows(&origin))
            }),
            Origins::Reflect => Origin::parse(origin).is_some(),
        }
    }

    #[cfg(feature = "regex")]
    fn has_regexes(&self) -> bool {
        self.regexes.is_some()
    }

    #[cfg(not(feature = "regex"))]
    fn has_regexes(&self) -> bool {
        false
    }

    #[cfg(feature = "regex")]
    fn matches_regex(&self, origin: &Origin<'_>) -> bool {
        self.regexes.as_ref().is_some_and(|regexes| regexes.matches(origin))
    }

    #[cfg(not(feature = "regex"))]
    fn matches_regex(&self, _: &Origin<'_>) -> bool {
        false
    }

    fn allows_headers<R: RequestHead>(&self, request: &R) -> bool {
        let lines = request.lines(RequestField::Headers).map(R::bytes);
        match self.headers {
            Names::Any(_) => true,
            Names::Echo => list::may_echo(lines),
            Names::List(..) => self.header_list.allows_all(lines),
        }
    }
}

impl<C: Carrier> Names<C> {
    /// Whether a preflight's method is allowed.
    fn allow(&self, method: &[u8]) -> bool {
        match self {
            _ if method::is_safelisted(method) => true,
            Self::Any(_) => true,
            Self::Echo => method.len() <= list::ECHO_LIMIT && method::is_token(method),
            Self::List(names, _) => names.iter().any(|name| name.as_bytes() == method),
        }
    }

    pub(crate) fn echoes(&self) -> bool {
        matches!(self, Self::Echo)
    }

    /// Whether a preflight's answer names them.
    pub(crate) fn is_told(&self) -> bool {
        !matches!(self, Self::List(_, None))
    }

    pub(crate) fn rendered(&self) -> Option<C::Value> {
        match self {
            Self::Any(value) | Self::List(_, Some(value)) => Some(value.clone()),
            Self::Echo | Self::List(_, None) => None,
        }
    }
}

impl<C: Carrier> Clone for Cors<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C: Carrier> fmt::Debug for Cors<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cors").field(&self.policy()).finish()
    }
}
