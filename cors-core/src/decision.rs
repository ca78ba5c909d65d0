//! A decision: what to do with a request, and the head that says so.

use alloc::boxed::Box;
use core::fmt;

use crate::{
    Answer, Framework, Kind, RequestHead, ResponseHead, Verdict,
    answer::Cause,
    compiled::Compiled,
    plan::{Plan, Values},
    vary::OtherNames,
};

/// What to do with a request.
#[must_use]
pub enum Decision<'a, R: RequestHead> {
    /// Run the handler, then apply this to its response.
    Forward(Forward<'a, R::Framework>),
    /// Answer with this, and do not run the handler.
    Answer(Answer<'a, R>),
}

impl<R: RequestHead> Decision<'_, R> {
    /// The verdict: why the decision is what it is.
    #[inline]
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Forward(forward) => forward.verdict(),
            Self::Answer(answer) => answer.verdict(),
        }
    }

    /// Writes the headers to a response that exists already, as tools and tests have it. Returns the
    /// status if the handler does not run, and `None` where the status is the handler's.
    ///
    /// ```
    /// use cors_core::{Cors, Policy, plain};
    ///
    /// let cors: Cors = Policy::new().allow_origin("https://app.example.com").compile()?;
    /// let stranger = ("origin", "https://stranger.example");
    /// let preflight = [stranger, ("access-control-request-method", "PUT")];
    /// let mut response = plain::Response::default();
    /// let status = cors.decide(&plain::Request::new("OPTIONS", preflight)).apply(&mut response);
    /// assert_eq!(status, Some(403));
    /// let status = cors.decide(&plain::Request::new("GET", [stranger])).apply(&mut response);
    /// assert_eq!(status, None);
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    pub fn apply<H>(self, head: &mut H) -> Option<u16>
    where
        H: ResponseHead<Framework = R::Framework>,
    {
        match self {
            Self::Forward(forward) => {
                forward.apply(head);
                None
            }
            Self::Answer(answer) => {
                let status = answer.status();
                answer.apply(head);
                Some(status)
            }
        }
    }

    /// The kind of the request.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Answer(Answer { cause: Cause::Preflight, .. }) => Kind::Preflight,
            _ => match self.verdict() {
                Verdict::NotCors | Verdict::NoPolicy => Kind::NotCors,
                Verdict::Allow | Verdict::Deny(_) | Verdict::Undecided => Kind::Actual,
            },
        }
    }
}

/// The headers for the handler's response, borrowed from the policy and the request.
#[must_use]
pub struct Forward<'a, C: Framework> {
    /// `None` where no policy applies to the path.
    pub(crate) policy: Option<&'a Compiled<C>>,
    /// An allowed origin.
    pub(crate) origin: Option<C::Line<'a>>,
    pub(crate) verdict: Verdict,
    /// What else the decision depends on.
    pub(crate) vary: Option<Box<OtherNames>>,
}

impl<C: Framework> Forward<'_, C> {
    /// The verdict: why the decision is what it is.
    #[inline]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The same headers without the borrows, for a handler that takes the request with it.
    #[inline(always)]
    pub fn detach(self) -> Detached<C> {
        let plan = self.plan();
        Detached {
            verdict: self.verdict,
            plan,
            vary: self.vary,
            // Matched, and not filtered and mapped: a value is made where it will stay.
            origin: match self.origin {
                Some(line) if plan.names_origin() => Some(C::line_value(line)),
                _ => None,
            },
            expose: match self.policy {
                Some(Compiled { expose: Some(names), .. }) if plan.allows() => Some(names.clone()),
                _ => None,
            },
        }
    }

    /// Like [`Detached::apply`].
    #[inline]
    pub fn apply<H>(self, head: &mut H)
    where
        H: ResponseHead<Framework = C>,
    {
        let origin = || self.origin.map(C::line_value);
        let expose = || self.policy.and_then(|policy| policy.expose.clone());
        self.plan().apply(head, self.verdict, self.vary.as_deref(), Values { origin, expose });
    }

    #[inline(always)]
    fn plan(&self) -> Plan {
        self.policy.map_or(Plan::UNTOUCHED, |policy| policy.plans.of(self.verdict))
    }
}

/// The headers for the handler's response, on their own: they can wait in a future, and share no
/// counter between threads.
#[must_use]
pub struct Detached<C: Framework> {
    verdict: Verdict,
    plan: Plan,
    vary: Option<Box<OtherNames>>,
    origin: Option<C::Value>,
    expose: Option<C::Value>,
}

impl<C: Framework> Detached<C> {
    /// The verdict: why the decision is what it is.
    #[inline]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Writes the decision to the handler's response. What the handler wrote under a CORS name is
    /// replaced or removed, and `Vary` is merged. Where [`ResponseHead::verdict`] shows that an inner
    /// layer decided, that layer's headers stay.
    ///
    /// The values move into the response: call it once, on a clone where there may be several
    /// responses.
    #[inline]
    pub fn apply<H>(&mut self, head: &mut H)
    where
        H: ResponseHead<Framework = C>,
    {
        let Self { verdict, plan, vary, origin, expose } = self;
        let values = Values { origin: || origin.take(), expose: || expose.take() };
        plan.apply(head, *verdict, vary.as_deref(), values);
    }
}

impl<C: Framework> Clone for Detached<C> {
    fn clone(&self) -> Self {
        let Self { verdict, plan, ref vary, ref origin, ref expose } = *self;
        let (vary, origin, expose) = (vary.clone(), origin.clone(), expose.clone());
        Self { verdict, plan, vary, origin, expose }
    }
}

impl<R: RequestHead> fmt::Debug for Decision<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Decision").field(&self.kind()).field(&self.verdict()).finish()
    }
}

impl<C: Framework> fmt::Debug for Forward<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Forward").field(&self.verdict).finish()
    }
}

impl<C: Framework> fmt::Debug for Detached<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Detached").field(&self.verdict).finish()
    }
}
