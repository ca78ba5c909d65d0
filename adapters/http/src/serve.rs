//! The steps of a decision, for adapters, and all of them around a handler.

use std::{
    future::{Future, poll_fn},
    pin::pin,
};

use cors_core::{
    Origin, Verdict,
    adapter::{Answer, Decision, Detached, Inside, Outside},
};
use http::{Extensions, HeaderValue, Request, Response, StatusCode, header};

use crate::{
    CorsBody, Http, HttpCors, HttpResponse, Leave, RequestView, ResponseView, leave_verdict,
};

/// Serves a request: answers a preflight, or runs the handler and writes the decision to its
/// response. An error of the handler's passes as it is: nothing can be written to it.
pub async fn serve<Req, Res, E, F, Fut>(
    cors: &HttpCors,
    mut request: Request<Req>,
    handler: F,
) -> Result<Response<CorsBody<Res>>, E>
where
    F: FnOnce(Request<Req>) -> Fut,
    Fut: Future<Output = Result<Response<Res>, E>>,
{
    let view = RequestView::from(&request);
    let head = match decide(cors, &view, NONE) {
        Decision::Forward(forward) => forward.detach(),
        Decision::Answer(preflight) => return Ok(answer(preflight, Leave::WhenNeeded)),
    };
    let mut pending = Pending::new(head, Leave::WhenNeeded, request.extensions_mut());
    let future = pending.run(|| handler(request));
    let mut response = pending.wait(future).await?;
    pending.finish(&mut response);
    Ok(response.map(CorsBody::new))
}

/// No predicate, for [`decide`].
pub const NONE: Option<fn(&Origin<'_>) -> bool> = None;

/// Decides, and emits one event where feature `tracing` is on. `allows` is the predicate, if there is
/// one: see [`Cors::decide_asking`](cors_core::Cors::decide_asking).
#[inline(always)]
pub fn decide<'a, 'r>(
    cors: &'a HttpCors,
    request: &'a RequestView<'r>,
    allows: Option<impl FnOnce(&Origin<'_>) -> bool>,
) -> Decision<'a, RequestView<'r>> {
    let decision = cors.decide_asking(request, allows);
    #[cfg(feature = "tracing")]
    cors_core::adapter::event(cors, request, request.method.as_str(), &decision);
    decision
}

/// The response to a preflight.
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
