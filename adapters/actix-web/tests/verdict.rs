//! The verdict as an extractor, and where a middleware reads it.

use actix_web::{
    App, Error, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    http::{Method, StatusCode, header},
    middleware::{Next, from_fn},
    test::{TestRequest, init_service, read_body, try_call_service},
    web,
};
use cors_actix_web::{AllowedOrigin, CorsMiddleware, CorsVerdict, MissingVerdict, verdict};
use cors_core::{Denial, Policy, Verdict};

const ORIGIN: &str = "https://app.example.com";
const STRANGER: &str = "https://evil.test";

#[actix_web::test]
async fn a_handler_takes_the_verdict() {
    let app = || App::new().route("/", web::get().to(required)).wrap(cors().leave_verdict());
    check(app(), Some(ORIGIN), StatusCode::OK, "allow").await;
    check(app(), Some(STRANGER), StatusCode::OK, "deny-origin").await;
    check(app(), None, StatusCode::OK, "not-cors").await;
}

#[actix_web::test]
async fn a_handler_without_a_verdict_says_what_to_add() {
    assert!(MissingVerdict.to_string().contains("add `.leave_verdict()`"));
    let (status, text) = (StatusCode::INTERNAL_SERVER_ERROR, MissingVerdict.to_string());
    let app = || App::new().wrap(cors());
    check(app().route("/", web::get().to(required)), Some(ORIGIN), status, &text).await;
    check(app().route("/", web::get().to(guarded)), Some(ORIGIN), status, &text).await;
}

#[actix_web::test]
async fn a_handler_may_do_without_a_verdict() {
    let app = || App::new().route("/", web::get().to(optional));
    check(app(), Some(ORIGIN), StatusCode::OK, "none").await;
    check(app().wrap(cors()), Some(ORIGIN), StatusCode::OK, "none").await;
    check(app().wrap(cors().leave_verdict()), Some(ORIGIN), StatusCode::OK, "allow").await;
}

#[actix_web::test]
async fn a_handler_takes_the_verdict_of_the_middleware_closest_to_it() {
    let any = Policy::new().allow_any_origin().compile().expect("the policy is valid");
    let inner = CorsMiddleware::new(any);
    for inner in [inner.clone().leave_verdict(), inner] {
        let scope = web::scope("").route("/", web::get().to(required)).wrap(inner);
        let app = App::new().service(scope).wrap(cors().leave_verdict());
        check(app, Some(STRANGER), StatusCode::OK, "allow").await;
    }
}

#[actix_web::test]
async fn a_middleware_outside_reads_the_verdict_of_every_response() {
    async fn show(
        request: ServiceRequest,
        next: Next<impl MessageBody + 'static>,
    ) -> Result<ServiceResponse, Error> {
        let response = next.call(request).await?;
        let verdict = verdict(&response.response().extensions()).map_or("none", Verdict::as_str);
        Ok(response.map_body(|_, _| BoxBody::new(verdict)))
    }
    let app = || {
        App::new()
            .service(web::resource("/").route(web::get().to(async || "hello")))
            .wrap(cors().leave_verdict())
            .wrap(from_fn(show))
    };
    let denied = Verdict::Deny(Denial::Method);
    for (method, path, status, verdict) in [
        (Method::GET, "/", StatusCode::OK, Verdict::Allow),
        (Method::DELETE, "/", StatusCode::METHOD_NOT_ALLOWED, Verdict::Allow),
        (Method::GET, "/unknown", StatusCode::NOT_FOUND, Verdict::Allow),
        (Method::OPTIONS, "/", StatusCode::NO_CONTENT, denied),
    ] {
        let request = request(Some(ORIGIN)).method(method).uri(path);
        assert_eq!(answer(app(), request).await, (status, verdict.as_str().into()));
    }
}

#[actix_web::test]
async fn a_guard_lets_allowed_origins_and_the_servers_own_through() {
    let app = || App::new().route("/", web::get().to(guarded)).wrap(cors().leave_verdict());
    for (origin, status) in [
        (None, StatusCode::OK),
        (Some(ORIGIN), StatusCode::OK),
        (Some("https://api.example.com"), StatusCode::OK),
        (Some(STRANGER), StatusCode::FORBIDDEN),
        (Some("null"), StatusCode::FORBIDDEN),
    ] {
        let request = request(origin)
            .insert_header((header::HOST, "api.example.com"))
            .insert_header(("x-forwarded-host", "evil.test"));
        assert_eq!(answer(app(), request).await.0, status, "{origin:?}");
    }
}

/// As HTTP/2 has it.
#[actix_web::test]
async fn a_guard_finds_the_servers_own_name_in_the_target() {
    let app = || App::new().route("/", web::get().to(guarded)).wrap(cors().leave_verdict());
    for (origin, status) in
        [("https://api.example.com", StatusCode::OK), (STRANGER, StatusCode::FORBIDDEN)]
    {
        let request = request(Some(origin)).uri("https://api.example.com/");
        assert_eq!(answer(app(), request).await.0, status, "{origin}");
    }
}

#[actix_web::test]
async fn a_guard_refuses_the_handshake_of_a_denied_origin() {
    async fn handshake(_: AllowedOrigin) -> HttpResponse {
        HttpResponse::SwitchingProtocols().finish()
    }
    let app = || App::new().route("/", web::get().to(handshake)).wrap(cors().leave_verdict());
    check(app(), Some(ORIGIN), StatusCode::SWITCHING_PROTOCOLS, "").await;
    let denied = Verdict::Deny(Denial::Origin).to_string();
    check(app(), Some(STRANGER), StatusCode::FORBIDDEN, &denied).await;
}

async fn required(CorsVerdict(verdict): CorsVerdict) -> &'static str {
    verdict.as_str()
}

async fn optional(verdict: Option<CorsVerdict>) -> &'static str {
    verdict.map_or("none", |CorsVerdict(verdict)| verdict.as_str())
}

async fn guarded(_: AllowedOrigin) -> &'static str {
    "done"
}

fn cors() -> CorsMiddleware {
    let policy = Policy::new().allow_origins([ORIGIN]);
    CorsMiddleware::new(policy.compile().expect("the policy is valid"))
}

async fn check<S, B>(app: App<S>, origin: Option<&str>, status: StatusCode, text: &str)
where
    S: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = Error,
            InitError = (),
        > + 'static,
    B: MessageBody,
{
    assert_eq!(answer(app, request(origin)).await, (status, text.into()));
}

/// With what makes it a preflight if its method is `OPTIONS`.
fn request(origin: Option<&str>) -> TestRequest {
    let request = TestRequest::get().insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "PUT"));
    match origin {
        Some(origin) => request.insert_header((header::ORIGIN, origin)),
        None => request,
    }
}

async fn answer<S, B>(app: App<S>, request: TestRequest) -> (StatusCode, String)
where
    S: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = Error,
            InitError = (),
        > + 'static,
    B: MessageBody,
{
    let app = init_service(app).await;
    let response = try_call_service(&app, request.to_request()).await;
    let response = response.expect("no middleware here fails");
    let status = response.status();
    (status, String::from_utf8_lossy(&read_body(response).await).into_owned())
}
