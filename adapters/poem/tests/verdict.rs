//! The verdict as an extractor, and where a middleware reads it.

use cors_core::{Denial, Policy, Verdict};
use cors_poem::{AllowedOrigin, CorsMiddleware, CorsVerdict, MissingVerdict, verdict};
use poem::{
    Endpoint, EndpointExt, Request, Response, Route, get, handler,
    http::{Method, StatusCode, Uri, header},
};

const ORIGIN: &str = "https://app.example.com";

#[handler]
fn required(CorsVerdict(verdict): CorsVerdict) -> &'static str {
    verdict.as_str()
}

#[handler]
fn optional(verdict: Option<CorsVerdict>) -> &'static str {
    verdict.map_or("none", |CorsVerdict(verdict)| verdict.as_str())
}

#[handler]
fn transfer(_: AllowedOrigin) -> &'static str {
    "done"
}

#[tokio::test]
async fn a_handler_takes_the_verdict() {
    let app = required.with(cors().leave_verdict());
    check(&app, Some(ORIGIN), StatusCode::OK, "allow").await;
    check(&app, Some("https://evil.test"), StatusCode::OK, "deny-origin").await;
    check(&app, None, StatusCode::OK, "not-cors").await;
}

#[tokio::test]
async fn a_handler_without_a_verdict_says_what_to_add() {
    assert!(MissingVerdict.to_string().contains("add `.leave_verdict()`"));
    let (status, text) = (StatusCode::INTERNAL_SERVER_ERROR, MissingVerdict.to_string());
    check(&required.with(cors()), Some(ORIGIN), status, &text).await;
    check(&transfer.with(cors()), Some(ORIGIN), status, &text).await;
}

#[tokio::test]
async fn a_handler_may_do_without_a_verdict() {
    check(&optional, Some(ORIGIN), StatusCode::OK, "none").await;
    check(&optional.with(cors()), Some(ORIGIN), StatusCode::OK, "none").await;
    check(&optional.with(cors().leave_verdict()), Some(ORIGIN), StatusCode::OK, "allow").await;
}

#[tokio::test]
async fn a_handler_takes_the_verdict_of_the_middleware_closest_to_it() {
    let any = Policy::new().allow_any_origin().compile().expect("the policy is valid");
    let inner = CorsMiddleware::new(any);
    for inner in [inner.clone().leave_verdict(), inner] {
        let app = required.with(inner).with(cors().leave_verdict());
        check(&app, Some("https://evil.test"), StatusCode::OK, "allow").await;
    }
}

#[tokio::test]
async fn a_middleware_outside_reads_the_verdict_of_every_response() {
    async fn show(mut response: Response) -> Response {
        response.set_body(verdict(response.extensions()).map_or("none", Verdict::as_str));
        response
    }
    let app = Route::new().at("/", get(optional)).with(cors().leave_verdict()).map(show);
    let denied = Verdict::Deny(Denial::Method);
    for (method, path, status, verdict) in [
        (Method::GET, "/", StatusCode::OK, Verdict::Allow),
        (Method::DELETE, "/", StatusCode::METHOD_NOT_ALLOWED, Verdict::Allow),
        (Method::GET, "/unknown", StatusCode::NOT_FOUND, Verdict::Allow),
        (Method::OPTIONS, "/", StatusCode::NO_CONTENT, denied),
    ] {
        let mut request = request(Some(ORIGIN));
        request.set_method(method);
        *request.uri_mut() = Uri::from_static(path);
        assert_eq!(answer(&app, request).await, (status, verdict.as_str().into()));
    }
}

#[tokio::test]
async fn a_guard_lets_allowed_origins_and_the_servers_own_through() {
    let app = Route::new().nest("/api", transfer).with(cors().leave_verdict());
    for (origin, status) in [
        (None, StatusCode::OK),
        (Some(ORIGIN), StatusCode::OK),
        (Some("https://api.example.com"), StatusCode::OK),
        (Some("https://evil.test"), StatusCode::FORBIDDEN),
        (Some("null"), StatusCode::FORBIDDEN),
    ] {
        // HTTP/1.1 names the host in a header, and HTTP/2 in the target.
        let mut by_header = request(origin);
        let host = header::HeaderValue::from_static("api.example.com");
        by_header.headers_mut().insert(header::HOST, host);
        *by_header.uri_mut() = Uri::from_static("/api/transfer");
        assert_eq!(answer(&app, by_header).await.0, status, "{origin:?}");

        let mut by_target = request(origin);
        *by_target.uri_mut() = Uri::from_static("https://api.example.com/api/transfer");
        assert_eq!(answer(&app, by_target).await.0, status, "{origin:?}");
    }
}

fn cors() -> CorsMiddleware {
    let policy = Policy::new().allow_origins([ORIGIN]);
    CorsMiddleware::new(policy.compile().expect("the policy is valid"))
}

async fn check(app: &impl Endpoint, origin: Option<&str>, status: StatusCode, text: &str) {
    assert_eq!(answer(app, request(origin)).await, (status, text.into()));
}

/// With what makes it a preflight if its method is `OPTIONS`.
fn request(origin: Option<&str>) -> Request {
    let mut request = Request::builder().header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT");
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    request.finish()
}

async fn answer(app: &impl Endpoint, request: Request) -> (StatusCode, String) {
    let mut response = app.get_response(request).await;
    let body = response.take_body().into_string().await;
    (response.status(), body.expect("the body is text"))
}
