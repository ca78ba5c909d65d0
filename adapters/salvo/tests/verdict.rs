//! The verdict as an extractor, where a hoop reads it, and the guard that stands on it.

use std::sync::{Arc, Mutex};

use cors_core::{Denial, Policy, Verdict};
use cors_salvo::{AllowedOrigin, CorsHandler, CorsVerdict, verdict};
use salvo::{
    async_trait,
    http::{Method, header},
    prelude::*,
    test::{RequestBuilder, ResponseExt},
};

const ORIGIN: &str = "https://app.example.com";
const EVIL: &str = "https://evil.test";

#[tokio::test]
async fn a_handler_takes_the_verdict() {
    let service = Service::new(Router::new().get(show)).hoop(cors());
    check(&service, Some(ORIGIN), StatusCode::OK, "allow").await;
    check(&service, Some(EVIL), StatusCode::OK, "deny-origin").await;
    check(&service, None, StatusCode::OK, "not-cors").await;
}

#[tokio::test]
async fn a_handler_takes_the_verdict_of_the_closest() {
    let any = Policy::new().allow_any_origin().compile().expect("the policy is valid");
    let router = Router::with_hoop(CorsHandler::new(any).leave_verdict()).get(show);
    let service = Service::new(router).hoop(cors());
    check(&service, Some(EVIL), StatusCode::OK, "allow").await;
}

#[tokio::test]
async fn without_a_verdict_the_error_says_what_to_add() {
    for router in [Router::new().get(show), Router::with_hoop(AllowedOrigin).get(hello)] {
        let service = Service::new(router);
        let (status, text) = answer(&service, Method::GET, "/", Some(ORIGIN)).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(text.contains("add `.leave_verdict()` to a CorsHandler outside it"), "{text}");
    }
}

#[tokio::test]
async fn a_hoop_outside_reads_the_verdict_of_every_response() {
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Option<Verdict>>>);

    #[async_trait]
    impl Handler for Log {
        async fn handle(
            &self,
            req: &mut Request,
            depot: &mut Depot,
            res: &mut Response,
            ctrl: &mut FlowCtrl,
        ) {
            ctrl.call_next(req, depot, res).await;
            *self.0.lock().expect("no test panics") = verdict(req.extensions());
        }
    }

    let log = Log::default();
    let service = Service::new(Router::new().get(hello)).hoop(log.clone()).hoop(cors());
    let denied = Verdict::Deny(Denial::Method);
    for (method, path, status, verdict) in [
        (Method::GET, "/", StatusCode::OK, Verdict::Allow),
        (Method::DELETE, "/", StatusCode::METHOD_NOT_ALLOWED, Verdict::Allow),
        (Method::GET, "/unknown", StatusCode::NOT_FOUND, Verdict::Allow),
        (Method::OPTIONS, "/", StatusCode::NO_CONTENT, denied),
    ] {
        assert_eq!(answer(&service, method, path, Some(ORIGIN)).await.0, status);
        assert_eq!(*log.0.lock().expect("no test panics"), Some(verdict));
    }
}

#[tokio::test]
async fn a_guard_lets_allowed_origins_and_the_servers_own_through() {
    let service = Service::new(Router::with_hoop(AllowedOrigin).get(hello)).hoop(cors());
    for (origin, status) in [
        (None, StatusCode::OK),
        (Some(ORIGIN), StatusCode::OK),
        (Some("https://api.example.com"), StatusCode::OK),
        (Some(EVIL), StatusCode::FORBIDDEN),
        (Some("null"), StatusCode::FORBIDDEN),
    ] {
        assert_eq!(answer(&service, Method::GET, "/", origin).await.0, status, "{origin:?}");
    }
}

#[tokio::test]
async fn a_guard_says_why_and_runs_nothing_inside() {
    #[handler]
    async fn unreachable() {
        panic!("the chain ran")
    }
    let on_a_route = Service::new(Router::with_hoop(AllowedOrigin).get(unreachable)).hoop(cors());
    // No route matches, so that salvo itself would run the hoops that are left.
    let on_the_service =
        Service::new(Router::new()).hoop(cors()).hoop(AllowedOrigin).hoop(unreachable);
    for service in [on_a_route, on_the_service] {
        let (status, text) = answer(&service, Method::GET, "/", Some(EVIL)).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert!(text.contains("does not allow the request's origin"), "{text}");
    }
}

#[handler]
async fn show(verdict: CorsVerdict) -> &'static str {
    verdict.0.as_str()
}

#[handler]
async fn hello() -> &'static str {
    "hello"
}

fn cors() -> CorsHandler {
    let policy = Policy::new().allow_origins([ORIGIN]);
    CorsHandler::new(policy.compile().expect("the policy is valid")).leave_verdict()
}

async fn check(service: &Service, origin: Option<&str>, status: StatusCode, text: &str) {
    assert_eq!(answer(service, Method::GET, "/", origin).await, (status, text.into()));
}

/// A preflight if the method is `OPTIONS`. Error pages are plain text.
async fn answer(
    service: &Service,
    method: Method,
    path: &str,
    origin: Option<&str>,
) -> (StatusCode, String) {
    let mut request = RequestBuilder::new(format!("http://api.example.com{path}"), method)
        .add_header(header::HOST, "api.example.com", true)
        .add_header(header::ACCEPT, "text/plain", true)
        .add_header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT", true);
    if let Some(origin) = origin {
        request = request.add_header(header::ORIGIN, origin, true);
    }
    let mut response = request.send(service).await;
    let text = response.take_string().await.unwrap_or_default();
    (response.status_code.expect("a service sets the status"), text)
}
