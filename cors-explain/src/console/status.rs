//! The status codes that messages name, as evidence.

/// Whether a response without CORS headers and with this status is likely that to a preflight.
pub(super) fn is_of_preflight(status: u16) -> bool {
    matches!(status, 204 | 401 | 405 | 501)
}

/// A likely cause of a fault in a response with this status.
pub(super) fn meaning(status: u16) -> Option<(&'static str, String)> {
    let (slug, sentence) = match status {
        301 | 302 | 303 | 307 | 308 => (
            "redirect",
            "a redirect answers before the CORS layer does: request the final URL directly, with the \
             right scheme and the right slash at its end.",
        ),
        401 | 403 => (
            "in-front-of-options",
            "a login or a filter answers before the CORS layer does. A preflight carries no cookies and \
             no Authorization: put the CORS layer first.",
        ),
        405 | 501 => (
            "in-front-of-options",
            "a router without OPTIONS for this path answers before the CORS layer does: put the CORS \
             layer first.",
        ),
        404 => (
            "error-page",
            "no route has this path, or the error page is written outside the CORS layer: check the \
             URL, and put the CORS layer first.",
        ),
        413 => (
            "error-page",
            "the body is too large for a limit in front of the CORS layer: raise the limit, or put the \
             CORS layer first.",
        ),
        429 => (
            "error-page",
            "a rate limit answers before the CORS layer does: put the CORS layer first.",
        ),
        500..=599 => (
            "error-page",
            "the server failed, and its error page is written outside the CORS layer: fix the error \
             first, which the server's log shows.",
        ),
        _ => return None,
    };
    Some((slug, format!("the status is {status}: {sentence}")))
}
