//! The answer to a preflight.

use crate::{
    Carrier, Denial, RequestField, RequestHead, ResponseField, ResponseHead, Verdict,
    compiled::Compiled,
    header::list,
    response::{Survey, Vary},
};

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
            Verdict::Deny(Denial::Path | Denial::Origin) => true,
            Verdict::Deny(Denial::Method | Denial::Header) => self.policy.silent,
            Verdict::Allow | Verdict::NotCors | Verdict::NoPolicy => false,
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
