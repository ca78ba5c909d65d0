//! The events of feature `tracing`, as text.

use std::{
    fmt::Debug,
    sync::{Arc, Mutex, PoisonError},
};

use cors_core::Policy;
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span, subscriber,
};

const ALLOWED: (&str, &str) = ("origin", "https://app.example.com");

/// A request to `/items`, and its event.
struct Row {
    method: &'static str,
    lines: &'static [(&'static str, &'static str)],
    event: &'static str,
}

const ROWS: [Row; 6] = [
    Row {
        method: "GET",
        lines: &[],
        event: "message=not CORS: the request has no Origin header. verdict=not-cors \
                kind=not-cors method=GET path=/items",
    },
    Row {
        method: "GET",
        lines: &[ALLOWED],
        event: "message=allowed: the policy covers this request. allow_origins lists \
                \"https://app.example.com\", which matches \"https://app.example.com\". \
                verdict=allow kind=actual method=GET path=/items \
                origin=https://app.example.com",
    },
    Row {
        method: "GET",
        lines: &[("origin", "https://evil.test")],
        event: "message=denied: the policy does not allow the request's origin. \
                \"https://evil.test\" is not in allow_origins, which lists \
                \"https://app.example.com\". The handler runs, but the browser hides the \
                response from the page. verdict=deny-origin kind=actual method=GET \
                path=/items origin=https://evil.test",
    },
    Row {
        method: "OPTIONS",
        lines: &[ALLOWED, ("access-control-request-method", "PUT")],
        event: "message=denied: the policy does not allow the request's method. \"PUT\" \
                is not in allow_methods, which is empty. GET, HEAD and POST do not need \
                to be listed. The browser does not send the PUT request. \
                verdict=deny-method kind=preflight method=OPTIONS path=/items \
                origin=https://app.example.com request_method=PUT",
    },
    Row {
        method: "OPTIONS",
        lines: &[
            ALLOWED,
            ("access-control-request-method", "GET"),
            ("access-control-request-headers", "accept,x-one,x-two"),
        ],
        event: "message=denied: the policy does not allow one of the request's headers. \
                \"accept\", \"x-one\" and \"x-two\" are not in allow_headers, which is \
                empty. The browser does not send the GET request. verdict=deny-header \
                kind=preflight method=OPTIONS path=/items origin=https://app.example.com \
                request_method=GET header=accept",
    },
    // Bytes that could forge a line are escaped.
    Row {
        method: "GET",
        lines: &[("origin", "https://a\t\u{202e}\"\\outcome=allowed")],
        event: "message=denied: the policy does not allow the request's origin. Browsers \
                never send this: origin \"https://a\\t\\u{202e}\\\"\\\\outcome=allowed\" \
                contains whitespace: remove it. The handler runs, but \
                the browser hides the response from the page. verdict=deny-origin \
                kind=actual method=GET path=/items \
                origin=https://a\\t\\xe2\\x80\\xae\\\"\\\\outcome=allowed",
    },
];

/// The policy that [`check_events`] wants.
pub fn events_policy() -> Policy {
    Policy::new().allow_origin(ALLOWED.1)
}

/// Sends some requests, and compares the one event of each. `send` sends a request with this method
/// and these header lines to `/items`, to an application with the [`events_policy`], on this thread.
///
/// # Panics
///
/// An event differs, is missing, or is louder than DEBUG: a denied request is the policy at work.
#[track_caller]
pub fn check_events(send: impl Fn(&'static str, &'static [(&'static str, &'static str)])) {
    for Row { method, lines, event } in ROWS {
        assert_eq!(events(|| send(method, lines)), [event], "{method} {lines:?}");
    }
}

/// The events with target `cors` while this runs, on this thread: an event's fields, in order. The
/// framework's own events are left out.
fn events(run: impl FnOnce()) -> Vec<String> {
    let log = Log::default();
    subscriber::with_default(log.clone(), run);
    let mut events = log.0.lock().unwrap_or_else(PoisonError::into_inner);
    std::mem::take(&mut *events)
}

/// A subscriber that keeps every event as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "cors"
    }

    fn event(&self, event: &Event<'_>) {
        assert_eq!(*event.metadata().level(), Level::DEBUG);
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(fields.0.join(" "));
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

#[derive(Default)]
struct Fields(Vec<String>);

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push(format!("{field}={value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push(format!("{field}={value:?}"));
    }
}
