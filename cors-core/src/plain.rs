//! Requests and responses of no framework: for tools, for tests, and to start an adapter from.

use alloc::{
    borrow::Cow,
    string::{String, ToString},
    vec::Vec,
};

use core::convert::Infallible;

use crate::{Framework, RequestField, RequestHead, ResponseField, ResponseHead, Verdict, literal};

/// The framework of plain text: header values are text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Plain {}

impl Framework for Plain {
    type Value = Cow<'static, str>;
    type Line<'a> = &'a [u8];
    type Template = Infallible;
    const ANY: Self::Value = Cow::Borrowed(literal::ANY);
    const TRUE: Self::Value = Cow::Borrowed(literal::TRUE);
    const VARY_ORIGIN: Self::Value = Cow::Borrowed(literal::ORIGIN);

    fn value(text: Cow<'static, str>) -> Self::Value {
        text
    }

    fn bytes<'a>(line: Self::Line<'a>) -> &'a [u8] {
        line
    }

    fn line_value(line: &[u8]) -> Cow<'static, str> {
        String::from_utf8_lossy(line).into_owned().into()
    }
}

/// A request's head.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Request {
    /// The method, byte for byte.
    pub method: String,
    /// The target's path, percent-encoded and without a query; empty is as good as `/`.
    pub path: Vec<u8>,
    /// The lines: names in any case, and values as the bytes received.
    pub headers: Vec<(String, Vec<u8>)>,
}

impl Request {
    /// A request with these lines, to `/`.
    pub fn new<N: Into<String>, V: Into<Vec<u8>>>(
        method: impl Into<String>,
        headers: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let headers =
            headers.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { method: method.into(), path: b"/".into(), headers }
    }

    /// The same request to this path.
    pub fn to(mut self, path: impl Into<Vec<u8>>) -> Self {
        self.path = path.into();
        self
    }
}

impl RequestHead for Request {
    type Framework = Plain;
    fn is_options(&self) -> bool {
        self.method == "OPTIONS"
    }

    fn path(&self) -> &[u8] {
        &self.path
    }

    fn method(&self) -> &[u8] {
        self.method.as_bytes()
    }

    fn authority(&self) -> Option<&[u8]> {
        None
    }

    fn header(&self, name: &str) -> Option<&[u8]> {
        let mut lines = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        match (lines.next(), lines.next()) {
            (Some((_, value)), None) => Some(value),
            _ => None,
        }
    }

    fn lines(&self, field: RequestField) -> impl Iterator<Item = &[u8]> {
        self.headers
            .iter()
            .filter(move |(name, _)| name.eq_ignore_ascii_case(field.name()))
            .map(|(_, value)| value.as_slice())
    }
}

/// A response's head.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Response {
    /// The lines, with names in lower case, in the order written.
    pub headers: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    /// The verdict that was left with the response.
    pub verdict: Option<Verdict>,
}

impl Response {
    /// The value of the first line with this name, which is in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// Adds a line, as a handler would.
    pub fn push(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_ascii_lowercase().into(), value.to_string().into()));
    }
}

impl ResponseHead for Response {
    type Framework = Plain;

    fn lines(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (&**name, value.as_bytes()))
    }

    fn insert(&mut self, field: ResponseField, value: Cow<'static, str>) {
        self.remove(field);
        self.append(field, value);
    }

    fn append(&mut self, field: ResponseField, value: Cow<'static, str>) {
        self.headers.push((field.name().into(), value));
    }

    fn remove(&mut self, field: ResponseField) {
        self.headers.retain(|(name, _)| name != field.name());
    }

    fn reserve(&mut self, lines: usize) {
        self.headers.reserve(lines);
    }

    fn verdict(&self) -> Option<Verdict> {
        self.verdict
    }

    fn leave_verdict(&mut self, verdict: Verdict) {
        self.verdict = Some(verdict);
    }
}
