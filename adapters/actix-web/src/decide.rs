//! The steps of a decision: about a request, and onto its response.

use actix_web::{HttpMessage, HttpResponse, dev::ServiceRequest, http::StatusCode};
use cors_core::{
    Origin, Permission,
    adapter::{Answer, Decision, Detached, Inside},
};

use crate::{
    ActixCors, ActixWeb,
    framework::RequestView,
    response::{Leave, ResponseView},
    verdict::{leave_verdict, verdict},
};

/// Decides, and emits one event where feature `tracing` is on.
#[inline]
pub(crate) fn decide<'a, P: Into<Permission>>(
    cors: &'a ActixCors,
    request: &'a RequestView<'a>,
    allows: Option<impl FnOnce(&Origin<'_>) -> P>,
) -> Decision<'a, RequestView<'a>> {
    let decision = cors.decide_asking(request, allows);
    #[cfg(feature = "tracing")]
    cors_core::adapter::event(cors, request, request.0.method().as_str(), &decision);
    decision
}

/// The response to a request whose handler does not run, such as a preflight.
#[cold]
pub(crate) fn answer(answer: Answer<'_, RequestView<'_>>, leave: Leave) -> HttpResponse<()> {
    let status = StatusCode::from_u16(answer.status()).unwrap_or_default();
    let mut response = HttpResponse::with_body(status, ());
    answer.apply(&mut ResponseView { response: &mut response, leave, inside: None });
    response
}

/// A decision that waits for the inner service's response.
#[derive(Clone)]
pub(crate) struct Pending {
    head: Detached<ActixWeb>,
    leave: Leave,
    inside: Inside,
}

impl Pending {
    /// Waits with these headers, and leaves the verdict in the request's extensions where it is
    /// wanted.
    #[inline]
    pub(crate) fn new(head: Detached<ActixWeb>, leave: Leave, request: &ServiceRequest) -> Self {
        let decided = head.verdict();
        // The verdict of an outer middleware is not the one that decides the response.
        if leave == Leave::Always || verdict(&request.extensions()).is_some() {
            leave_verdict(&mut request.extensions_mut(), decided);
        }
        Self { head, leave, inside: Inside::decided(decided) }
    }

    /// Calls the inner service, or polls its future: middleware inside is known by it.
    #[inline]
    pub(crate) fn run<T>(&mut self, inner: impl FnOnce() -> T) -> T {
        self.inside.run(inner)
    }

    /// Writes the decision to the inner service's response.
    #[inline]
    pub(crate) fn finish<B>(&mut self, response: &mut HttpResponse<B>) {
        let (leave, inside) = (self.leave, self.inside.report());
        self.head.apply(&mut ResponseView { response, leave, inside });
    }
}
