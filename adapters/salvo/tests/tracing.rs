//! The events of feature `tracing`: one for each decision, and never louder than DEBUG.

use std::{
    fmt::Debug,
    sync::{Arc, Mutex},
};

use cors_core::Policy;
use cors_salvo::CorsHandler;
use salvo::{
    FlowCtrl,
    http::{HeaderValue, Method, header},
    prelude::*,
};
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

const ALLOWED: &str = "https://app.example.com";

#[test]
fn a_request_without_an_origin() {
    check(
        request(Method::GET, None),
        "kind=not-cors outcome=allowed reason=not CORS: the request has no Origin header",
    );
}

#[test]
fn an_allowed_request() {
    check(
        request(Method::GET, Some(ALLOWED.as_bytes())),
        "kind=actual origin=https://app.example.com outcome=allowed reason=allowed: the policy covers all that the request asks for",
    );
}

#[test]
fn a_refused_request() {
    check(
        request(Method::GET, Some(b"https://evil.test")),
        "kind=actual origin=https://evil.test outcome=denied reason=denied: the policy does not allow the request's origin",
    );
}

#[test]
fn a_refused_preflight() {
    check(
        request(Method::OPTIONS, Some(ALLOWED.as_bytes())),
        "kind=preflight origin=https://app.example.com outcome=denied reason=denied: the policy does not allow the request's method",
    );
}

#[test]
fn bytes_that_could_forge_a_line_are_escaped() {
    check(
        request(Method::GET, Some(b"https://a\t\xe2\x80\xae\xff\"\\outcome=allowed")),
        r#"kind=actual origin=https://a\t\xe2\x80\xae\xff\"\\outcome=allowed outcome=denied reason=denied: the policy does not allow the request's origin"#,
    );
}

/// A preflight if the method is `OPTIONS`.
fn request(method: Method, origin: Option<&[u8]>) -> Request {
    let mut request = Request::new();
    *request.method_mut() = method;
    let headers = request.headers_mut();
    headers.insert(header::ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("PUT"));
    if let Some(origin) = origin {
        let origin = HeaderValue::from_bytes(origin).expect("the bytes may be sent");
        headers.insert(header::ORIGIN, origin);
    }
    request
}

/// The one event of the request.
#[track_caller]
fn check(mut request: Request, wanted: &str) {
    let cors = Policy::new().allow_origins([ALLOWED]).compile().expect("the policy is valid");
    let at_once = CorsHandler::new(cors);
    let awaited = at_once.clone().allow_origin_if_async(|_, _, _| std::future::ready(false));
    for handler in [at_once, awaited] {
        assert_eq!(events(handler, &mut request), [wanted]);
    }
}

fn events(handler: CorsHandler, request: &mut Request) -> Vec<String> {
    let log = Log::default();
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime can be built");
    let (mut depot, mut response) = (Depot::new(), Response::new());
    let mut ctrl = FlowCtrl::new(vec![Arc::new(handler)]);
    tracing::subscriber::with_default(log.clone(), || {
        runtime.block_on(ctrl.call_next(request, &mut depot, &mut response));
    });
    std::mem::take(&mut *log.0.lock().expect("no test panics while it writes"))
}

/// A subscriber that keeps every event as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn event(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        assert_eq!((metadata.target(), *metadata.level()), ("cors", Level::DEBUG));
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.0.lock().expect("no test panics while it writes").push(fields.0.join(" "));
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
