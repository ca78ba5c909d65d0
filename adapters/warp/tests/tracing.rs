//! The events of feature `tracing`: one for each decision, and never louder than DEBUG.

use std::{
    convert::Infallible,
    fmt::Debug,
    sync::{Arc, Mutex},
};

use cors_core::Policy;
use cors_warp::CorsLayer;
use tower::Service;
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};
use warp::{
    Filter,
    http::{self, HeaderValue, Request, header},
};

const ALLOWED: &str = "https://app.example.com";

#[test]
fn a_request_without_an_origin() {
    check(
        Request::get("/"),
        "kind=not-cors outcome=allowed reason=not CORS: the request has no Origin header",
    );
}

#[test]
fn an_allowed_request() {
    check(
        Request::get("/").header(header::ORIGIN, ALLOWED),
        "kind=actual origin=https://app.example.com outcome=allowed reason=allowed: the policy covers all that the request asks for",
    );
}

#[test]
fn a_refused_request() {
    check(
        Request::get("/").header(header::ORIGIN, "https://evil.test"),
        "kind=actual origin=https://evil.test outcome=denied reason=denied: the policy does not allow the request's origin",
    );
}

#[test]
fn a_refused_preflight() {
    check(
        Request::options("/")
            .header(header::ORIGIN, ALLOWED)
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT"),
        "kind=preflight origin=https://app.example.com outcome=denied reason=denied: the policy does not allow the request's method",
    );
}

#[test]
fn bytes_that_could_forge_a_line_are_escaped() {
    let hostile = HeaderValue::from_bytes(b"https://a\t\xe2\x80\xae\xff\"\\outcome=allowed");
    check(
        Request::get("/").header(header::ORIGIN, hostile.expect("the bytes may be sent")),
        r#"kind=actual origin=https://a\t\xe2\x80\xae\xff\"\\outcome=allowed outcome=denied reason=denied: the policy does not allow the request's origin"#,
    );
}

/// The one event of the request, around a service and around a filter.
#[track_caller]
fn check(request: http::request::Builder, wanted: &str) {
    let request = request.body(String::new()).expect("the request is valid");
    let cors = Policy::new().allow_origins([ALLOWED]).compile().expect("the policy is valid");
    let layer = CorsLayer::new(cors);
    let routes = warp::any().map(warp::reply);
    let service = cors_warp::service(layer.clone(), warp::service(routes));
    let filter = warp::service(cors_warp::filter(layer, routes));
    assert_eq!(events(service, request.clone()), [wanted]);
    assert_eq!(events(filter, request), [wanted]);
}

fn events<S>(mut service: S, request: Request<String>) -> Vec<String>
where
    S: Service<Request<String>, Error = Infallible>,
{
    let log = Log::default();
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime can be built");
    tracing::subscriber::with_default(log.clone(), || {
        let Ok(_) = runtime.block_on(service.call(request));
    });
    std::mem::take(&mut *log.0.lock().expect("no test panics while it writes"))
}

/// A subscriber that keeps every event as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Subscriber for Log {
    /// warp and its server have events of their own.
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "cors"
    }

    fn event(&self, event: &Event<'_>) {
        assert_eq!(*event.metadata().level(), Level::DEBUG);
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
