//! How actix-web holds what the engine reads and writes.

use std::{borrow::Cow, convert::Infallible};

use actix_web::{
    HttpRequest,
    http::{
        Method,
        header::{HeaderName, HeaderValue},
    },
};
use cors_core::adapter::{Framework, Lines, RequestField, RequestHead, ResponseField, literal};

/// The header values of actix-web, whose header values are those of `http` 0.2.
#[derive(Clone, Copy, Debug)]
pub enum ActixWeb {}

impl Framework for ActixWeb {
    type Value = HeaderValue;
    type Line<'a> = &'a HeaderValue;
    // None: a clone of actix-web's map costs more than its lines, appended to one that exists.
    type Template = Infallible;
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

    #[inline]
    fn bytes<'a>(line: Self::Line<'a>) -> &'a [u8] {
        line.as_bytes()
    }

    #[inline]
    fn line_value(line: &HeaderValue) -> HeaderValue {
        line.clone()
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
pub(crate) struct RequestView<'a>(pub(crate) &'a HttpRequest);

impl<'a> From<&'a HttpRequest> for RequestView<'a> {
    fn from(request: &'a HttpRequest) -> Self {
        Self(request)
    }
}

#[inline]
pub(crate) fn name(field: ResponseField) -> HeaderName {
    names!(field, ResponseField:
        AllowOrigin AllowCredentials AllowMethods AllowHeaders AllowPrivateNetwork
        ExposeHeaders MaxAge TimingAllowOrigin Vary)
}

impl RequestHead for RequestView<'_> {
    type Framework = ActixWeb;

    #[inline]
    fn is_options(&self) -> bool {
        self.0.method() == Method::OPTIONS
    }

    fn path(&self) -> &[u8] {
        self.0.uri().path().as_bytes()
    }

    fn method(&self) -> &[u8] {
        self.0.method().as_str().as_bytes()
    }

    fn authority(&self) -> Option<&[u8]> {
        self.0.uri().authority().map(|authority| authority.as_str().as_bytes())
    }

    fn header(&self, name: &str) -> Option<&[u8]> {
        let mut lines = self.0.headers().get_all(name);
        match (lines.next(), lines.next()) {
            (Some(value), None) => Some(value.as_bytes()),
            _ => None,
        }
    }

    #[inline(always)]
    fn find(&self, field: RequestField) -> Lines<&HeaderValue> {
        let name = names!(field, RequestField:
            Origin Method Headers PrivateNetwork Host Upgrade);
        let mut lines = self.0.headers().get_all(&name);
        match (lines.next(), lines.len()) {
            (None, _) => Lines::None,
            (Some(line), 0) => Lines::One(line),
            (Some(_), _) => Lines::Several,
        }
    }

    #[inline]
    fn lines(&self, field: RequestField) -> impl Iterator<Item = &HeaderValue> {
        self.0.headers().get_all(names!(field, RequestField:
            Origin Method Headers PrivateNetwork Host Upgrade))
    }
}
