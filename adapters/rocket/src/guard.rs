//! Request guards: the verdict, and a refusal where it is a denied origin's.

use cors_core::Verdict;
use rocket::{
    Ignite, Request, Rocket, Sentinel,
    http::Status,
    request::{FromRequest, Outcome},
};

use crate::{framework::RequestView, preflight::Preflights, verdict};

/// What the fairing around the handler decided about the request. Rocket refuses to launch where no
/// [`CorsFairing`](crate::CorsFairing) is attached. Where none covers the path, the guard fails with
/// 500, and `Option<CorsVerdict>` is `None`.
///
/// A denied request runs its handler all the same: CORS keeps a script from reading, and nobody
/// from asking.
///
/// ```
/// use cors_rocket::CorsVerdict;
///
/// #[rocket::get("/")]
/// fn why(cors: CorsVerdict) -> String {
///     cors.0.to_string()
/// }
/// # rocket::build().mount("/", rocket::routes![why]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CorsVerdict(pub Verdict);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for CorsVerdict {
    type Error = Refusal;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Refusal> {
        match verdict(request) {
            Some(verdict) => Outcome::Success(Self(verdict)),
            None => Outcome::Error((Status::InternalServerError, Refusal::NoVerdict)),
        }
    }
}

impl Sentinel for CorsVerdict {
    fn abort(rocket: &Rocket<Ignite>) -> bool {
        rocket.state::<Preflights>().is_none()
    }
}

/// A request whose origin is allowed, or the server's own: anything else fails with 403. For
/// handlers that open a WebSocket or change state, which browsers leave to the server to check.
///
/// ```
/// use cors_rocket::AllowedOrigin;
///
/// #[rocket::post("/transfer")]
/// fn transfer(_origin: AllowedOrigin) -> &'static str {
///     "done"
/// }
/// # rocket::build().mount("/", rocket::routes![transfer]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AllowedOrigin(());

#[rocket::async_trait]
impl<'r> FromRequest<'r> for AllowedOrigin {
    type Error = Refusal;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Refusal> {
        let host = request.host().map(ToString::to_string);
        let host = host.as_deref().map(str::as_bytes);
        CorsVerdict::from_request(request).await.and_then(|CorsVerdict(verdict)| {
            match cors_core::refuses(verdict, &RequestView(request), host) {
                true => Outcome::Error((Status::Forbidden, Refusal::DeniedOrigin)),
                false => Outcome::Success(Self(())),
            }
        })
    }
}

impl Sentinel for AllowedOrigin {
    fn abort(rocket: &Rocket<Ignite>) -> bool {
        CorsVerdict::abort(rocket)
    }
}

/// Why a guard failed, as rocket's log shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// No fairing covers the path, and the mistake is the server's: attach one, or widen its
    /// [`at`](crate::CorsFairing::at).
    NoVerdict,
    /// The origin is denied, and not the server's own.
    DeniedOrigin,
}
