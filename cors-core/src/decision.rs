//! A decision: what to do with a request, and the head that says so.

use crate::{
    Carrier, Denial, Kind, RequestField, RequestHead, ResponseField, ResponseHead, Verdict,
    cors::Compiled,
    header::list,
    response::{Survey, VaryNames},
};

/// What to do with a request.
#[must_use]
pub enum Decision<'a, R: RequestHead> {
    /// Run the handler, then apply this to whatever it answers.
    Forward(Forward<R::Carrier>),
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

/// The head of the handler's response. It borrows nothing, so that it can wait in a future, and it
/// holds no counter that threads share.
#[must_use]
pub struct Forward<C: Carrier> {
    pub(crate) verdict: Verdict,
    pub(crate) allow_origin: Option<C::Value>,
    pub(crate) credentials: bool,
    pub(crate) expose: Option<C::Value>,
    pub(crate) vary_origin: bool,
}

/// Whether a response says by its own lines that it was decided, so that a layer around this one
/// leaves it as it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub enum Applied {
    /// It does: nothing is to be done.
    Signed,
    /// It does not: the adapter leaves the verdict beside the response, and gives it to the outer
    /// layer's [`Forward::apply`].
    Unsigned,
    /// An inner layer decided before; only `Vary` was merged.
    Inside,
}

impl<C: Carrier> Forward<C> {
    /// Why.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Writes the decision to the handler's response: what the handler wrote under a CORS name is
    /// replaced or removed, and `Vary` is merged.
    ///
    /// `inner` is the verdict that an inner layer left beside the response, if any: then that
    /// layer's headers stay.
    pub fn apply<H>(self, head: &mut H, inner: Option<Verdict>) -> Applied
    where
        H: ResponseHead<Carrier = C>,
    {
        let survey = Survey::of(head);
        let vary = VaryNames { origin: self.vary_origin, ..VaryNames::default() };
        if inner.is_some() || survey.is_signed() {
            survey.merge_vary(head, vary);
            return Applied::Inside;
        }
        survey.clear(head);
        let mut signed = self.credentials;
        if let Some(origin) = self.allow_origin {
            // Without `Vary` the value is the literal `*`.
            signed |= !self.vary_origin;
            head.insert(ResponseField::AllowOrigin, origin);
        }
        if self.credentials {
            head.insert(ResponseField::AllowCredentials, C::TRUE);
        }
        if let Some(expose) = self.expose {
            head.insert(ResponseField::ExposeHeaders, expose);
        }
        signed |= survey.merge_vary(head, vary);
        if signed { Applied::Signed } else { Applied::Unsigned }
    }
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
    /// The most lines that [`apply`](Self::apply) writes.
    pub const MAX_LINES: usize = 7;

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
        let mut vary = VaryNames { origin: policy.varies(), ..VaryNames::default() };
        if self.is_refused() {
            survey.merge_vary(head, vary);
            return;
        }
        vary.method = policy.methods.echoes();
        vary.headers = policy.headers.echoes();

        head.reserve(Self::MAX_LINES);
        head.insert(ResponseField::AllowOrigin, policy.allow_origin::<R>(self.origin));
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
        let lines = || self.request.lines(RequestField::Headers);
        if !list::may_echo(lines()) {
            return None;
        }
        let names = list::echo(lines());
        (!names.is_empty()).then(|| R::Carrier::value(names.into()))
    }

    fn asks_private_network(&self) -> bool {
        let mut lines = self.request.lines(RequestField::PrivateNetwork);
        lines.next().is_some_and(|line| line.as_ref() == b"true") && lines.next().is_none()
    }
}
