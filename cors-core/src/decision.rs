//! A decision: what to do with a request, and the head that says so.

use crate::{
    Carrier, Denial, Kind, RequestField, RequestHead, ResponseField, ResponseHead, Verdict,
    cors::Compiled,
    header::list,
    response::{Survey, Vary},
};

/// What to do with a request.
#[must_use]
pub enum Decision<'a, R: RequestHead> {
    /// Run the handler, then apply this to whatever it answers.
    Forward(Forward<'a, R>),
    /// Answer with this, and do not run the handler.
    Answer(Answer<'a, R>),
}

impl<R: RequestHead> Decision<'_, R> {
    /// Why.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Forward(forward) => forward.verdict(),
            Self::Answer(answer) => answer.verdict(),
        }
    }

    /// What kind of request was decided about.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Answer(_) => Kind::Preflight,
            Self::Forward(forward) if forward.verdict == Verdict::NotCors => Kind::NotCors,
            Self::Forward(_) => Kind::Actual,
        }
    }
}

/// The head of the handler's response, borrowed from the policy and the request.
#[must_use]
pub struct Forward<'a, R: RequestHead + 'a> {
    pub(crate) policy: &'a Compiled<R::Carrier>,
    /// An allowed origin.
    pub(crate) origin: Option<R::Line<'a>>,
    pub(crate) verdict: Verdict,
}

impl<R: RequestHead> Forward<'_, R> {
    /// Why.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The same head without the borrows, for a handler that takes the request with it.
    #[inline]
    pub fn detach(self) -> Detached<R::Carrier> {
        let plan = self.plan();
        Detached {
            verdict: self.verdict,
            plan,
            origin: self.origin.filter(|_| plan.varies).map(R::value),
            expose: self.policy.expose.clone().filter(|_| plan.allows),
        }
    }

    /// As [`Detached::apply`].
    #[inline]
    pub fn apply<H>(self, head: &mut H, inner: Option<Verdict>) -> Applied
    where
        H: ResponseHead<Carrier = R::Carrier>,
    {
        let origin = || self.origin.map(R::value);
        self.plan().apply(head, inner, origin, || self.policy.expose.clone())
    }

    fn plan(&self) -> Plan {
        let varies = self.policy.varies();
        let allows = match self.verdict {
            Verdict::Allow => true,
            Verdict::NotCors => !varies,
            Verdict::Deny(_) => false,
        };
        Plan { allows, varies, credentials: allows && varies && self.policy.credentials }
    }
}

/// The head of the handler's response, on its own: it can wait in a future, and holds no counter
/// that threads share.
#[must_use]
pub struct Detached<C: Carrier> {
    verdict: Verdict,
    plan: Plan,
    origin: Option<C::Value>,
    expose: Option<C::Value>,
}

impl<C: Carrier> Detached<C> {
    /// Why.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Writes the decision to the handler's response: what the handler wrote under a CORS name is
    /// replaced or removed, and `Vary` is merged.
    ///
    /// `inner` is the verdict that an inner layer left beside the response, if any: then that
    /// layer's headers stay.
    #[inline]
    pub fn apply<H>(self, head: &mut H, inner: Option<Verdict>) -> Applied
    where
        H: ResponseHead<Carrier = C>,
    {
        self.plan.apply(head, inner, || self.origin, || self.expose)
    }
}

impl<C: Carrier> Clone for Detached<C> {
    fn clone(&self) -> Self {
        let Self { verdict, plan, ref origin, ref expose } = *self;
        Self { verdict, plan, origin: origin.clone(), expose: expose.clone() }
    }
}

/// What is written to the handler's response, the values aside.
#[derive(Clone, Copy)]
struct Plan {
    /// An origin may read: its own is told, or `*`.
    allows: bool,
    /// Which origins may depends on the origin: its own is told, and `Vary` says so.
    varies: bool,
    credentials: bool,
}

impl Plan {
    /// The values are made where they are written, and only then: moving one costs as much.
    #[inline]
    fn apply<C: Carrier, H: ResponseHead<Carrier = C>>(
        self,
        head: &mut H,
        inner: Option<Verdict>,
        origin: impl FnOnce() -> Option<C::Value>,
        expose: impl FnOnce() -> Option<C::Value>,
    ) -> Applied {
        let survey = Survey::of(head);
        let vary = if self.varies { Vary::ORIGIN } else { Vary::NONE };
        if inner.is_some() || survey.is_signed() {
            survey.merge_vary(head, vary);
            return Applied::Inside;
        }
        survey.clear(head);
        let mut signed = self.credentials;
        if self.allows && !self.varies {
            signed = true;
            head.insert(ResponseField::AllowOrigin, C::ANY);
        } else if self.allows
            && let Some(origin) = origin()
        {
            head.insert(ResponseField::AllowOrigin, origin);
        }
        if self.credentials {
            head.insert(ResponseField::AllowCredentials, C::TRUE);
        }
        if self.allows
            && let Some(expose) = expose()
        {
            head.insert(ResponseField::ExposeHeaders, expose);
        }
        signed |= survey.merge_vary(head, vary);
        if signed { Applied::Signed } else { Applied::Unsigned }
    }
}

/// Whether a response says by its own lines that it was decided, so that a layer around this one
/// leaves it as it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub enum Applied {
    /// It does: nothing is to be done.
    Signed,
    /// It does not: the adapter leaves the verdict beside the response, and gives it to the outer
    /// layer's [`Detached::apply`].
    Unsigned,
    /// An inner layer decided before; only `Vary` was merged.
    Inside,
}

/// The head of a preflight's answer. It borrows the policy and the request, and is applied at once.
#[must_use]
pub struct Answer<'a, R: RequestHead + 'a> {
    pub(crate) policy: &'a Compiled<R::Carrier>,
    pub(crate) request: &'a R,
    pub(crate) origin: R::Line<'a>,
    pub(crate) verdict: Verdict,
}

impl<'a, R: RequestHead> Answer<'a, R> {
    /// Why.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The status code: 204, or 403 where the origin is denied or refusals are silent.
    pub fn status(&self) -> u16 {
        if self.is_refused() { 403 } else { 204 }
    }

    fn is_refused(&self) -> bool {
        match self.verdict {
            Verdict::Deny(Denial::Origin) => true,
            Verdict::Deny(_) => self.policy.silent,
            Verdict::Allow | Verdict::NotCors => false,
        }
    }

    /// Writes the answer's headers. A method or header that is denied is told by the full lists,
    /// from which the browser names the true reason.
    pub fn apply<H>(self, head: &mut H)
    where
        H: ResponseHead<Carrier = R::Carrier>,
    {
        let policy = self.policy;
        let survey = Survey::of(head);
        survey.clear(head);
        let mut vary = if policy.varies() { Vary::ORIGIN } else { Vary::NONE };
        if self.is_refused() {
            survey.merge_vary(head, vary);
            return;
        }
        if policy.methods.echoes() {
            vary = vary.and(Vary::METHOD);
        }
        if policy.headers.echoes() {
            vary = vary.and(Vary::HEADERS);
        }

        head.reserve(self.lines());
        let origin = if policy.varies() { R::value(self.origin) } else { R::Carrier::ANY };
        head.insert(ResponseField::AllowOrigin, origin);
        if policy.credentials {
            head.insert(ResponseField::AllowCredentials, R::Carrier::TRUE);
        }
        if let Some(methods) = self.allow_methods() {
            head.insert(ResponseField::AllowMethods, methods);
        }
        if let Some(headers) = self.allow_headers() {
            head.insert(ResponseField::AllowHeaders, headers);
        }
        head.insert(ResponseField::MaxAge, policy.max_age.clone());
        if policy.private_network && self.verdict == Verdict::Allow && self.asks_private_network() {
            head.insert(ResponseField::AllowPrivateNetwork, R::Carrier::TRUE);
        }
        survey.merge_vary(head, vary);
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

    fn allow_methods(&self) -> Option<<R::Carrier as Carrier>::Value> {
        if !self.policy.methods.echoes() {
            return self.policy.methods.rendered();
        }
        match self.verdict {
            Verdict::Deny(Denial::Method) => None,
            _ => self.request.lines(RequestField::Method).next().map(R::value),
        }
    }

    fn allow_headers(&self) -> Option<<R::Carrier as Carrier>::Value> {
        if !self.policy.headers.echoes() {
            return self.policy.headers.rendered();
        }
        let lines = || self.request.lines(RequestField::Headers).map(R::bytes);
        if !list::may_echo(lines()) {
            return None;
        }
        let names = list::echo(lines());
        (!names.is_empty()).then(|| R::Carrier::value(names.into()))
    }

    fn asks_private_network(&self) -> bool {
        let mut lines = self.request.lines(RequestField::PrivateNetwork);
        lines.next().is_some_and(|line| R::bytes(line) == b"true") && lines.next().is_none()
    }
}
