//! The headers that a decision writes to a handler's response.

use alloc::string::String;

use crate::{
    Framework, ResponseField, ResponseHead, Verdict,
    response::Survey,
    vary::{OtherNames, Vary, visible},
};

/// What is written to the handler's response, the values aside: a set of the lines.
///
/// A compiled policy has one for each kind of verdict, so that a request looks it up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plan(u8);

/// The plans of a policy.
#[derive(Clone, Copy)]
pub(crate) struct Plans {
    pub(crate) allow: Plan,
    pub(crate) not_cors: Plan,
    pub(crate) deny: Plan,
}

/// The values of a response. Each is made where it is written, and only then: moving one costs as
/// much.
pub(crate) struct Values<O, E> {
    pub(crate) origin: O,
    pub(crate) expose: E,
}

impl Plans {
    /// `varies` where the response depends on the origin.
    pub(crate) fn new(varies: bool, credentials: bool, timing: bool) -> Self {
        let also = if timing { Plan::TIMING } else { Plan::UNTOUCHED };
        let own = if credentials { Plan::OWN.and(Plan::CREDENTIALS) } else { Plan::OWN };
        if varies {
            let vary = Plan::VARY.and(also);
            Self { allow: own.and(vary), not_cors: vary, deny: vary }
        } else {
            let any = Plan::ANY.and(also);
            Self { allow: any, not_cors: any, deny: Plan::CLEAR.and(also) }
        }
    }

    #[inline(always)]
    pub(crate) fn of(self, verdict: Verdict) -> Plan {
        match verdict {
            Verdict::Allow => self.allow,
            Verdict::NotCors => self.not_cors,
            Verdict::Deny(_) | Verdict::Undecided => self.deny,
            Verdict::NoPolicy => Plan::UNTOUCHED,
        }
    }
}

impl Plan {
    /// No policy applies to the path: the response stays as it is.
    pub(crate) const UNTOUCHED: Self = Self(0);
    /// No header allows anything.
    const CLEAR: Self = Self(1);
    /// Every origin may read: `*`.
    const ANY: Self = Self(1 | 2);
    /// The request's origin may read.
    const OWN: Self = Self(1 | 4);
    /// With credentials.
    const CREDENTIALS: Self = Self(8);
    /// `Vary` names `Origin`.
    const VARY: Self = Self(1 | 16);
    /// `Timing-Allow-Origin` is the engine's.
    const TIMING: Self = Self(1 | 32);

    const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn has(self, line: Self) -> bool {
        self.0 & line.0 == line.0
    }

    /// Whether an origin may read.
    pub(crate) fn allows(self) -> bool {
        self.has(Self::ANY) || self.has(Self::OWN)
    }

    /// Whether the response names the request's origin.
    pub(crate) fn names_origin(self) -> bool {
        self.has(Self::OWN)
    }

    fn vary(self) -> Vary {
        if self.has(Self::VARY) { Vary::ORIGIN } else { Vary::NONE }
    }

    #[inline(always)]
    pub(crate) fn apply<C: Framework, H: ResponseHead<Framework = C>>(
        self,
        head: &mut H,
        verdict: Verdict,
        vary: Option<&OtherNames>,
        values: Values<impl FnOnce() -> Option<C::Value>, impl FnOnce() -> Option<C::Value>>,
    ) {
        self.apply_own(head, verdict, values);
        if self.has(Self::TIMING) {
            self.allow_timing(head);
        }
        if let Some(names) = vary
            && names.merge(head)
        {
            let inner = head.inside().or(head.verdict());
            head.leave_verdict(inner.unwrap_or(verdict));
        }
    }

    /// Allows the origin that may read to read the response's timing too, and no other.
    #[cold]
    #[inline(never)]
    fn allow_timing<H: ResponseHead>(self, head: &mut H) {
        head.remove(ResponseField::TimingAllowOrigin);
        if !self.allows() {
            return;
        }
        let mut origin = None;
        head.fields(|field, value| {
            if field == ResponseField::AllowOrigin {
                origin = visible(value).map(String::from);
            }
        });
        if let Some(origin) = origin {
            head.insert(ResponseField::TimingAllowOrigin, H::Framework::value(origin.into()));
        }
    }

    #[inline(always)]
    fn apply_own<C: Framework, H: ResponseHead<Framework = C>>(
        self,
        head: &mut H,
        verdict: Verdict,
        values: Values<impl FnOnce() -> Option<C::Value>, impl FnOnce() -> Option<C::Value>>,
    ) {
        if self == Self::UNTOUCHED {
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
        values: Values<impl FnOnce() -> Option<C::Value>, impl FnOnce() -> Option<C::Value>>,
    ) {
        let mut signed = false;
        if self.allows() {
            if self.has(Self::OWN) {
                if let Some(origin) = (values.origin)() {
                    head.insert(ResponseField::AllowOrigin, origin);
                }
            } else {
                head.insert(ResponseField::AllowOrigin, C::ANY);
                signed = true;
            }
            if self.has(Self::CREDENTIALS) {
                head.insert(ResponseField::AllowCredentials, C::TRUE);
                signed = true;
            }
            if let Some(expose) = (values.expose)() {
                head.insert(ResponseField::ExposeHeaders, expose);
            }
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
        values: Values<impl FnOnce() -> Option<C::Value>, impl FnOnce() -> Option<C::Value>>,
    ) {
        match inside {
            Some(denied) if denied.is_denial() => {
                Self::VARY.write(head, survey, denied, Vary::ORIGIN, values);
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
            Some(denied) if denied.is_denial() => survey.clear(head),
            _ if !self.allows() => survey.clear_foreign(head),
            _ => {}
        }
        survey.merge_vary(head, self.vary());
    }
}
