//! The verdict, where a handler can take it.

use std::fmt;

use cors_core::Verdict;
use poem::{
    Error, FromRequest, Request, RequestBody, Result, error::ResponseError, http::StatusCode,
};

use crate::middleware::view;

/// What the middleware around the handler decided about the request. It needs
/// [`CorsMiddleware::leave_verdict`](crate::CorsMiddleware::leave_verdict), and is an error without;
/// `Option<CorsVerdict>` is `None` then.
///
/// A denied request runs its handler all the same: CORS keeps a script from reading, and nobody
/// from asking. A handler that has something to say about it asks the verdict:
///
/// ```
/// use cors_poem::CorsVerdict;
/// use poem::{Result, handler, http::StatusCode};
///
/// #[handler]
/// fn welcome(CorsVerdict(verdict): CorsVerdict) -> Result<&'static str> {
///     if verdict.is_origin_denied() { Err(StatusCode::FORBIDDEN.into()) } else { Ok("welcome") }
/// }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CorsVerdict(pub Verdict);

impl<'a> FromRequest<'a> for CorsVerdict {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        cors_http::verdict(request.extensions()).map(Self).ok_or_else(|| MissingVerdict.into())
    }
}

/// A request whose origin is allowed, or the server's own: anything else is answered 403. For
/// handlers that open a WebSocket or change state, which browsers leave to the server to check. It
/// needs [`CorsMiddleware::leave_verdict`](crate::CorsMiddleware::leave_verdict).
///
/// ```
/// use cors_poem::AllowedOrigin;
/// use poem::handler;
///
/// #[handler]
/// fn transfer(_: AllowedOrigin) -> &'static str {
///     "done"
/// }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AllowedOrigin(());

impl<'a> FromRequest<'a> for AllowedOrigin {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        let CorsVerdict(verdict) = CorsVerdict::from_request(request, body).await?;
        match cors_http::refuses(verdict, &view(request)) {
            true => Err(Error::from_string(verdict.to_string(), StatusCode::FORBIDDEN)),
            false => Ok(Self(())),
        }
    }
}

/// No middleware left a verdict for [`CorsVerdict`] or [`AllowedOrigin`]. It answers 500, because
/// the mistake is the server's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MissingVerdict;

impl fmt::Display for MissingVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "no CORS verdict for this handler: add `.leave_verdict()` to a CorsMiddleware that wraps it",
        )
    }
}

impl std::error::Error for MissingVerdict {}

impl ResponseError for MissingVerdict {
    fn status(&self) -> StatusCode {
        StatusCode::INTERNAL_SERVER_ERROR
    }
}
