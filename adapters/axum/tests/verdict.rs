//! The verdict as an extractor, and where a middleware reads it.

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware,
    response::Response,
    routing::get,
};
use cors_axum::{AllowedOrigin, CorsLayer, CorsVerdict, MissingVerdict, verdict};
use cors_core::{Denial, Policy, Verdict};
use http_body_util::BodyExt;
use tower::ServiceExt;

const ORIGIN: &str = "https://app.example.com";

#[tokio::test]
async fn a_handler_takes_the_verdict() {
    let app = Router::new().route("/", get(required)).layer(cors().leave_verdict());
    check(app.clone(), Some(ORIGIN), StatusCode::OK, "allow").await;
    check(app.clone(), Some("https://evil.test"), StatusCode::OK, "deny-origin").await;
    check(app, None, StatusCode::OK, "not-cors").await;
}

#[tokio::test]
async fn a_handler_without_a_verdict_says_what_to_add() {
    assert!(MissingVerdict.to_string().contains("add `.leave_verdict()`"));
    let app = Router::new().route("/", get(required)).layer(cors());
    let (status, text) = (StatusCode::INTERNAL_SERVER_ERROR, MissingVerdict.to_string());
    check(app, Some(ORIGIN), status, &text).await;
}

#[tokio::test]
async fn a_handler_may_do_without_a_verdict() {
    let app = Router::new().route("/", get(optional));
    check(app.clone(), Some(ORIGIN), StatusCode::OK, "none").await;
    check(app.clone().layer(cors()), Some(ORIGIN), StatusCode::OK, "none").await;
    check(app.layer(cors().leave_verdict()), Some(ORIGIN), StatusCode::OK, "allow").await;
}

#[tokio::test]
async fn a_handler_takes_the_verdict_of_the_layer_closest_to_it() {
    let any = Policy::new().allow_any_origin().compile().expect("the policy is valid");
    let inner = CorsLayer::new(any);
    for inner in [inner.clone().leave_verdict(), inner] {
        let app =
            Router::new().route("/", get(required)).layer(inner).layer(cors().leave_verdict());
        check(app, Some("https://evil.test"), StatusCode::OK, "allow").await;
    }
}

#[tokio::test]
async fn a_middleware_outside_reads_the_verdict_of_every_response() {
    async fn show(mut response: Response) -> Response {
        let verdict = verdict(response.extensions()).map_or("none", Verdict::as_str);
        *response.body_mut() = verdict.into();
        response
    }
    let app = Router::new()
        .route("/", get(async || "hello"))
        .layer(cors().leave_verdict())
        .layer(middleware::map_response(show));
    let denied = Verdict::Deny(Denial::Method);
    for (method, path, status, verdict) in [
        (Method::GET, "/", StatusCode::OK, Verdict::Allow),
        (Method::DELETE, "/", StatusCode::METHOD_NOT_ALLOWED, Verdict::Allow),
        (Method::GET, "/unknown", StatusCode::NOT_FOUND, Verdict::Allow),
        (Method::OPTIONS, "/", StatusCode::NO_CONTENT, denied),
    ] {
        let mut request = request(Some(ORIGIN));
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().expect("a path is a target");
        assert_eq!(answer(app.clone(), request).await, (status, verdict.as_str().into()));
    }
}

#[tokio::test]
async fn a_guard_lets_allowed_origins_and_the_servers_own_through() {
    async fn transfer(_: AllowedOrigin) -> &'static str {
        "done"
    }
    let app = Router::new().route("/", get(transfer)).layer(cors().leave_verdict());
    for (origin, status) in [
        (None, StatusCode::OK),
        (Some(ORIGIN), StatusCode::OK),
        (Some("https://api.example.com"), StatusCode::OK),
        (Some("https://evil.test"), StatusCode::FORBIDDEN),
        (Some("null"), StatusCode::FORBIDDEN),
    ] {
        let mut request = request(origin);
        request.headers_mut().insert(header::HOST, HeaderValue::from_static("api.example.com"));
        assert_eq!(answer(app.clone(), request).await.0, status, "{origin:?}");
    }
}

async fn required(CorsVerdict(verdict): CorsVerdict) -> &'static str {
    verdict.as_str()
}

async fn optional(verdict: Option<CorsVerdict>) -> &'static str {
    verdict.map_or("none", |CorsVerdict(verdict)| verdict.as_str())
}

fn cors() -> CorsLayer {
    let policy = Policy::new().allow_origins([ORIGIN]);
    CorsLayer::new(policy.compile().expect("the policy is valid"))
}

async fn check(app: Router, origin: Option<&str>, status: StatusCode, text: &str) {
    assert_eq!(answer(app, request(origin)).await, (status, text.into()));
}

/// With what makes it a preflight if its method is `OPTIONS`.
fn request(origin: Option<&str>) -> Request {
    let mut request = Request::builder().header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT");
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    request.body(Body::empty()).expect("the request is valid")
}

async fn answer(app: Router, request: Request) -> (StatusCode, String) {
    let Ok(response) = app.oneshot(request).await;
    let (head, body) = response.into_parts();
    let body = body.collect().await.expect("the body is sound").to_bytes();
    (head.status, String::from_utf8_lossy(&body).into_owned())
}
