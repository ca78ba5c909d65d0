//! [HTTP-redirect fetch](https://fetch.spec.whatwg.org/#http-redirect-fetch).

use super::{
    cors_request::{CorsRequest, Why},
    reason::{Cause, Reason},
    response::isomorphic,
    safelist::AUTHORIZATION,
    url::Url,
};

/// The largest number of redirects that are followed.
const LIMIT: u8 = 20;

/// The [request-body-header names](https://fetch.spec.whatwg.org/#request-body-header-name).
const OF_BODIES: [&str; 4] =
    ["content-encoding", "content-language", "content-location", "content-type"];

/// A redirect, and the request that received it.
pub(super) struct Redirect<'r> {
    pub(super) status: u16,
    pub(super) location: &'r [u8],
    /// The number of redirects before this one.
    pub(super) before: u8,
    /// Whether the request went to another origin, by CORS.
    pub(super) crosses: bool,
    pub(super) is_cors_mode: bool,
    pub(super) stream_body: bool,
}

/// Changes a request as the redirect demands, and returns where it goes next.
pub(super) fn follow(
    request: &mut CorsRequest,
    at: &Url,
    redirect: &Redirect<'_>,
) -> Result<Url, Reason> {
    let text = isomorphic(redirect.location);
    let refused = |cause| Err(request.reason(cause).about(&*text));
    let Some(url) = at.join(&text) else { return refused(Cause::RedirectLocation) };
    if !url.is_http() {
        return refused(Cause::RedirectScheme);
    }
    if redirect.before == LIMIT {
        return refused(Cause::TooManyRedirects);
    }
    let page = &request.context.page;
    let crosses = redirect.is_cors_mode && !url.is_of_origin(page) || redirect.crosses;
    if crosses && url.has_credentials() {
        return refused(Cause::RedirectCredentials);
    }
    if redirect.status != 303 && redirect.stream_body {
        return refused(Cause::RedirectBody);
    }
    let becomes_get = match &*request.method {
        "POST" => matches!(redirect.status, 301..=303),
        "GET" | "HEAD" => false,
        _ => redirect.status == 303,
    };
    let stays = url.is_same_origin(at);
    let taints = !stays && !at.is_of_origin(page);

    let repeats = redirect.crosses && request.profile.repeats_preflights();
    if repeats && request.preflight_needed().is_some() {
        request.flag = Some(Why::Redirect);
    }
    if becomes_get {
        request.method = "GET".into();
        request.headers.retain(|(name, _)| !OF_BODIES.contains(&&**name));
    }
    if !stays {
        request.headers.retain(|(name, _)| name != AUTHORIZATION);
    }
    if !(repeats && request.profile.preflight_names_removed()) {
        request.unsafe_names = request.profile.unsafe_names(&request.headers);
    }
    request.context.is_tainted |= taints;
    let from = core::mem::replace(&mut request.context.url, url.as_str().into());
    request.context.redirected_from.get_or_insert(from);
    Ok(url)
}
