//! The events of feature `tracing`: one for each decision, and never louder than DEBUG.

use std::{
    fmt::Debug,
    future::ready,
    sync::{Arc, Mutex},
};

use actix_web::{
    App,
    http::{
        Method,
        header::{self, HeaderValue},
    },
    rt::System,
    test::{TestRequest, call_service, init_service},
};
use cors_actix_web::CorsMiddleware;
use cors_core::Policy;
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

const ALLOWED: &str = "https://app.example.com";

#[test]
fn a_request_without_an_origin() {
    check(
        TestRequest::get,
        "kind=not-cors outcome=allowed reason=not CORS: the request has no Origin header",
    );
}

#[test]
fn an_allowed_request() {
    check(
        || TestRequest::get().insert_header((header::ORIGIN, ALLOWED)),
        "kind=actual origin=https://app.example.com outcome=allowed reason=allowed: the policy covers all that the request asks for",
    );
}

#[test]
fn a_refused_request() {
    check(
        || TestRequest::get().insert_header((header::ORIGIN, "https://evil.test")),
        "kind=actual origin=https://evil.test outcome=denied reason=denied: the policy does not allow the request's origin",
    );
}

#[test]
fn a_refused_preflight() {
    check(
        || {
            TestRequest::default()
                .method(Method::OPTIONS)
                .insert_header((header::ORIGIN, ALLOWED))
                .insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "PUT"))
        },
        "kind=preflight origin=https://app.example.com outcome=denied reason=denied: the policy does not allow the request's method",
    );
}

#[test]
fn bytes_that_could_forge_a_line_are_escaped() {
    let hostile = HeaderValue::from_bytes(b"https://a\t\xe2\x80\xae\xff\"\\outcome=allowed");
    let hostile = hostile.expect("the bytes may be sent");
    check(
        || TestRequest::get().insert_header((header::ORIGIN, hostile.clone())),
        r#"kind=actual origin=https://a\t\xe2\x80\xae\xff\"\\outcome=allowed outcome=denied reason=denied: the policy does not allow the request's origin"#,
    );
}

/// The one event of the request, from the middleware that lists and from the one that awaits.
#[track_caller]
fn check(request: impl Fn() -> TestRequest, wanted: &str) {
    let cors = Policy::new().allow_origins([ALLOWED]).compile().expect("the policy is valid");
    let cors = CorsMiddleware::new(cors);
    assert_eq!(events(cors.clone(), request()), [wanted]);
    assert_eq!(events(cors.allow_origin_if_async(|_, _| ready(false)), request()), [wanted]);
}

fn events(cors: CorsMiddleware, request: TestRequest) -> Vec<String> {
    let log = Log::default();
    tracing::subscriber::with_default(log.clone(), || {
        System::new().block_on(async {
            let app = init_service(App::new().wrap(cors)).await;
            call_service(&app, request.to_request()).await;
        });
    });
    std::mem::take(&mut *log.0.lock().expect("no test panics while it writes"))
}

/// A subscriber that keeps every event as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Subscriber for Log {
    /// actix-web's own events, which it may have, are not counted.
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "cors"
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
