//! How rocket holds what the engine reads and writes.

use std::{borrow::Cow, convert::Infallible};

use cors_core::{
    Verdict,
    adapter::{Framework, RequestField, RequestHead, ResponseField, ResponseHead, literal},
};
use rocket::{Request, Response, http::Method};

/// The header values of rocket 0.5.
#[derive(Clone, Copy, Debug)]
pub enum RocketFramework {}

/// A header value. Rocket's own borrows from the request, which a compiled policy outlives: so what
/// comes from the request is named here, and borrowed where it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HeaderValue {
    /// Text of the policy's.
    Text(Cow<'static, str>),
    /// What the request's first line of this name says.
    Received(RequestField),
}

impl Framework for RocketFramework {
    type Value = HeaderValue;
    type Line<'a> = (RequestField, &'a str);
    type Template = Infallible;
    const ANY: HeaderValue = HeaderValue::Text(Cow::Borrowed(literal::ANY));
    const TRUE: HeaderValue = HeaderValue::Text(Cow::Borrowed(literal::TRUE));
    const VARY_ORIGIN: HeaderValue = HeaderValue::Text(Cow::Borrowed(literal::ORIGIN));

    fn value(text: Cow<'static, str>) -> HeaderValue {
        HeaderValue::Text(text)
    }

    fn bytes<'a>((_, line): Self::Line<'a>) -> &'a [u8] {
        line.as_bytes()
    }

    // The engine sends back a line only where it is the first of its name.
    fn line_value((field, _): (RequestField, &str)) -> HeaderValue {
        HeaderValue::Received(field)
    }
}

pub(crate) struct RequestView<'a, 'r>(pub(crate) &'a Request<'r>);

impl RequestHead for RequestView<'_, '_> {
    type Framework = RocketFramework;

    fn is_options(&self) -> bool {
        self.0.method() == Method::Options
    }

    fn path(&self) -> &[u8] {
        self.0.uri().path().raw().as_bytes()
    }

    fn method(&self) -> &[u8] {
        self.0.method().as_str().as_bytes()
    }

    // Rocket does not show it.
    fn authority(&self) -> Option<&[u8]> {
        None
    }

    fn header(&self, name: &str) -> Option<&[u8]> {
        let mut lines = self.0.headers().get(name);
        match (lines.next(), lines.next()) {
            (Some(value), None) => Some(value.as_bytes()),
            _ => None,
        }
    }

    fn lines(&self, field: RequestField) -> impl Iterator<Item = (RequestField, &str)> {
        self.0.headers().get(field.name()).map(move |line| (field, line))
    }
}

pub(crate) struct ResponseView<'a, 'r, 's> {
    pub(crate) request: &'r Request<'s>,
    pub(crate) response: &'a mut Response<'r>,
    /// The verdict of another fairing, which decided about this request.
    pub(crate) decided: Option<Verdict>,
}

impl<'r> ResponseView<'_, 'r, '_> {
    fn varies_by_origin(&self) -> bool {
        let names =
            |name: &str| name == "*" || name.eq_ignore_ascii_case(RequestField::Origin.name());
        let mut lines = self.response.headers().get(ResponseField::Vary.name());
        lines.any(|line| line.split(',').any(|name| names(name.trim())))
    }

    fn text(&self, value: HeaderValue) -> Cow<'r, str> {
        match value {
            HeaderValue::Text(text) => text,
            HeaderValue::Received(field) => {
                self.request.headers().get_one(field.name()).unwrap_or_default().into()
            }
        }
    }
}

impl ResponseHead for ResponseView<'_, '_, '_> {
    type Framework = RocketFramework;

    fn lines(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.response.headers().iter().filter_map(|header| {
            // The lines that rocket's iterator makes are borrowed from the map, all of them.
            match (header.name.into_cow(), header.value) {
                (Cow::Borrowed(name), Cow::Borrowed(value)) => Some((name, value.as_bytes())),
                _ => None,
            }
        })
    }

    fn insert(&mut self, field: ResponseField, value: HeaderValue) {
        self.response.set_raw_header(field.name(), self.text(value));
    }

    fn append(&mut self, field: ResponseField, value: HeaderValue) {
        self.response.adjoin_raw_header(field.name(), self.text(value));
    }

    fn remove(&mut self, field: ResponseField) {
        self.response.remove_header(field.name());
    }

    // Code between two fairings cannot clear the local cache, but it can remove the inner fairing's
    // `Vary`. The response then no longer counts as decided by the inner fairing.
    fn verdict(&self) -> Option<Verdict> {
        self.decided.filter(|_| self.varies_by_origin())
    }

    fn inside(&self) -> Option<Verdict> {
        self.decided
    }

    // Nothing is left with the response: the request's local cache has the verdict.
    fn leave_verdict(&mut self, _: Verdict) {}
}
