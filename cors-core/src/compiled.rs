//! One policy, compiled, and how it decides: in the order in which browsers check.

use alloc::{boxed::Box, vec::Vec};

use crate::{
    Answer, Decision, Denial, Forward, Framework, Lines, Origin, Policy, RequestField, RequestHead,
    ResponseField, Verdict,
    answer::Cause,
    header::list::{self, HeaderList},
    method,
    origin::set::OriginSet,
    plan::Plans,
};

/// A policy that was proved, with every header value rendered.
pub(crate) struct Compiled<C: Framework> {
    pub(crate) origins: Origins,
    pub(crate) null: bool,
    #[cfg(feature = "regex")]
    pub(crate) regexes: Option<crate::origin::regex::Regexes>,
    pub(crate) methods: Names<C>,
    pub(crate) headers: Names<C>,
    pub(crate) header_list: HeaderList,
    pub(crate) expose: Option<C::Value>,
    pub(crate) credentials: bool,
    /// What is written to a handler's response.
    pub(crate) plans: Plans,
    /// The headers of an answer to a preflight with any origin in them, where only the origin differs.
    pub(crate) template: Option<C::Template>,
    pub(crate) max_age: C::Value,
    pub(crate) private_network: bool,
    pub(crate) preflight_status: u16,
    pub(crate) silent: bool,
    pub(crate) only_listed_methods: bool,
    /// What was written, without its origins: those are in `origins`.
    pub(crate) policy: Policy,
}

/// Which origins may read.
pub(crate) enum Origins {
    /// Every one, told by `*`.
    Any,
    /// Every one but `null`, each told by itself, with credentials.
    Reflect,
    Listed(OriginSet),
}

/// Which methods, or which header names, are allowed.
pub(crate) enum Names<C: Framework> {
    Any(C::Value),
    /// Any, with credentials: `*` would be read as a name, so that the request is echoed.
    Echo,
    /// The names in the order written, and the same rendered, unless there is none.
    List(Vec<Box<str>>, Option<C::Value>),
}

impl Origins {
    /// Returns true if the response depends on the origin.
    #[inline]
    pub(crate) fn vary(&self) -> bool {
        !matches!(self, Self::Any)
    }
}

impl<C: Framework> Compiled<C> {
    /// Decides, and says `refused` of an origin that is not allowed.
    #[inline(always)]
    pub(crate) fn decide<'a, R>(
        &'a self,
        request: &'a R,
        refused: Denial,
        predicate: Option<impl FnOnce(&Origin<'_>) -> bool>,
    ) -> Decision<'a, R>
    where
        R: RequestHead<Framework = C>,
    {
        let policy = self;
        let origin = match request.find(RequestField::Origin) {
            Lines::None => {
                let verdict = Verdict::NotCors;
                return Decision::Forward(Forward {
                    policy: Some(policy),
                    origin: None,
                    verdict,
                    vary: None,
                });
            }
            Lines::One(line) if policy.allows_origin(C::bytes(line), predicate) => Some(line),
            Lines::One(_) => None,
            Lines::Several => None,
        };
        let verdict = if origin.is_some() { Verdict::Allow } else { Verdict::Deny(refused) };
        if request.is_options() {
            let method = request.find(RequestField::Method);
            if !matches!(method, Lines::None) {
                let verdict = match verdict {
                    Verdict::Allow => policy.decide_preflight(request, method),
                    denied => denied,
                };
                return Decision::Answer(Answer {
                    policy,
                    request,
                    origin,
                    verdict,
                    cause: Cause::Preflight,
                    vary: None,
                });
            }
        }
        Decision::Forward(Forward { policy: Some(policy), origin, verdict, vary: None })
    }

    /// Decides about a preflight of an origin that is allowed.
    #[inline(never)]
    fn decide_preflight<R>(&self, request: &R, method: Lines<C::Line<'_>>) -> Verdict
    where
        R: RequestHead<Framework = C>,
    {
        match method {
            Lines::One(method) if self.allows_method(C::bytes(method)) => {
                let allowed = self.allows_headers(request);
                if allowed { Verdict::Allow } else { Verdict::Deny(Denial::Header) }
            }
            _ => Verdict::Deny(Denial::Method),
        }
    }

    /// The headers of an answer with a place for the origin, unless more than the origin depends on
    /// the request.
    pub(crate) fn render_template(&self) -> Option<C::Template> {
        let echoes = self.methods.echoes() || self.headers.echoes();
        if !self.varies() || echoes || self.private_network {
            return None;
        }
        let lines = [
            Some((ResponseField::AllowOrigin, C::ANY)),
            self.credentials.then_some((ResponseField::AllowCredentials, C::TRUE)),
            self.methods.rendered().map(|names| (ResponseField::AllowMethods, names.clone())),
            self.headers.rendered().map(|names| (ResponseField::AllowHeaders, names.clone())),
            Some((ResponseField::MaxAge, self.max_age.clone())),
            Some((ResponseField::Vary, C::VARY_ORIGIN)),
        ];
        C::template(lines.into_iter().flatten().collect())
    }

    /// The policy as it was written.
    pub(crate) fn policy(&self) -> Policy {
        let mut policy = self.policy.clone();
        policy.allow_origins = match &self.origins {
            Origins::Listed(set) => set.texts().iter().map(Into::into).collect(),
            Origins::Any => ["*".into()].into(),
            Origins::Reflect => Vec::new(),
        };
        policy
    }

    /// Whether the response depends on the origin, which `Vary` then names.
    #[inline]
    pub(crate) fn varies(&self) -> bool {
        self.origins.vary()
    }

    #[inline(always)]
    pub(crate) fn allows_origin<'o>(
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

    fn allows_method(&self, method: &[u8]) -> bool {
        !self.only_listed_methods && method::is_safelisted(method) || self.methods.allow(method)
    }

    fn allows_headers<R: RequestHead<Framework = C>>(&self, request: &R) -> bool {
        let lines = || request.lines(RequestField::Headers).map(C::bytes);
        match self.headers {
            Names::Any(_) => true,
            Names::Echo => list::may_echo(lines()),
            Names::List(..) => match request.find(RequestField::Headers) {
                Lines::None => true,
                Lines::One(line) => self.header_list.allows_all(core::iter::once(C::bytes(line))),
                Lines::Several => self.header_list.allows_all(lines()),
            },
        }
    }
}

impl<C: Framework> Names<C> {
    /// Whether a method is listed.
    fn allow(&self, method: &[u8]) -> bool {
        match self {
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

    pub(crate) fn rendered(&self) -> Option<&C::Value> {
        match self {
            Self::Any(value) => Some(value),
            Self::List(_, value) => value.as_ref(),
            Self::Echo => None,
        }
    }
}
