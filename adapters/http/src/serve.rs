//! The steps of a decision, for adapters, and all of them around a handler.

use std::{
    future::{Future, poll_fn},
    pin::pin,
};

use cors_core::{
    Origin, OwnedOrigin, Permission, Verdict,
    adapter::{Answer, Decision, Detached, Inside, Outside},
};
use http::{Extensions, HeaderValue, Request, Response, StatusCode, header, request::Parts};

use crate::{
    CorsBody, Http, HttpCors, HttpResponse, Leave, RequestView, ResponseView, leave_verdict,
};

/// Serves a request: answers a preflight, or runs the handler and writes the decision to its
/// response. An error of the handler's passes as it is: nothing can be written to it.
pub async fn serve<Req, Res, E, F, Fut>(
    cors: &HttpCors,
    request: Request<Req>,
    handler: F,
) -> Result<Response<CorsBody<Res>>, E>
where
    F: FnOnce(Request<Req>) -> Fut,
    Fut: Future<Output = Result<Response<Res>, E>>,
{
    serve_decided(cors, request, NONE, handler).await
}

/// Like [`serve`], but calls `allows` for an origin that the policy does not list.
///
/// ```
/// use cors_http::Policy;
/// use http::{Request, Response};
///
/// # async fn run(request: Request<()>) -> Result<(), Box<dyn std::error::Error>> {
/// # async fn hello(_: Request<()>) -> Result<Response<&'static str>, std::convert::Infallible> {
/// #     Ok(Response::new("hello"))
/// # }
/// let cors = Policy::new().dynamic_origins().compile()?.render();
/// let response =
///     cors_http::serve_if(&cors, request, |origin, _| origin.is_under("example.com"), hello).await?;
/// # drop(response);
/// # Ok(())
/// # }
/// ```
pub async fn serve_if<Req, Res, E, P, F, Fut>(
    cors: &HttpCors,
    request: Request<Req>,
    allows: impl FnOnce(&Origin<'_>, &RequestView<'_>) -> P,
    handler: F,
) -> Result<Response<CorsBody<Res>>, E>
where
    P: Into<Permission>,
    F: FnOnce(Request<Req>) -> Fut,
    Fut: Future<Output = Result<Response<Res>, E>>,
{
    serve_decided(cors, request, Some(allows), handler).await
}

/// Like [`serve_if`], for a predicate that is awaited. The future may borrow what the caller holds.
///
/// ```
/// use cors_http::Policy;
/// use http::{Request, Response};
///
/// # struct Tenants;
/// # impl Tenants { async fn allows(&self, _: &str) -> Result<bool, std::io::Error> { Ok(true) } }
/// # async fn run(request: Request<()>, db: &Tenants) -> Result<(), Box<dyn std::error::Error>> {
/// # async fn hello(_: Request<()>) -> Result<Response<&'static str>, std::convert::Infallible> {
/// #     Ok(Response::new("hello"))
/// # }
/// let cors = Policy::new().dynamic_origins().compile()?.render();
/// let response = cors_http::serve_if_async(
///     &cors,
///     request,
///     |origin, _request| async move { db.allows(&origin).await },
///     hello,
/// )
/// .await?;
/// # drop(response);
/// # Ok(())
/// # }
/// ```
pub async fn serve_if_async<Req, Res, E, A, Asked, F, Fut>(
    cors: &HttpCors,
    request: Request<Req>,
    allows: A,
    handler: F,
) -> Result<Response<CorsBody<Res>>, E>
where
    A: FnOnce(OwnedOrigin, Parts) -> Asked,
    Asked: Future<Output: Into<Permission>>,
    F: FnOnce(Request<Req>) -> Fut,
    Fut: Future<Output = Result<Response<Res>, E>>,
{
    let view = RequestView::from(&request);
    let undecided = cors.undecided_origin(&view).map(|origin| (origin.into_owned(), view.parts()));
    let permission = match undecided {
        Some((origin, parts)) => allows(origin, parts).await.into(),
        None => Permission::deny(),
    };
    let allows = |_: &Origin<'_>, _: &RequestView<'_>| permission;
    serve_decided(cors, request, Some(allows), handler).await
}

async fn serve_decided<Req, Res, E, P, F, Fut>(
    cors: &HttpCors,
    mut request: Request<Req>,
    allows: Option<impl FnOnce(&Origin<'_>, &RequestView<'_>) -> P>,
    handler: F,
) -> Result<Response<CorsBody<Res>>, E>
where
    P: Into<Permission>,
    F: FnOnce(Request<Req>) -> Fut,
    Fut: Future<Output = Result<Response<Res>, E>>,
{
    let view = RequestView::from(&request);
    let allows = allows.map(|allows| |origin: &Origin<'_>| allows(origin, &view));
    let head = match decide(cors, &view, allows) {
        Decision::Forward(forward) => forward.detach(),
        Decision::Answer(preflight) => return Ok(answer(preflight, Leave::WhenNeeded)),
    };
    let mut pending = Pending::new(head, Leave::WhenNeeded, request.extensions_mut());
    let future = pending.run(|| handler(request));
    let mut response = pending.wait(future).await?;
    pending.finish(&mut response);
    Ok(response.map(CorsBody::new))
}

/// No predicate.
const NONE: Option<fn(&Origin<'_>, &RequestView<'_>) -> bool> = None;

/// Decides, and emits one event where feature `tracing` is on. `allows` is the predicate, if there is
/// one: see [`Cors::decide_asking`](cors_core::Cors::decide_asking).
#[inline(always)]
pub fn decide<'a, 'r, P: Into<Permission>>(
    cors: &'a HttpCors,
    request: &'a RequestView<'r>,
    allows: Option<impl FnOnce(&Origin<'_>) -> P>,
) -> Decision<'a, RequestView<'r>> {
    let decision = cors.decide_asking(request, allows);
    #[cfg(feature = "tracing")]
    cors_core::adapter::event(cors, request, request.method.as_str(), &decision);
    decision
}

/// The response to a request whose handler does not run, such as a preflight.
pub fn answer<B>(answer: Answer<'_, RequestView<'_>>, leave: Leave) -> Response<CorsBody<B>> {
    let mut response = Response::new(CorsBody::empty());
    *response.status_mut() = StatusCode::from_u16(answer.status()).unwrap_or_default();
    answer.apply(&mut ResponseView::new(&mut response, leave));
    response
}

/// A decision that waits for the handler's response.
#[derive(Clone, Debug)]
pub struct Pending {
    head: Detached<Http>,
    leave: Leave,
    inside: Inside,
}

impl Pending {
    /// Waits with these headers, and leaves the verdict in the request's extensions where it is
    /// wanted.
    #[inline(always)]
    pub fn new(head: Detached<Http>, leave: Leave, request: &mut Extensions) -> Self {
        let verdict = head.verdict();
        // The verdict of an outer layer is not the one that decides the response.
        if leave == Leave::Always || crate::verdict(request).is_some() {
            leave_verdict(request, verdict);
        }
        Self { head, leave, inside: Inside::decided(verdict) }
    }

    /// The first half of [`run`](Self::run), for a service that takes the request: moving it into a
    /// closure costs as much as the decision.
    #[inline(always)]
    pub fn enter(&self) -> Outside {
        Inside::enter()
    }

    /// The second half of [`run`](Self::run).
    #[inline(always)]
    pub fn leave(&mut self, outside: Outside) {
        self.inside.leave(outside);
    }

    /// Runs the handler, or polls its future. Every call and every poll goes through this: layers
    /// inside are known by it.
    #[inline]
    pub fn run<T>(&mut self, handler: impl FnOnce() -> T) -> T {
        self.inside.run(handler)
    }

    /// Waits for the handler's future.
    pub async fn wait<T>(&mut self, handler: impl Future<Output = T>) -> T {
        let mut handler = pin!(handler);
        poll_fn(|context| self.run(|| handler.as_mut().poll(context))).await
    }

    /// Writes the decision to the handler's response.
    #[inline]
    pub fn finish(&mut self, response: &mut impl HttpResponse) {
        let mut view = ResponseView::new(response, self.leave).around(self.inside);
        self.head.apply(&mut view);
    }
}

/// Whether a request should be refused that no browser will stop: see [`cors_core::refuses`].
pub fn refuses(verdict: Verdict, request: &RequestView<'_>) -> bool {
    // HTTP/2 has the host in the target alone.
    let authority = request.uri.authority().map(|authority| authority.as_str().as_bytes());
    let host = request.headers.get(header::HOST).map(HeaderValue::as_bytes);
    cors_core::refuses(verdict, request, host.or(authority))
}
