//! What a browser sends for a script.

use cors_core::{Cors, Policy, PolicyErrors, RequestField, method, plain::Request};

/// What a script on a page asks for, with
/// [`fetch`](https://fetch.spec.whatwg.org/#fetch-method).
pub(crate) struct Fetch {
    pub(crate) origin: String,
    pub(crate) method: String,
    pub(crate) path: String,
    /// In lower case, sorted, each once.
    pub(crate) headers: Vec<String>,
}

impl Fetch {
    /// A request that a browser would make, or what a script may not ask for.
    pub(crate) fn new(
        origin: &str,
        method: &str,
        path: &str,
        headers: &[String],
    ) -> Result<Self, PolicyErrors> {
        // What a policy cannot allow is what no browser sends.
        let allowing =
            Policy::new().allow_any_origin().allow_methods([method]).allow_headers(headers);
        let _: Cors = allowing.compile()?;
        let mut headers: Vec<_> = headers.iter().map(|name| name.to_ascii_lowercase()).collect();
        headers.sort_unstable();
        headers.dedup();
        Ok(Self {
            origin: origin.to_owned(),
            method: method::normalize(method).to_owned(),
            path: path.to_owned(),
            headers,
        })
    }

    /// Whether the browser asks first. What `--header` names is taken as not
    /// [safelisted](https://fetch.spec.whatwg.org/#cors-safelisted-request-header), whatever its
    /// value would be.
    pub(crate) fn needs_preflight(&self) -> bool {
        !method::is_safelisted(self.method.as_bytes()) || !self.headers.is_empty()
    }

    /// The [CORS-preflight request](https://fetch.spec.whatwg.org/#cors-preflight-request).
    pub(crate) fn preflight(&self) -> Request {
        let mut headers = vec![
            (RequestField::Origin.name(), self.origin.clone()),
            (RequestField::Method.name(), self.method.clone()),
        ];
        if !self.headers.is_empty() {
            headers.push((RequestField::Headers.name(), self.headers.join(",")));
        }
        Request::new("OPTIONS", headers).to(&*self.path)
    }

    /// The request itself.
    pub(crate) fn actual(&self) -> Request {
        let origin = (RequestField::Origin.name(), self.origin.as_str());
        let headers = self.headers.iter().map(|name| (name.as_str(), "…"));
        Request::new(self.method.as_str(), std::iter::once(origin).chain(headers)).to(&*self.path)
    }
}
