//! How `http` holds what the engine reads and writes.

use std::borrow::Cow;

use cors_core::{Carrier, Lines, RequestField, RequestHead, ResponseField, ResponseHead, literal};
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};

/// The carrier of `http` 1.x.
#[derive(Clone, Copy, Debug)]
pub enum Http {}

impl Carrier for Http {
    type Value = HeaderValue;
    const ANY: HeaderValue = HeaderValue::from_static(literal::ANY);
    const TRUE: HeaderValue = HeaderValue::from_static(literal::TRUE);
    const VARY_ORIGIN: HeaderValue = HeaderValue::from_static(literal::ORIGIN);

    #[inline]
    fn value(text: Cow<'static, str>) -> HeaderValue {
        match text {
            Cow::Borrowed(text) => HeaderValue::from_static(text),
            Cow::Owned(text) => {
                HeaderValue::try_from(text).expect("the engine writes visible ASCII and spaces")
            }
        }
    }
}

/// The head of a request, borrowed: what a decision looks at, and what a predicate may.
#[derive(Clone, Copy, Debug)]
pub struct RequestView<'a> {
    /// The method.
    pub method: &'a Method,
    /// The target.
    pub uri: &'a Uri,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// What was put beside the request, such as a framework's state.
    pub extensions: &'a Extensions,
}

impl<'a, B> From<&'a Request<B>> for RequestView<'a> {
    #[inline]
    fn from(request: &'a Request<B>) -> Self {
        Self {
            method: request.method(),
            uri: request.uri(),
            headers: request.headers(),
            extensions: request.extensions(),
        }
    }
}

/// One name for each field, as a constant where it is used: comparing with a stored name costs more.
macro_rules! names {
    ($field:expr, $kind:ident: $($variant:ident)+) => {
        match $field {
            $($kind::$variant => const { HeaderName::from_static($kind::$variant.name()) },)+
        }
    };
}

impl RequestHead for RequestView<'_> {
    type Carrier = Http;
    type Line<'a>
        = &'a HeaderValue
    where
        Self: 'a;

    #[inline]
    fn is_options(&self) -> bool {
        self.method == Method::OPTIONS
    }

    #[inline]
    fn path(&self) -> &[u8] {
        self.uri.path().as_bytes()
    }

    #[inline]
    fn lines(&self, field: RequestField) -> impl Iterator<Item = &HeaderValue> {
        self.headers
            .get_all(names!(field, RequestField: Origin Method Headers PrivateNetwork))
            .iter()
    }

    #[inline]
    fn find(&self, field: RequestField) -> Lines<&HeaderValue> {
        let name = names!(field, RequestField: Origin Method Headers PrivateNetwork);
        match self.headers.get(name) {
            None => Lines::None,
            // Hardly a request has two lines of any name, and that is known without a look.
            Some(line) if self.headers.keys_len() == self.headers.len() => Lines::One(line),
            Some(line) => match self.lines(field).nth(1) {
                None => Lines::One(line),
                Some(_) => Lines::Several,
            },
        }
    }

    #[inline]
    fn bytes<'a>(line: &'a HeaderValue) -> &'a [u8]
    where
        Self: 'a,
    {
        line.as_bytes()
    }

    #[inline]
    fn value(line: &HeaderValue) -> HeaderValue {
        line.clone()
    }
}

/// The headers of a response, to write a decision to.
#[derive(Debug)]
pub struct ResponseView<'a>(pub &'a mut HeaderMap);

#[inline]
fn name(field: ResponseField) -> HeaderName {
    names!(field, ResponseField:
        AllowOrigin AllowCredentials AllowMethods AllowHeaders AllowPrivateNetwork
        ExposeHeaders MaxAge Vary)
}

impl ResponseHead for ResponseView<'_> {
    type Carrier = Http;

    #[inline]
    fn lines(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_bytes()))
    }

    #[inline]
    fn insert(&mut self, field: ResponseField, value: HeaderValue) {
        self.0.insert(name(field), value);
    }

    #[inline]
    fn append(&mut self, field: ResponseField, value: HeaderValue) {
        self.0.append(name(field), value);
    }

    #[inline]
    fn remove(&mut self, field: ResponseField) {
        self.0.remove(name(field));
    }

    #[inline]
    fn reserve(&mut self, lines: usize) {
        self.0.reserve(lines);
    }
}
