//! The answer to a preflight, or to a request that a guard refuses.

use alloc::{boxed::Box, string::String};
use core::fmt;

use crate::{
    Denial, Framework, Lines, RequestField, RequestHead, ResponseField, ResponseHead, Verdict,
    compiled::Compiled,
    header::list,
    request::Line,
    response::Survey,
    vary::{OtherNames, Vary},
};

/// The reason for which the handler does not run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Cause {
    Preflight,
    /// A guard refuses the request, which is not a preflight.
    Guard,
    /// A predicate failed, and the request is not a preflight.
    Failure,
}

/// The answer to a preflight, to a request that a guard refuses, or to one whose predicate failed.
/// It borrows the policy and the request, and is applied at once.
#[must_use]
pub struct Answer<'a, R: RequestHead + 'a> {
    pub(crate) policy: &'a Compiled<R::Framework>,
    pub(crate) request: &'a R,
    /// An allowed origin.
    pub(crate) origin: Option<Line<'a, R>>,
    pub(crate) verdict: Verdict,
    pub(crate) cause: Cause,
    /// What else the decision depends on.
    pub(crate) vary: Option<Box<OtherNames>>,
}

impl<'a, R: RequestHead> Answer<'a, R> {
    /// The verdict: why the decision is what it is.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The status code: 503 if a predicate failed; 403 if the origin is denied, a guard refuses the
    /// request, refusals are silent, or a method is denied that browsers might not look up; otherwise
    /// the policy's [`preflight_status`](crate::Policy::preflight_status).
    pub fn status(&self) -> u16 {
        match self.verdict {
            Verdict::Undecided => 503,
            _ if self.is_refused() => 403,
            _ => self.policy.preflight_status,
        }
    }

    fn is_refused(&self) -> bool {
        match self.verdict {
            _ if self.cause != Cause::Preflight => true,
            Verdict::Deny(Denial::Path | Denial::Origin) | Verdict::Undecided => true,
            Verdict::Deny(Denial::Method) => self.policy.silent || self.policy.only_listed_methods,
            Verdict::Deny(Denial::Header) => self.policy.silent,
            Verdict::Allow | Verdict::NotCors | Verdict::NoPolicy => false,
        }
    }

    /// Writes the answer's headers. For a denied method or header it sends the full lists, from which
    /// the browser names the true reason.
    pub fn apply<H>(self, head: &mut H)
    where
        H: ResponseHead<Framework = R::Framework>,
    {
        let policy = self.policy;
        let refused = self.is_refused();
        if !refused
            && self.vary.is_none()
            && let (Some(template), Some(origin)) = (&policy.template, self.origin)
            && head.start(template, || R::Framework::line_value(origin))
        {
            self.leave(head);
            return;
        }
        let survey = Survey::of(head);
        survey.clear(head);
        let vary = if policy.varies() || self.cause != Cause::Preflight {
            Vary::ORIGIN
        } else {
            Vary::NONE
        };
        if refused {
            survey.merge_vary(head, vary);
            self.vary_by_others(head);
            self.leave(head);
            return;
        }

        head.reserve(self.lines());
        if !policy.varies() {
            head.insert(ResponseField::AllowOrigin, R::Framework::ANY);
        } else if let Some(origin) = self.origin {
            head.insert(ResponseField::AllowOrigin, R::Framework::line_value(origin));
        }
        if policy.credentials {
            head.insert(ResponseField::AllowCredentials, R::Framework::TRUE);
        }
        if let Some(methods) = policy.methods.rendered() {
            head.insert(ResponseField::AllowMethods, methods.clone());
        } else if let Some(method) = self.echoed_method() {
            head.insert(ResponseField::AllowMethods, R::Framework::line_value(method));
        }
        if let Some(headers) = policy.headers.rendered() {
            head.insert(ResponseField::AllowHeaders, headers.clone());
        } else if let Some(headers) = self.echoed_headers() {
            head.insert(ResponseField::AllowHeaders, R::Framework::value(headers.into()));
        }
        head.insert(ResponseField::MaxAge, policy.max_age.clone());
        if policy.private_network && self.verdict == Verdict::Allow && self.asks_private_network() {
            head.insert(ResponseField::AllowPrivateNetwork, R::Framework::TRUE);
        }
        survey.merge_vary(head, vary.and(self.echoes()));
        self.vary_by_others(head);
        self.leave(head);
    }

    fn vary_by_others<H: ResponseHead>(&self, head: &mut H) {
        if let Some(names) = &self.vary
            && names.merge(head)
        {
            head.leave_verdict(self.verdict);
        }
    }

    fn leave<H: ResponseHead>(&self, head: &mut H) {
        if head.leaves_every_verdict() {
            head.leave_verdict(self.verdict);
        }
    }

    /// The other request headers that the answer depends on.
    fn echoes(&self) -> Vary {
        let policy = self.policy;
        let named = [
            (policy.methods.echoes(), Vary::METHOD),
            (policy.headers.echoes(), Vary::HEADERS),
            (policy.private_network, Vary::PRIVATE_NETWORK),
        ];
        let named = named.into_iter().filter_map(|(depends, name)| depends.then_some(name));
        named.fold(Vary::NONE, Vary::and)
    }

    /// How many lines are written, at most: a map that is made larger than needed is slower.
    fn lines(&self) -> usize {
        let policy = self.policy;
        let optional = [
            policy.credentials,
            policy.methods.is_told(),
            policy.headers.is_told(),
            policy.private_network,
            policy.varies(),
        ];
        2 + optional.into_iter().map(usize::from).sum::<usize>()
    }

    fn echoed_method(&self) -> Option<Line<'a, R>> {
        let denied = self.verdict == Verdict::Deny(Denial::Method);
        match self.request.find(RequestField::Method) {
            Lines::One(method) if self.policy.methods.echoes() && !denied => Some(method),
            _ => None,
        }
    }

    fn echoed_headers(&self) -> Option<String> {
        let lines = || self.request.lines(RequestField::Headers).map(R::Framework::bytes);
        let echoes = self.policy.headers.echoes() && list::may_echo(lines());
        echoes.then(|| list::echo(lines())).filter(|names| !names.is_empty())
    }

    fn asks_private_network(&self) -> bool {
        match self.request.find(RequestField::PrivateNetwork) {
            Lines::One(line) => R::Framework::bytes(line) == b"true",
            Lines::None | Lines::Several => false,
        }
    }
}

impl<R: RequestHead> fmt::Debug for Answer<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Answer").field(&self.verdict).finish()
    }
}
