//! [HTTP-redirect fetch](https://fetch.spec.whatwg.org/#http-redirect-fetch).

use super::{
    fetch::Fetch,
    preflight::AUTHORIZATION,
    reason::{Cause, Reason},
    request::Mode,
    response::isomorphic,
    safelist,
};

/// How many redirects are followed.
const LIMIT: u8 = 20;

/// The [request-body-header names](https://fetch.spec.whatwg.org/#request-body-header-name).
const OF_BODIES: [&str; 4] =
    ["content-encoding", "content-language", "content-location", "content-type"];

/// A [redirect status](https://fetch.spec.whatwg.org/#redirect-status).
pub(super) const fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

impl Fetch<'_> {
    /// Turns to where a redirect leads, or refuses.
    pub(super) fn redirect(&mut self, status: u16, location: &[u8]) -> Result<(), Reason> {
        let text = isomorphic(location);
        let refused = |cause| Err(self.request.reason(cause).about(&*text));
        let Some(url) = self.url.join(&text) else { return refused(Cause::RedirectLocation) };
        if !url.is_http() {
            return refused(Cause::RedirectScheme);
        }
        if self.redirects == LIMIT {
            return refused(Cause::TooManyRedirects);
        }
        let page = &self.request.context.page;
        let crosses = self.mode == Mode::Cors && !url.is_of_origin(page) || self.is_cors();
        if crosses && url.has_credentials() {
            return refused(Cause::RedirectCredentials);
        }
        if status != 303 && self.stream_body {
            return refused(Cause::RedirectBody);
        }
        let becomes_get = match &*self.request.method {
            "POST" => matches!(status, 301..=303),
            "GET" | "HEAD" => false,
            _ => status == 303,
        };
        let stays = url.is_same_origin(&self.url);
        let taints = !stays && !self.url.is_of_origin(page);

        let request = &mut self.request;
        if becomes_get {
            request.method = "GET".into();
            self.stream_body = false;
            request.headers.retain(|(name, _)| !OF_BODIES.contains(&&**name));
        }
        if !stays {
            request.headers.retain(|(name, _)| name != AUTHORIZATION);
        }
        request.unsafe_names = safelist::unsafe_names(&request.headers);
        request.context.is_tainted |= taints;
        let from = core::mem::replace(&mut request.context.url, url.as_str().into());
        request.context.redirected_from.get_or_insert(from);
        self.redirects += 1;
        self.url = url;
        Ok(())
    }
}
