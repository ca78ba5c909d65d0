//! The head of a response: the lines that belong to the engine, and the merge of `Vary`.

use alloc::vec::Vec;

use crate::{
    Framework, Verdict, literal,
    vary::{self, Vary},
};

/// The response headers that CORS writes. The list is complete.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ResponseField {
    /// [`Access-Control-Allow-Origin`](https://fetch.spec.whatwg.org/#http-access-control-allow-origin)
    AllowOrigin,
    /// [`Access-Control-Allow-Credentials`](https://fetch.spec.whatwg.org/#http-access-control-allow-credentials)
    AllowCredentials,
    /// [`Access-Control-Allow-Methods`](https://fetch.spec.whatwg.org/#http-access-control-allow-methods)
    AllowMethods,
    /// [`Access-Control-Allow-Headers`](https://fetch.spec.whatwg.org/#http-access-control-allow-headers)
    AllowHeaders,
    /// `Access-Control-Allow-Private-Network`, superseded
    AllowPrivateNetwork,
    /// [`Access-Control-Expose-Headers`](https://fetch.spec.whatwg.org/#http-access-control-expose-headers)
    ExposeHeaders,
    /// [`Access-Control-Max-Age`](https://fetch.spec.whatwg.org/#http-access-control-max-age)
    MaxAge,
    /// [`Timing-Allow-Origin`](https://www.w3.org/TR/resource-timing/#sec-timing-allow-origin), which
    /// the handler owns unless the policy sets `allow_timing`
    TimingAllowOrigin,
    /// [`Vary`](https://www.rfc-editor.org/rfc/rfc9110#field.vary), shared with the handler
    Vary,
}

impl ResponseField {
    /// The headers that belong to the engine alone, whatever the policy.
    pub const OWNED: [Self; 7] = [
        Self::AllowOrigin,
        Self::AllowCredentials,
        Self::AllowMethods,
        Self::AllowHeaders,
        Self::AllowPrivateNetwork,
        Self::ExposeHeaders,
        Self::MaxAge,
    ];

    /// The header's name, in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AllowOrigin => "access-control-allow-origin",
            Self::AllowCredentials => "access-control-allow-credentials",
            Self::AllowMethods => "access-control-allow-methods",
            Self::AllowHeaders => "access-control-allow-headers",
            Self::AllowPrivateNetwork => "access-control-allow-private-network",
            Self::ExposeHeaders => "access-control-expose-headers",
            Self::MaxAge => "access-control-max-age",
            Self::TimingAllowOrigin => "timing-allow-origin",
            Self::Vary => "vary",
        }
    }

    /// The field of this name, in any case.
    #[inline]
    fn of(name: &str) -> Option<Self> {
        let is = |field: &Self| name.eq_ignore_ascii_case(field.name());
        match name.len() {
            4 => Some(Self::Vary).filter(is),
            22.. => Self::OWNED.into_iter().find(is),
            _ => None,
        }
    }
}

/// A view of a framework's response head, to write a decision to.
///
/// [`plain::Response`](crate::plain::Response) is an implementation to start from.
pub trait ResponseHead {
    /// The framework that the response belongs to.
    type Framework: Framework;

    /// Every line, in any order: its name, in any case, and its value.
    fn lines(&self) -> impl Iterator<Item = (&str, &[u8])>;

    /// Calls `see` with every line whose name is a [`ResponseField`]. A framework that compares names
    /// faster than as text does so here.
    #[inline]
    fn fields(&self, mut see: impl FnMut(ResponseField, &[u8])) {
        for (name, value) in self.lines() {
            if let Some(field) = ResponseField::of(name) {
                see(field, value);
            }
        }
    }

    /// Makes `value` the only line named `field`. It is called where no such line is left, so that a
    /// map in which replacing costs more may append.
    fn insert(&mut self, field: ResponseField, value: <Self::Framework as Framework>::Value);

    /// Adds a line named `field` after those that are there.
    fn append(&mut self, field: ResponseField, value: <Self::Framework as Framework>::Value);

    /// Removes every line named `field`.
    fn remove(&mut self, field: ResponseField);

    /// Makes room for this many more lines, where the framework can.
    fn reserve(&mut self, _lines: usize) {}

    /// Replaces a head without lines with the template, and the template's origin with this one.
    /// Returns whether it did: `false` where there are lines, or the framework has no template.
    fn start(
        &mut self,
        _template: &<Self::Framework as Framework>::Template,
        _origin: impl FnOnce() -> <Self::Framework as Framework>::Value,
    ) -> bool {
        false
    }

    /// The verdict of an inner layer, if one left it with the response.
    fn verdict(&self) -> Option<Verdict>;

    /// The verdict of an inner layer, if it is known on another way: see [`Inside`]. A response that
    /// has lost its marks is denied where the inner layer denied.
    ///
    /// [`Inside`]: crate::adapter
    fn inside(&self) -> Option<Verdict> {
        None
    }

    /// Leaves a verdict with the response, for [`verdict`](Self::verdict) of an outer layer to return.
    fn leave_verdict(&mut self, verdict: Verdict);

    /// Whether a verdict is left even where the response's lines already show that a layer decided:
    /// for code outside the layer that reads it.
    fn leaves_every_verdict(&self) -> bool {
        false
    }
}

/// What a response carries before a decision is written to it.
#[derive(Clone, Copy)]
pub(crate) struct Survey {
    /// There is a line that belongs to the engine, by any author.
    owned: bool,
    /// There is a line that the engine wrote, so an inner layer has already decided.
    signed: bool,
    /// There is an `Access-Control-Allow-Origin: *` or `Access-Control-Allow-Credentials` that the
    /// engine did not write.
    foreign: bool,
    /// There is more than one line of `Vary`.
    several: bool,
    /// The names in `Vary`; `None` where there is no such line.
    vary: Option<Vary>,
}

impl Survey {
    /// Reads every line once: a response has few, and looking each of ours up costs more.
    #[inline(always)]
    pub(crate) fn of(head: &impl ResponseHead) -> Self {
        let mut survey =
            Self { owned: false, signed: false, foreign: false, several: false, vary: None };
        head.fields(|field, value| {
            survey = match field {
                ResponseField::Vary => survey.with_vary(value),
                _ => survey.with_owned(field, value),
            };
        });
        survey
    }

    pub(crate) fn is_signed(self) -> bool {
        self.signed
    }

    #[inline(never)]
    fn with_vary(self, value: &[u8]) -> Self {
        let names = self.vary.unwrap_or(Vary::NONE).and(Vary::of_line(value));
        let signed = self.signed | literal::is_ours(value);
        Self { signed, several: self.vary.is_some(), vary: Some(names), ..self }
    }

    #[inline(never)]
    fn with_owned(self, field: ResponseField, value: &[u8]) -> Self {
        let is_ours = literal::is_ours(value);
        let foreign = match field {
            ResponseField::AllowOrigin => value == b"*",
            ResponseField::AllowCredentials => true,
            _ => false,
        };
        let foreign = self.foreign | (foreign && !is_ours);
        Self { owned: true, signed: self.signed | is_ours, foreign, ..self }
    }

    /// Removes the lines under the engine's names, by any author.
    #[inline(always)]
    pub(crate) fn clear(self, head: &mut impl ResponseHead) {
        if self.owned {
            remove_owned(head);
        }
    }

    /// Removes the lines under the engine's names where one was written by other code, and widens
    /// the decision of an inner layer.
    pub(crate) fn clear_foreign(self, head: &mut impl ResponseHead) {
        if self.foreign {
            remove_owned(head);
        }
    }

    /// Adds to `Vary` the wanted names that it does not list yet, on the handler's own line: caches
    /// such as nginx before 1.23 read one line only. Returns whether the engine's mark is on the line.
    #[inline(always)]
    pub(crate) fn merge_vary<H: ResponseHead>(self, head: &mut H, wanted: Vary) -> bool {
        if wanted == Vary::NONE {
            return false;
        }
        match self.vary {
            None if wanted == Vary::ORIGIN => {
                head.insert(ResponseField::Vary, H::Framework::VARY_ORIGIN);
                true
            }
            None => {
                if let Some(names) = wanted.text() {
                    head.insert(ResponseField::Vary, H::Framework::value(names));
                }
                true
            }
            Some(there) => self.rewrite_vary(head, wanted.without(there)),
        }
    }

    #[inline(never)]
    fn rewrite_vary<H: ResponseHead>(self, head: &mut H, missing: Vary) -> bool {
        let names = missing.text();
        if names.is_none() && !self.several {
            return false;
        }
        let mut lines = Vec::new();
        head.fields(|field, value| {
            if field == ResponseField::Vary {
                lines.push(value.to_vec());
            }
        });
        let texts: Option<Vec<&str>> = lines.iter().map(|line| vary::visible(line)).collect();
        match (texts, names) {
            (Some(texts), names) => {
                let line = vary::join(texts.into_iter().chain(names.as_deref()));
                head.remove(ResponseField::Vary);
                head.insert(ResponseField::Vary, H::Framework::value(line.into()));
                false
            }
            // A value that is not text cannot be rewritten.
            (None, Some(names)) => {
                head.append(ResponseField::Vary, H::Framework::value(names));
                true
            }
            (None, None) => false,
        }
    }
}

#[cold]
#[inline(never)]
fn remove_owned(head: &mut impl ResponseHead) {
    for field in ResponseField::OWNED {
        head.remove(field);
    }
}
