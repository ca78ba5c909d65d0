//! What a script asks for.

use alloc::{string::String, vec::Vec};

/// The arguments of [`fetch()`](https://fetch.spec.whatwg.org/#dom-global-fetch), as far as CORS
/// looks at them, and the page that calls it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Request {
    /// The page's origin as it is serialized: `null` or a tuple origin.
    pub origin: String,
    /// The URL, absolute.
    pub url: String,
    /// The method as the script writes it.
    pub method: String,
    /// The headers that the script sets, names in any case.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The [mode](https://fetch.spec.whatwg.org/#concept-request-mode).
    pub mode: Mode,
    /// The [credentials mode](https://fetch.spec.whatwg.org/#concept-request-credentials-mode).
    pub credentials: Credentials,
    /// Whether an upload listener was added before an `XMLHttpRequest` was sent.
    pub upload_listener: bool,
    /// Whether the body is a stream.
    pub stream_body: bool,
}

/// A [request's mode](https://fetch.spec.whatwg.org/#concept-request-mode).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Mode {
    /// `cors`: other origins are asked.
    #[default]
    Cors,
    /// `no-cors`: other origins are not asked, and nothing of theirs is read.
    NoCors,
    /// `same-origin`: other origins are out of reach.
    SameOrigin,
}

/// A [request's credentials mode](https://fetch.spec.whatwg.org/#concept-request-credentials-mode).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Credentials {
    /// `omit`: none are sent.
    Omit,
    /// `same-origin`: other origins get none.
    #[default]
    SameOrigin,
    /// `include`: other origins get them as well.
    Include,
}

impl Request {
    /// A request without headers, in the modes that `fetch()` has by default.
    pub fn new(
        origin: impl Into<String>,
        url: impl Into<String>,
        method: impl Into<String>,
    ) -> Self {
        Self { origin: origin.into(), url: url.into(), method: method.into(), ..Self::default() }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets [`credentials`](Self::credentials).
    #[must_use]
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = credentials;
        self
    }

    /// Sets [`mode`](Self::mode).
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }
}
