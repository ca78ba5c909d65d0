//! The events of feature `tracing`: one for each request, and never louder than DEBUG.

use cors_core::{Policy, RequestField};
use cors_rocket::{Cors, CorsFairing};
use rocket::{
    Config,
    config::LogLevel,
    http::{Header, Method},
    local::asynchronous::Client,
};

const ALLOWED: (RequestField, &str) = (RequestField::Origin, "https://app.example.com");
const STRANGER: (RequestField, &str) = (RequestField::Origin, "https://evil.test");
const PUT: (RequestField, &str) = (RequestField::Method, "PUT");

#[test]
fn a_request_without_an_origin() {
    check(
        Method::Get,
        &[],
        "kind=not-cors outcome=allowed reason=not CORS: the request has no Origin header",
    );
}

#[test]
fn an_allowed_request() {
    check(
        Method::Get,
        &[ALLOWED],
        "kind=actual origin=https://app.example.com outcome=allowed reason=allowed: the policy covers this request",
    );
}

#[test]
fn a_refused_request() {
    check(
        Method::Get,
        &[STRANGER],
        "kind=actual origin=https://evil.test outcome=denied reason=denied: the policy does not allow the request's origin",
    );
}

#[test]
fn a_refused_preflight() {
    check(
        Method::Options,
        &[ALLOWED, PUT],
        "kind=preflight origin=https://app.example.com outcome=denied reason=denied: the policy does not allow the request's method",
    );
}

#[test]
fn bytes_that_could_forge_a_line_are_escaped() {
    check(
        Method::Get,
        &[(RequestField::Origin, "https://a\t\u{202e}\"\\outcome=allowed")],
        r#"kind=actual origin=https://a\t\xe2\x80\xae\"\\outcome=allowed outcome=denied reason=denied: the policy does not allow the request's origin"#,
    );
}

/// The one event of the request: from the fairing that decides, of those that could, and with what
/// its predicate says.
#[track_caller]
fn check(method: Method, lines: &[(RequestField, &str)], wanted: &str) {
    let listed = || cors(Policy::new().allow_origins([ALLOWED.1]));
    let asking = CorsFairing::new(cors(Policy::new().dynamic_origins()))
        .allow_origin_if(|origin, _| origin.as_str() == ALLOWED.1);
    let any = CorsFairing::new(cors(Policy::new().allow_any_origin())).at("/");
    assert_eq!(events(vec![CorsFairing::new(listed())], method, lines), [wanted]);
    assert_eq!(events(vec![asking], method, lines), [wanted]);
    assert_eq!(events(vec![any, CorsFairing::new(listed()).at("/<_>")], method, lines), [wanted]);
}

fn cors(policy: Policy) -> Cors {
    policy.compile().expect("the policy is valid")
}

fn events(
    fairings: Vec<CorsFairing>,
    method: Method,
    lines: &[(RequestField, &str)],
) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime can be built");
    let config = Config { log_level: LogLevel::Off, ..Config::debug_default() };
    let rocket =
        fairings.into_iter().fold(rocket::custom(config), |rocket, fairing| rocket.attach(fairing));
    let client = runtime.block_on(Client::untracked(rocket)).expect("the application is valid");
    let mut request = client.req(method, "/items");
    for (field, value) in lines {
        request.add_header(Header::new(field.name(), (*value).to_owned()));
    }
    cors_conformance::events(|| drop(runtime.block_on(request.dispatch())))
}
