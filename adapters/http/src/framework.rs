//! How `http` holds what the engine reads and writes.

use std::borrow::Cow;

use cors_core::adapter::{Framework, Lines, RequestField, RequestHead, ResponseField, literal};
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, Request, Uri, request::Parts};

/// The header values of `http` 1.x.
#[derive(Clone, Copy, Debug)]
pub enum Http {}

impl Framework for Http {
    type Value = HeaderValue;
    type Line<'a> = &'a HeaderValue;
    type Template = HeaderMap;
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

    fn template(lines: Vec<(ResponseField, HeaderValue)>) -> Option<HeaderMap> {
        let mut template = HeaderMap::with_capacity(lines.len());
        for (field, value) in lines {
            template.append(name(field), value);
        }
        Some(template)
    }

    #[inline]
    fn bytes<'a>(line: Self::Line<'a>) -> &'a [u8] {
        line.as_bytes()
    }

    #[inline]
    fn line_value(line: &HeaderValue) -> HeaderValue {
        line.clone()
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
    /// Finds the target that the client sent, where a router has shortened `uri`.
    pub sent_uri: Option<SentUri>,
}

/// Finds the target that the client sent, among a request's extensions. Policies by path match its
/// path, wherever the layer is.
pub type SentUri = for<'a> fn(&'a Extensions) -> Option<&'a Uri>;

impl<'a, B> From<&'a Request<B>> for RequestView<'a> {
    #[inline]
    fn from(request: &'a Request<B>) -> Self {
        Self {
            method: request.method(),
            uri: request.uri(),
            headers: request.headers(),
            extensions: request.extensions(),
            sent_uri: None,
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

#[inline(always)]
pub(crate) fn name(field: ResponseField) -> HeaderName {
    names!(field, ResponseField:
        AllowOrigin AllowCredentials AllowMethods AllowHeaders AllowPrivateNetwork
        ExposeHeaders MaxAge TimingAllowOrigin Vary)
}

impl RequestHead for RequestView<'_> {
    type Framework = Http;

    #[inline]
    fn is_options(&self) -> bool {
        self.method == Method::OPTIONS
    }

    #[inline]
    fn path(&self) -> &[u8] {
        let sent = self.sent_uri.and_then(|find| find(self.extensions));
        sent.unwrap_or(self.uri).path().as_bytes()
    }

    fn method(&self) -> &[u8] {
        self.method.as_str().as_bytes()
    }

    fn authority(&self) -> Option<&[u8]> {
        let sent = self.sent_uri.and_then(|find| find(self.extensions));
        sent.unwrap_or(self.uri).authority().map(|authority| authority.as_str().as_bytes())
    }

    fn header(&self, name: &str) -> Option<&[u8]> {
        let mut lines = self.headers.get_all(name).iter();
        match (lines.next(), lines.next()) {
            (Some(value), None) => Some(value.as_bytes()),
            _ => None,
        }
    }

    #[inline]
    fn lines(&self, field: RequestField) -> impl Iterator<Item = &HeaderValue> {
        self.headers
            .get_all(names!(field, RequestField:
            Origin Method Headers PrivateNetwork Host Upgrade))
            .iter()
    }

    // Inlined, so that the name is a constant and not looked up for each call.
    #[inline(always)]
    fn find(&self, field: RequestField) -> Lines<&HeaderValue> {
        let name = names!(field, RequestField:
            Origin Method Headers PrivateNetwork Host Upgrade);
        match self.headers.get(&name) {
            None => Lines::None,
            // Hardly any request has two lines of one name, and two numbers show it.
            Some(line) if self.headers.keys_len() == self.headers.len() => Lines::One(line),
            Some(line) => self.find_second(field, line),
        }
    }
}

impl<'a> RequestView<'a> {
    /// The same head with the target that the client sent, for predicates: a router may have
    /// shortened `uri`.
    pub fn as_sent(&self) -> Self {
        let sent = self.sent_uri.and_then(|find| find(self.extensions));
        Self { uri: sent.unwrap_or(self.uri), ..*self }
    }

    /// A copy of the head, for a future that outlives it.
    pub fn parts(&self) -> Parts {
        let (mut parts, ()) = Request::new(()).into_parts();
        parts.method = self.method.clone();
        parts.uri = self.uri.clone();
        parts.headers = self.headers.clone();
        parts.extensions = self.extensions.clone();
        parts
    }

    /// Looks for a second line of this name.
    #[cold]
    #[inline(never)]
    fn find_second(&self, field: RequestField, line: &'a HeaderValue) -> Lines<&'a HeaderValue> {
        match self.lines(field).nth(1) {
            None => Lines::One(line),
            Some(_) => Lines::Several,
        }
    }
}
