//! The reasons why a browser blocks a request or a response.

mod cause;
mod console;

use alloc::{boxed::Box, format, string::String};
use core::fmt;

pub use cause::{Cause, Stage};

/// Why a browser did not send a request, or did not give its response to the script: the [`Cause`],
/// and its subject.
///
/// It prints as one clause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason {
    cause: Cause,
    /// The method, the header, the status or the URL that the cause is about, if there is one.
    subject: String,
    received: Option<String>,
    fix: Option<String>,
    /// The origin that was expected, for a mismatch.
    origin: String,
    context: Box<Context>,
}

/// The request that a reason is about.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Context {
    /// The page's origin.
    pub(super) page: String,
    /// Whether a redirect [tainted](https://fetch.spec.whatwg.org/#concept-request-tainted-origin)
    /// the origin.
    pub(super) is_tainted: bool,
    pub(super) url: String,
    /// The URL that the script asked for, if redirects led elsewhere.
    pub(super) redirected_from: Option<String>,
}

impl Context {
    /// The origin that is sent.
    pub(super) fn origin(&self) -> &str {
        if self.is_tainted { "null" } else { &self.page }
    }
}

impl Reason {
    pub(super) fn new(cause: Cause, context: &Context) -> Self {
        Self {
            cause,
            subject: String::new(),
            received: None,
            fix: None,
            origin: String::new(),
            context: Box::new(context.clone()),
        }
    }

    pub(super) fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }

    /// The value received is what is wrong.
    pub(super) fn with_value(self, value: String) -> Self {
        self.about(&*value).received(Some(value))
    }

    pub(super) fn received(mut self, value: Option<String>) -> Self {
        self.received = value;
        self
    }

    /// The origin that the header should have.
    pub(super) fn instead_of(mut self, origin: &str) -> Self {
        self.origin = origin.into();
        self
    }

    /// The value that the cause's header would have to have.
    pub(super) fn wanted(mut self, value: impl fmt::Display) -> Self {
        self.fix = self.cause.field().map(|field| format!("{}: {value}", field.name()));
        self
    }

    /// Returns the kind of fault.
    pub fn cause(&self) -> Cause {
        self.cause
    }

    /// Returns the stable name of the kind of fault, such as `actual.acao.missing`.
    pub fn code(&self) -> &'static str {
        self.cause.code()
    }

    /// The method, the header, the status or the URL that the fault is about; empty where the
    /// cause says it all.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The response header that the fault is in, by its name in lower case, and its value as
    /// received: none where it is missing. Several lines are joined by `, `, and a byte is a code
    /// point.
    pub fn header(&self) -> Option<(&'static str, Option<&str>)> {
        self.cause.field().map(|field| (field.name(), self.received.as_deref()))
    }

    /// The header line with which a server would have passed, where one line is enough.
    pub fn fix(&self) -> Option<&str> {
        self.fix.as_deref()
    }

    /// What the console of Chromium says, word for word, of a `fetch()` that is blocked for this
    /// reason. None of faults that it does not report as CORS errors.
    pub fn console(&self) -> Option<String> {
        console::sentence(self)
    }

    fn received_or_empty(&self) -> &str {
        self.received.as_deref().unwrap_or_default()
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = self.cause.words();
        match self.subject.as_str() {
            "" => f.write_str(before)?,
            status if self.cause.is_about_status() => write!(f, "{before} {status}")?,
            subject => write!(f, "{before} {subject:?}")?,
        }
        f.write_str(after)?;
        match self.cause {
            Cause::OriginMismatch(_) => write!(f, ", not {:?}", self.origin),
            _ => Ok(()),
        }
    }
}

impl core::error::Error for Reason {}
