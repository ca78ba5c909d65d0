//! The verdict and the guard, where a handler takes them, and where a fairing asks.

use std::sync::{Arc, Mutex};

use cors_core::{Denial, Policy, RequestField, Verdict};
use cors_rocket::{AllowedOrigin, CorsFairing, CorsVerdict, Refusal, verdict};
use rocket::{
    Build, Config, Rocket,
    config::LogLevel,
    error::ErrorKind,
    fairing::AdHoc,
    http::{ContentType, Header, Method, Status, uri::Host},
    local::blocking::Client,
    routes, uri,
};

const ORIGIN: &str = "https://app.example.com";
const STRANGER: &str = "https://evil.test";

#[test]
fn a_handler_takes_the_verdict() {
    let client = client(rocket().attach(cors()));
    check(&client, Method::Get, "/required", Some(ORIGIN), Status::Ok, "allow");
    check(&client, Method::Get, "/required", Some(STRANGER), Status::Ok, "deny-origin");
    check(&client, Method::Get, "/required", None, Status::Ok, "not-cors");
}

#[test]
fn without_a_fairing_rocket_refuses_to_launch() {
    for routes in [routes![required], routes![optional], routes![transfer]] {
        let rocket = Client::untracked(custom().mount("/", routes));
        let Err(error) = rocket else { panic!("a guard aborts") };
        assert!(matches!(error.kind(), ErrorKind::SentinelAborts(_)), "{error}");
    }
}

#[test]
fn a_handler_where_no_fairing_covers_the_path() {
    let client = client(rocket().attach(cors().at("/elsewhere")));
    check(&client, Method::Get, "/optional", Some(ORIGIN), Status::Ok, "none");
    check(&client, Method::Get, "/refusal", Some(ORIGIN), Status::Ok, "NoVerdict");
    for (method, path) in [(Method::Get, "/required"), (Method::Post, "/transfer")] {
        let response = client.req(method, path).dispatch();
        assert_eq!(response.status(), Status::InternalServerError, "{path}");
    }
}

#[test]
fn a_handler_takes_the_verdict_of_the_fairing_closest_to_it() {
    let any = Policy::new().allow_any_origin().compile().expect("the policy is valid");
    let client = client(rocket().attach(CorsFairing::new(any)).attach(cors()));
    check(&client, Method::Get, "/required", Some(STRANGER), Status::Ok, "allow");
}

#[test]
fn a_fairing_asks_for_the_verdict_of_every_request() {
    let seen = Arc::new(Mutex::new(None));
    let sees = Arc::clone(&seen);
    let show = AdHoc::on_response("show", move |request, _| {
        let (sees, verdict) = (Arc::clone(&sees), verdict(request));
        Box::pin(async move { *sees.lock().expect("no test panics while it writes") = verdict })
    });
    let client = client(rocket().attach(show).attach(cors()));
    let denied = Verdict::Deny(Denial::Method);
    for (method, path, status, wanted) in [
        (Method::Get, "/optional", Status::Ok, Verdict::Allow),
        (Method::Delete, "/optional", Status::NotFound, Verdict::Allow),
        (Method::Get, "/unknown", Status::NotFound, Verdict::Allow),
        (Method::Options, "/optional", Status::NoContent, denied),
    ] {
        let request = client.req(method, path);
        let request = request.header(Header::new(RequestField::Origin.name(), ORIGIN));
        let response = request.header(Header::new(RequestField::Method.name(), "PUT")).dispatch();
        let seen = seen.lock().expect("no test panics while it writes").take();
        assert_eq!((response.status(), seen), (status, Some(wanted)), "{method} {path}");
    }
}

#[test]
fn a_guard_lets_allowed_origins_and_the_servers_own_through() {
    let client = client(rocket().attach(cors()));
    for (origin, status) in [
        (None, Status::Ok),
        (Some(ORIGIN), Status::Ok),
        (Some("https://api.example.com"), Status::Ok),
        (Some(STRANGER), Status::Forbidden),
        (Some("null"), Status::Forbidden),
    ] {
        let mut request = client.post("/transfer");
        request.set_host(Host::new(uri!("api.example.com")));
        if let Some(origin) = origin {
            request.add_header(Header::new(RequestField::Origin.name(), origin));
        }
        assert_eq!(request.dispatch().status(), status, "{origin:?}");
    }
}

/// A browser sends this form without a preflight, whatever the policy says.
#[test]
fn a_form_that_names_its_method_passes_the_policy_and_not_the_guard() {
    let client = client(rocket().attach(cors()));
    let send = |path| {
        let request = client.post(path).header(ContentType::Form).body("_method=put");
        request.header(Header::new(RequestField::Origin.name(), STRANGER)).dispatch().status()
    };
    assert_eq!(send("/unguarded"), Status::Ok);
    assert_eq!(send("/guarded"), Status::Forbidden);
}

#[rocket::get("/required")]
fn required(cors: CorsVerdict) -> &'static str {
    cors.0.as_str()
}

#[rocket::get("/optional")]
fn optional(cors: Option<CorsVerdict>) -> &'static str {
    cors.map_or("none", |CorsVerdict(verdict)| verdict.as_str())
}

#[rocket::get("/refusal")]
fn refusal(cors: Result<CorsVerdict, Refusal>) -> String {
    cors.map_or_else(|refusal| format!("{refusal:?}"), |CorsVerdict(verdict)| verdict.to_string())
}

#[rocket::post("/transfer")]
fn transfer(_origin: AllowedOrigin) -> &'static str {
    "done"
}

#[rocket::put("/unguarded")]
fn unguarded() -> &'static str {
    "done"
}

#[rocket::put("/guarded")]
fn guarded(_origin: AllowedOrigin) -> &'static str {
    "done"
}

fn rocket() -> Rocket<Build> {
    custom().mount("/", routes![required, optional, refusal, transfer, unguarded, guarded])
}

fn custom() -> Rocket<Build> {
    rocket::custom(Config { log_level: LogLevel::Off, ..Config::debug_default() })
}

fn client(rocket: Rocket<Build>) -> Client {
    Client::untracked(rocket).expect("the application is valid")
}

fn cors() -> CorsFairing {
    let policy = Policy::new().allow_origins([ORIGIN]);
    CorsFairing::new(policy.compile().expect("the policy is valid"))
}

#[track_caller]
fn check(
    client: &Client,
    method: Method,
    path: &str,
    origin: Option<&'static str>,
    status: Status,
    text: &str,
) {
    let mut request = client.req(method, path);
    if let Some(origin) = origin {
        request.add_header(Header::new(RequestField::Origin.name(), origin));
    }
    let response = request.dispatch();
    assert_eq!(response.status(), status, "{path}");
    assert_eq!(response.into_string().as_deref(), Some(text), "{path}");
}
