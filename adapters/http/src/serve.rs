//! The steps of a decision, for adapters, and all of them around a handler.

use std::future::Future;

use cors_core::{Answer, Decision, Detached, Origin, Verdict};
use http::{HeaderValue, Request, Response, StatusCode, header};

use crate::{CorsBody, Http, HttpCors, RequestView, ResponseView, leave_verdict, verdict};

/// When a verdict is left in a response's extensions, for [`verdict`] to find.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Leave {
    /// When a layer around this one could not tell otherwise that this one decided. It spares the
    /// allocation of the extensions.
    WhenNeeded,
    /// On every response, so that any code outside may read it.
    Always,
}

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
    let view = RequestView::from(&request);
    let head = match decide(cors, &view, |_| false) {
        Decision::Forward(forward) => forward.detach(),
        Decision::Answer(preflight) => return Ok(answer(preflight, Leave::WhenNeeded)),
    };
    let mut response = handler(request).await?.map(CorsBody::new);
    finish(head, &mut response, Leave::WhenNeeded);
    Ok(response)
}

/// Decides, and says so in one event where feature `tracing` is on.
#[inline]
pub fn decide<'a, 'r>(
    cors: &'a HttpCors,
    request: &'a RequestView<'r>,
    allows: impl FnOnce(&Origin<'_>) -> bool,
) -> Decision<'a, RequestView<'r>> {
    let decision = cors.decide_with(request, allows);
    #[cfg(feature = "tracing")]
    event(&decision, request);
    decision
}

/// The response to a preflight.
pub fn answer<B>(answer: Answer<'_, RequestView<'_>>, leave: Leave) -> Response<CorsBody<B>> {
    let mut response = Response::new(CorsBody::empty());
    *response.status_mut() = StatusCode::from_u16(answer.status()).unwrap_or_default();
    if leave == Leave::Always {
        leave_verdict(response.extensions_mut(), answer.verdict());
    }
    answer.apply(&mut ResponseView(response.headers_mut()));
    response
}

/// Writes a decision to the handler's response.
#[inline]
pub fn finish<B>(head: Detached<Http>, response: &mut Response<B>, leave: Leave) {
    let decided = head.verdict();
    let inner = verdict(response.extensions());
    let applied = head.apply(&mut ResponseView(response.headers_mut()), inner);
    if applied.leaves_verdict(leave == Leave::Always) {
        leave_verdict(response.extensions_mut(), decided);
    }
}

/// Whether a request should be refused that no browser will stop: see [`cors_core::refuses`].
pub fn refuses(verdict: Verdict, request: &RequestView<'_>) -> bool {
    // HTTP/2 has the host in the target alone.
    let authority = request.uri.authority().map(|authority| authority.as_str().as_bytes());
    let host = request.headers.get(header::HOST).map(HeaderValue::as_bytes);
    cors_core::refuses(verdict, request, host.or(authority))
}

/// One event for a decision, at DEBUG: a refusal is the policy at work, and nothing to warn of.
#[cfg(feature = "tracing")]
fn event(decision: &Decision<'_, RequestView<'_>>, request: &RequestView<'_>) {
    use cors_core::{RequestField, RequestHead};

    let verdict = decision.verdict();
    let origin = request.lines(RequestField::Origin).next();
    tracing::debug!(
        target: "cors",
        kind = decision.kind().as_str(),
        origin = origin.map(|origin| tracing::field::display(origin.as_bytes().escape_ascii())),
        outcome = if matches!(verdict, Verdict::Deny(_)) { "denied" } else { "allowed" },
        reason = %verdict,
    );
}
