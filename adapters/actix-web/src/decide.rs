//! The steps of a decision: about a request, and onto its response.

use actix_web::{HttpResponse, http::StatusCode};
use cors_core::{Answer, Decision, Detached, Origin};

use crate::{
    ActixCors, ActixWeb,
    carrier::{RequestView, ResponseView},
    verdict::{leave_verdict, verdict},
};

/// When a verdict is left in a response's extensions, for [`verdict`] to find.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Leave {
    /// When a middleware around this one could not tell otherwise that this one decided. It spares
    /// the allocation of the extensions.
    WhenNeeded,
    /// On every request and response, so that any code may read it.
    Always,
}

/// Decides, and says so in one event where feature `tracing` is on.
#[inline]
pub(crate) fn decide<'a>(
    cors: &'a ActixCors,
    request: &'a RequestView<'a>,
    allows: impl FnOnce(&Origin<'_>) -> bool,
) -> Decision<'a, RequestView<'a>> {
    let decision = cors.decide_with(request, allows);
    #[cfg(feature = "tracing")]
    event(&decision, request);
    decision
}

/// The response to a preflight.
pub(crate) fn answer(answer: Answer<'_, RequestView<'_>>, leave: Leave) -> HttpResponse<()> {
    let status = StatusCode::from_u16(answer.status()).unwrap_or_default();
    let mut response = HttpResponse::with_body(status, ());
    if leave == Leave::Always {
        leave_verdict(&mut response.extensions_mut(), answer.verdict());
    }
    answer.apply(&mut ResponseView(response.headers_mut()));
    response
}

/// Writes a decision to the inner service's response.
#[inline]
pub(crate) fn finish<B>(head: Detached<ActixWeb>, response: &mut HttpResponse<B>, leave: Leave) {
    let decided = head.verdict();
    let inner = verdict(&response.extensions());
    let applied = head.apply(&mut ResponseView(response.headers_mut()), inner);
    if applied.leaves_verdict(leave == Leave::Always) {
        leave_verdict(&mut response.extensions_mut(), decided);
    }
}

/// One event for a decision, at DEBUG: a refusal is the policy at work, and nothing to warn of.
#[cfg(feature = "tracing")]
fn event(decision: &Decision<'_, RequestView<'_>>, request: &RequestView<'_>) {
    use cors_core::{RequestField, RequestHead, Verdict};

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
