//! How actix-web holds what the engine reads and writes.

use std::borrow::Cow;

use actix_web::{
    HttpRequest,
    http::{
        Method,
        header::{HeaderMap, HeaderName, HeaderValue},
    },
};
use cors_core::{Carrier, RequestField, RequestHead, ResponseField, ResponseHead, literal};

/// The carrier of actix-web, whose header values are those of `http` 0.2.
#[derive(Clone, Copy, Debug)]
pub enum ActixWeb {}

impl Carrier for ActixWeb {
    type Value = HeaderValue;
    const ANY: HeaderValue = HeaderValue::from_static(literal::ANY);
    const TRUE: HeaderValue = HeaderValue::from_static(literal::TRUE);
    const VARY_ORIGIN: HeaderValue = HeaderValue::from_static(literal::ORIGIN);

    fn value(text: Cow<'static, str>) -> HeaderValue {
        match text {
            Cow::Borrowed(text) => HeaderValue::from_static(text),
            Cow::Owned(text) => {
                HeaderValue::try_from(text).expect("the engine writes visible ASCII and spaces")
            }
        }
    }
}

/// One name for each field, as a constant where it is used: making one anew costs more.
macro_rules! names {
    ($field:expr, $kind:ident: $($variant:ident)+) => {
        match $field {
            $($kind::$variant => const { HeaderName::from_static($kind::$variant.name()) },)+
        }
    };
}

/// The head of a request, borrowed.
#[derive(Clone, Copy)]
pub(crate) struct RequestView<'a>(&'a HttpRequest);

impl<'a> From<&'a HttpRequest> for RequestView<'a> {
    fn from(request: &'a HttpRequest) -> Self {
        Self(request)
    }
}

impl RequestHead for RequestView<'_> {
    type Carrier = ActixWeb;
    type Line<'a>
        = &'a HeaderValue
    where
        Self: 'a;

    #[inline]
    fn is_options(&self) -> bool {
        self.0.method() == Method::OPTIONS
    }

    fn path(&self) -> &[u8] {
        self.0.uri().path().as_bytes()
    }

    #[inline]
    fn lines(&self, field: RequestField) -> impl Iterator<Item = &HeaderValue> {
        self.0.headers().get_all(names!(field, RequestField: Origin Method Headers PrivateNetwork))
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
pub(crate) struct ResponseView<'a>(pub(crate) &'a mut HeaderMap);

#[inline]
fn name(field: ResponseField) -> HeaderName {
    names!(field, ResponseField:
        AllowOrigin AllowCredentials AllowMethods AllowHeaders AllowPrivateNetwork
        ExposeHeaders MaxAge Vary)
}

impl ResponseHead for ResponseView<'_> {
    type Carrier = ActixWeb;

    #[inline]
    fn lines(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_bytes()))
    }

    #[inline]
    fn insert(&mut self, field: ResponseField, value: HeaderValue) {
        // The engine removes first, so that there is nothing to replace, and the map's own `insert`
        // costs twice as much: it gives back what it replaced.
        self.append(field, value);
    }

    #[inline]
    fn append(&mut self, field: ResponseField, value: HeaderValue) {
        self.0.append(name(field), value);
    }

    fn remove(&mut self, field: ResponseField) {
        self.0.remove(name(field));
    }
}
