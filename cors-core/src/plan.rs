//! The headers that a decision writes to a handler's response.

use crate::{
    Framework, ResponseField, ResponseHead, Verdict, compiled::Compiled, response::Survey,
    vary::Vary,
};

/// What is written to the handler's response, the values aside.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plan {
    /// No policy applies to the path: the response stays as it is.
    Untouched,
    /// Every origin may read: `*`.
    Any,
    /// The request's origin may read, with or without credentials. `Vary` names `Origin`.
    Own { credentials: bool },
    /// No header allows anything, and `Vary` names `Origin`.
    Vary,
    /// No header allows anything.
    Clear,
}

/// The values of a response. Each is made where it is written: moving one costs as much.
pub(crate) struct Values<O, E> {
    pub(crate) origin: Option<O>,
    pub(crate) expose: Option<E>,
}

impl Plan {
    #[inline(always)]
    pub(crate) fn new<C: Framework>(policy: &Compiled<C>, verdict: Verdict) -> Self {
        match (verdict, policy.varies()) {
            (Verdict::NoPolicy, _) => Self::Untouched,
            (Verdict::Allow, true) => Self::Own { credentials: policy.credentials },
            (Verdict::Allow | Verdict::NotCors, false) => Self::Any,
            (Verdict::NotCors | Verdict::Deny(_), true) => Self::Vary,
            (Verdict::Deny(_), false) => Self::Clear,
        }
    }

    /// Whether an origin may read.
    pub(crate) fn allows(self) -> bool {
        matches!(self, Self::Any | Self::Own { .. })
    }

    /// Whether the response names the request's origin.
    pub(crate) fn names_origin(self) -> bool {
        matches!(self, Self::Own { .. })
    }

    fn vary(self) -> Vary {
        match self {
            Self::Own { .. } | Self::Vary => Vary::ORIGIN,
            Self::Untouched | Self::Any | Self::Clear => Vary::NONE,
        }
    }

    #[inline(always)]
    pub(crate) fn apply<C: Framework, H: ResponseHead<Framework = C>>(
        self,
        head: &mut H,
        verdict: Verdict,
        values: Values<impl FnOnce() -> C::Value, impl FnOnce() -> C::Value>,
    ) {
        if self == Self::Untouched {
            return;
        }
        let survey = Survey::of(head);
        let (left, inside) = (head.verdict(), head.inside());
        if left.is_some() || survey.is_signed() {
            self.apply_around(head, survey, inside.or(left));
            return;
        }
        survey.clear(head);
        if inside.is_some() {
            self.apply_unmarked(head, survey, verdict, inside, values);
            return;
        }
        self.write(head, survey, verdict, self.vary(), values);
    }

    #[inline(always)]
    fn write<C: Framework, H: ResponseHead<Framework = C>>(
        self,
        head: &mut H,
        survey: Survey,
        verdict: Verdict,
        vary: Vary,
        values: Values<impl FnOnce() -> C::Value, impl FnOnce() -> C::Value>,
    ) {
        let mut signed = false;
        match self {
            Self::Untouched | Self::Vary | Self::Clear => {}
            Self::Any => {
                head.insert(ResponseField::AllowOrigin, C::ANY);
                signed = true;
            }
            Self::Own { credentials } => {
                if let Some(origin) = values.origin {
                    head.insert(ResponseField::AllowOrigin, origin());
                }
                if credentials {
                    head.insert(ResponseField::AllowCredentials, C::TRUE);
                    signed = true;
                }
            }
        }
        if self.allows()
            && let Some(expose) = values.expose
        {
            head.insert(ResponseField::ExposeHeaders, expose());
        }
        signed |= survey.merge_vary(head, vary);
        if !signed || head.leaves_every_verdict() {
            head.leave_verdict(verdict);
        }
    }

    /// Around a layer that decided before, and whose marks the response has lost: both have to allow.
    /// The inner layer's `Vary` may be lost as well.
    #[cold]
    #[inline(never)]
    fn apply_unmarked<C: Framework, H: ResponseHead<Framework = C>>(
        self,
        head: &mut H,
        survey: Survey,
        verdict: Verdict,
        inside: Option<Verdict>,
        values: Values<impl FnOnce() -> C::Value, impl FnOnce() -> C::Value>,
    ) {
        match inside {
            Some(denied @ Verdict::Deny(_)) => {
                Self::Vary.write(head, survey, denied, Vary::ORIGIN, values);
            }
            _ => self.write(head, survey, verdict, Vary::ORIGIN, values),
        }
    }

    /// Around a layer that decided before.
    #[cold]
    #[inline(never)]
    fn apply_around<H: ResponseHead>(self, head: &mut H, survey: Survey, inner: Option<Verdict>) {
        match inner {
            // The inner layer wrote none: what is there, other code added on the way.
            Some(Verdict::Deny(_)) => survey.clear(head),
            _ if !self.allows() => survey.clear_foreign(head),
            _ => {}
        }
        survey.merge_vary(head, self.vary());
    }
}
