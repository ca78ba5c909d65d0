//! The head of a response: the lines that belong to this engine, and the one merge of `Vary`.

use crate::{Carrier, RequestField, header::list::elements, literal};

/// The response headers that CORS writes.
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
    /// [`Vary`](https://www.rfc-editor.org/rfc/rfc9110#field.vary), shared with the handler
    Vary,
}

impl ResponseField {
    /// The headers that belong to the engine alone: all but [`Vary`](Self::Vary).
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
            Self::Vary => "vary",
        }
    }
}

/// A view of a framework's response head, to write a decision to.
///
/// [`plain::Headers`](crate::plain::Headers) is an implementation to start from.
pub trait ResponseHead {
    /// The framework that the response belongs to.
    type Carrier: Carrier;

    /// Every line, in any order: its name, in any case, and its value.
    fn lines(&self) -> impl Iterator<Item = (&str, &[u8])>;

    /// Makes `value` the only line named `field`. It is called where no such line is left, so that a
    /// map in which replacing costs more may append.
    fn insert(&mut self, field: ResponseField, value: <Self::Carrier as Carrier>::Value);

    /// Adds a line named `field` behind those that are there.
    fn append(&mut self, field: ResponseField, value: <Self::Carrier as Carrier>::Value);

    /// Removes every line named `field`.
    fn remove(&mut self, field: ResponseField);

    /// Makes room for this many lines more, where the framework can.
    fn reserve(&mut self, _lines: usize) {}
}

/// A set of the names that this engine may put into `Vary`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Vary(u8);

impl Vary {
    pub(crate) const NONE: Self = Self(0);
    /// `Origin`
    pub(crate) const ORIGIN: Self = Self(1);
    /// `Access-Control-Request-Method`
    pub(crate) const METHOD: Self = Self(2);
    /// `Access-Control-Request-Headers`
    pub(crate) const HEADERS: Self = Self(4);
    const ALL: Self = Self(7);

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    const fn has(self, name: Self) -> bool {
        self.0 & name.0 != 0
    }

    /// The names in one line of a response.
    fn of_line(line: &[u8]) -> Self {
        elements(line).fold(Self::NONE, |found, element| {
            let is = |name: &str| element.eq_ignore_ascii_case(name.as_bytes());
            found.and(match () {
                () if is(literal::ORIGIN) => Self::ORIGIN,
                () if is(RequestField::Method.name()) => Self::METHOD,
                () if is(RequestField::Headers.name()) => Self::HEADERS,
                // It says already that everything matters: nothing is missing.
                () if element == b"*" => Self::ALL,
                () => Self::NONE,
            })
        })
    }

    /// The set as text, if it is not empty.
    fn text(self) -> Option<&'static str> {
        literal::vary(self.has(Self::ORIGIN), self.has(Self::METHOD), self.has(Self::HEADERS))
    }
}

/// What a response carries before a decision is written to it.
#[derive(Clone, Copy)]
pub(crate) struct Survey {
    /// A line that belongs to the engine is there, whoever wrote it.
    owned: bool,
    /// A line is there that the engine wrote, so an inner layer has decided already.
    signed: bool,
    /// What `Vary` lists; nothing where there is no such line.
    vary: Option<Vary>,
}

impl Survey {
    /// Reads every line once: a response has few, and looking each of ours up costs more.
    #[inline]
    pub(crate) fn of(head: &impl ResponseHead) -> Self {
        let mut survey = Self { owned: false, signed: false, vary: None };
        for (name, value) in head.lines() {
            match name.len() {
                4 => survey = survey.with_vary(name, value),
                22.. => survey = survey.with_owned(name, value),
                _ => {}
            }
        }
        survey
    }

    pub(crate) fn is_signed(self) -> bool {
        self.signed
    }

    fn with_vary(self, name: &str, value: &[u8]) -> Self {
        if !name.eq_ignore_ascii_case(ResponseField::Vary.name()) {
            return self;
        }
        let before = self.vary.unwrap_or(Vary::NONE);
        let vary = Some(before.and(Vary::of_line(value)));
        Self { signed: self.signed | literal::is_ours(value), vary, ..self }
    }

    fn with_owned(self, name: &str, value: &[u8]) -> Self {
        if !ResponseField::OWNED.iter().any(|field| name.eq_ignore_ascii_case(field.name())) {
            return self;
        }
        Self { owned: true, signed: self.signed | literal::is_ours(value), ..self }
    }

    /// Removes what others wrote under the engine's names.
    #[inline]
    pub(crate) fn clear(self, head: &mut impl ResponseHead) {
        if self.owned {
            for field in ResponseField::OWNED {
                head.remove(field);
            }
        }
    }

    /// Adds to `Vary` the wanted names that it does not list yet, as a line of its own: what the
    /// handler wrote stays as it is. Says whether a line was written.
    #[inline]
    pub(crate) fn merge_vary<H: ResponseHead>(self, head: &mut H, wanted: Vary) -> bool {
        let missing = wanted.without(self.vary.unwrap_or(Vary::NONE));
        if missing == Vary::ORIGIN {
            self.write_vary(head, H::Carrier::VARY_ORIGIN);
        } else if let Some(names) = missing.text() {
            self.write_vary(head, H::Carrier::value(names.into()));
        }
        missing != Vary::NONE
    }

    #[inline]
    fn write_vary<H: ResponseHead>(self, head: &mut H, value: <H::Carrier as Carrier>::Value) {
        match self.vary {
            None => head.insert(ResponseField::Vary, value),
            Some(_) => head.append(ResponseField::Vary, value),
        }
    }
}
