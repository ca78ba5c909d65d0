//! The verdict, where a handler can take it.

use std::{convert::Infallible, fmt};

use axum_core::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    response::{IntoResponse, Response},
};
use cors_core::Verdict;
use cors_tower::RequestView;
use http::{StatusCode, request::Parts};

/// What the layer around the handler decided about the request. It needs
/// [`CorsLayer::leave_verdict`](crate::CorsLayer::leave_verdict), and is rejected without;
/// `Option<CorsVerdict>` is `None` then.
///
/// A denied request runs its handler all the same: CORS keeps a script from reading, and nobody
/// from asking. A handler that opens a WebSocket, which browsers leave to the server to check, asks
/// the verdict:
///
/// ```
/// use axum::http::StatusCode;
/// use cors_axum::CorsVerdict;
///
/// async fn handler(CorsVerdict(verdict): CorsVerdict) -> Result<&'static str, StatusCode> {
///     if verdict.is_origin_denied() { Err(StatusCode::FORBIDDEN) } else { Ok("welcome") }
/// }
/// # axum::Router::<()>::new().route("/", axum::routing::get(handler));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CorsVerdict(pub Verdict);

impl<S: Sync> FromRequestParts<S> for CorsVerdict {
    type Rejection = MissingVerdict;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, MissingVerdict> {
        cors_tower::verdict(&parts.extensions).map(Self).ok_or(MissingVerdict)
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for CorsVerdict {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
        Ok(cors_tower::verdict(&parts.extensions).map(Self))
    }
}

/// A request whose origin is allowed, or the server's own: anything else is rejected with 403. For
/// handlers that open a WebSocket or change state, which browsers leave to the server to check. It
/// needs [`CorsLayer::leave_verdict`](crate::CorsLayer::leave_verdict).
///
/// ```
/// use cors_axum::AllowedOrigin;
///
/// async fn transfer(_: AllowedOrigin) -> &'static str {
///     "done"
/// }
/// # axum::Router::<()>::new().route("/transfer", axum::routing::post(transfer));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AllowedOrigin(());

impl<S: Sync> FromRequestParts<S> for AllowedOrigin {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let verdict =
            cors_tower::verdict(&parts.extensions).ok_or_else(|| MissingVerdict.into_response())?;
        let view = RequestView {
            method: &parts.method,
            uri: &parts.uri,
            headers: &parts.headers,
            extensions: &parts.extensions,
            sent_uri: None,
        };
        match cors_tower::refuses(verdict, &view) {
            true => Err((StatusCode::FORBIDDEN, verdict.to_string()).into_response()),
            false => Ok(Self(())),
        }
    }
}

/// The rejection of [`CorsVerdict`]: no layer left a verdict. It answers 500, because the mistake
/// is the server's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MissingVerdict;

impl fmt::Display for MissingVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "no CORS verdict for this handler: add `.leave_verdict()` to a CorsLayer that wraps it",
        )
    }
}

impl std::error::Error for MissingVerdict {}

impl IntoResponse for MissingVerdict {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, self.to_string()).into_response()
    }
}
