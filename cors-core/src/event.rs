//! The event of a decision.

use alloc::{format, string::String};
use core::fmt;

use crate::{Cors, Decision, Framework, Lines, RequestField, RequestHead};

/// How many bytes of a path or a header an event shows.
const LONGEST: usize = 200;

/// Emits the event of a decision, at DEBUG with the target `cors`. Adapters call it once for each
/// request. Without a subscriber that takes the event, it does nothing.
///
/// The message is the [`Explanation`](crate::Explanation): the sentences that `cors try` prints. The
/// fields are `verdict` (its code), `kind`, `method`, `path`, `origin`, `request_method` (of a
/// preflight), `header` (the first that was denied) and `policy` (the path pattern of the policy that
/// decided). A field without a value is left out. Bytes other than visible ASCII are escaped.
///
/// It is never louder than DEBUG, because a denied request is the policy at work.
pub fn event<R>(cors: &Cors<R::Framework>, request: &R, method: &str, decision: &Decision<'_, R>)
where
    R: RequestHead,
{
    if !tracing::enabled!(target: "cors", tracing::Level::DEBUG) {
        return;
    }
    let verdict = decision.verdict();
    let why = cors.explain_verdict(request, verdict);
    let line = |field| match request.find(field) {
        Lines::None => None,
        Lines::One(line) => Some(shown(R::Framework::bytes(line))),
        Lines::Several => Some("several".into()),
    };
    let (origin, asked) = (line(RequestField::Origin), line(RequestField::Method));
    let header = why.headers().first().map(|name| shown(name.as_bytes()));
    tracing::debug!(
        target: "cors",
        verdict = verdict.as_str(),
        kind = decision.kind().as_str(),
        method,
        path = display(shown(request.path())),
        origin = origin.as_ref().map(display),
        request_method = asked.as_ref().map(display),
        header = header.as_ref().map(display),
        policy = why.path().map(display),
        "{why}",
    );
}

/// Emits the event of a decision that could not be made.
pub(crate) fn failure(error: &dyn fmt::Display) {
    let error = shown(format!("{error}").as_bytes());
    tracing::error!(target: "cors", "cannot decide: {error}");
}

/// The first bytes, escaped: nothing that a client sends reaches a terminal as it is.
fn shown(bytes: &[u8]) -> String {
    match bytes.get(..LONGEST) {
        Some(start) => format!("{}...", start.escape_ascii()),
        None => format!("{}", bytes.escape_ascii()),
    }
}
