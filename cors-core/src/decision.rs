//! A decision: what to do with a request, and the head that says so.

use crate::{
    Answer, Carrier, Kind, RequestHead, ResponseField, ResponseHead, Verdict,
    compiled::Compiled,
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
            Self::Forward(forward) => match forward.verdict {
                Verdict::NotCors | Verdict::NoPolicy => Kind::NotCors,
                Verdict::Allow | Verdict::Deny(_) => Kind::Actual,
            },
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
            // Matched, and not filtered and mapped: a value is made where it will stay.
            origin: match self.origin {
                Some(line) if plan.varies => Some(R::value(line)),
                _ => None,
            },
            expose: match &self.policy.expose {
                Some(names) if plan.allows => Some(names.clone()),
                _ => None,
            },
        }
    }

    /// As [`Detached::apply`].
    #[inline]
    pub fn apply<H>(self, head: &mut H, inner: Option<Verdict>) -> Applied
    where
        H: ResponseHead<Carrier = R::Carrier>,
    {
        let origin = self.origin.map(|line| move || R::value(line));
        let expose = self.policy.expose.as_ref().map(|value| || value.clone());
        self.plan().apply(head, inner, origin, expose)
    }

    fn plan(&self) -> Plan {
        let varies = self.policy.varies();
        let allows = match self.verdict {
            Verdict::Allow => true,
            Verdict::NotCors => !varies,
            Verdict::NoPolicy | Verdict::Deny(_) => false,
        };
        let credentials = allows && varies && self.policy.credentials;
        Plan { acts: self.verdict != Verdict::NoPolicy, allows, varies, credentials }
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
        let origin = self.origin.map(|value| || value);
        let expose = self.expose.map(|value| || value);
        self.plan.apply(head, inner, origin, expose)
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
    /// A policy stands for the path: else the response stays as it is.
    acts: bool,
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
        origin: Option<impl FnOnce() -> C::Value>,
        expose: Option<impl FnOnce() -> C::Value>,
    ) -> Applied {
        if !self.acts {
            return Applied::Inside;
        }
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
            && let Some(origin) = origin
        {
            head.insert(ResponseField::AllowOrigin, origin());
        }
        if self.credentials {
            head.insert(ResponseField::AllowCredentials, C::TRUE);
        }
        if self.allows
            && let Some(expose) = expose
        {
            head.insert(ResponseField::ExposeHeaders, expose());
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
    /// An inner layer decided before and only `Vary` was merged, or no policy stands for the path and
    /// nothing was written: nothing is to be done.
    Inside,
}

impl Applied {
    /// Whether the verdict is to be left beside the response: where the response does not say by
    /// itself that it was decided, or `always`, for code outside to read. Never in the place of an
    /// inner layer's.
    #[inline]
    pub const fn leaves_verdict(self, always: bool) -> bool {
        match self {
            Self::Signed => always,
            Self::Unsigned => true,
            Self::Inside => false,
        }
    }
}
