//! The verdict, where handlers and other middleware can take it.

use std::{
    fmt,
    future::{Ready, ready},
};

use actix_web::{
    Error, FromRequest, HttpMessage, HttpRequest, ResponseError,
    dev::{Extensions, Payload},
    error::ErrorForbidden,
    http::header::{self, HeaderValue},
};
use cors_core::Verdict;

use crate::framework::RequestView;

/// A verdict, left beside a request or a response.
struct Left(Verdict);

pub(crate) fn leave_verdict(extensions: &mut Extensions, verdict: Verdict) {
    extensions.insert(Left(verdict));
}

/// The verdict that was left in a request's or a response's extensions, if any.
pub fn verdict(extensions: &Extensions) -> Option<Verdict> {
    extensions.get().map(|Left(verdict)| *verdict)
}

/// What the middleware around the handler decided about the request. It needs
/// [`CorsMiddleware::leave_verdict`](crate::CorsMiddleware::leave_verdict), and is an error without;
/// `Option<CorsVerdict>` is `None` then.
///
/// A denied request runs its handler all the same: CORS keeps a script from reading, and nobody
/// from asking. A handler that does more than answer asks the verdict:
///
/// ```
/// use actix_web::{Error, error::ErrorForbidden};
/// use cors_actix_web::CorsVerdict;
///
/// async fn handler(CorsVerdict(verdict): CorsVerdict) -> Result<&'static str, Error> {
///     if verdict.is_origin_denied() { Err(ErrorForbidden(verdict)) } else { Ok("welcome") }
/// }
/// # actix_web::App::new().route("/", actix_web::web::get().to(handler));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CorsVerdict(pub Verdict);

impl FromRequest for CorsVerdict {
    type Error = MissingVerdict;
    type Future = Ready<Result<Self, MissingVerdict>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(verdict(&request.extensions()).map(Self).ok_or(MissingVerdict))
    }
}

/// A request whose origin is allowed, or the server's own: anything else is answered with 403. For
/// handlers that open a WebSocket or change state, which browsers leave to the server to check. It
/// needs [`CorsMiddleware::leave_verdict`](crate::CorsMiddleware::leave_verdict).
///
/// ```
/// use cors_actix_web::AllowedOrigin;
///
/// async fn transfer(_: AllowedOrigin) -> &'static str {
///     "done"
/// }
/// # actix_web::App::new().route("/transfer", actix_web::web::post().to(transfer));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AllowedOrigin(());

impl FromRequest for AllowedOrigin {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match verdict(&request.extensions()) {
            None => Err(MissingVerdict.into()),
            Some(verdict) if refuses(verdict, request) => Err(ErrorForbidden(verdict)),
            Some(_) => Ok(Self(())),
        })
    }
}

/// Whether a request should be refused that no browser will stop: see [`cors_core::refuses`].
pub fn refuses(verdict: Verdict, request: &HttpRequest) -> bool {
    // HTTP/2 has the host in the target alone. `ConnectionInfo::host` is not asked: it believes
    // `X-Forwarded-Host`, whoever sent it.
    let authority = request.uri().authority().map(|authority| authority.as_str().as_bytes());
    let host = request.headers().get(header::HOST).map(HeaderValue::as_bytes);
    cors_core::refuses(verdict, &RequestView::from(request), host.or(authority))
}

/// The error of [`CorsVerdict`]: no middleware left a verdict. It answers 500, because the mistake
/// is the server's.
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

impl ResponseError for MissingVerdict {}
