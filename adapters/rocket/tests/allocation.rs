//! What the fairing allocates, beyond a fairing that does nothing. What it writes is not copied, the
//! origin least of all, and neither is the decision.

use cors_core::{Policy, RequestField, ResponseField};
use cors_rocket::CorsFairing;
use rocket::{
    Config, Data, Request, Response,
    config::LogLevel,
    fairing::{Fairing, Info, Kind},
    http::{Header, Method},
    local::asynchronous::Client,
    routes,
};
use tokio::runtime;

const ORIGIN: (RequestField, &str) = (RequestField::Origin, "https://app.example.com");
const STRANGER: (RequestField, &str) = (RequestField::Origin, "https://evil.test");
const PUT: (RequestField, &str) = (RequestField::Method, "PUT");

/// The request's local cache: its table, and what was decided in a box.
const CACHE: u64 = 2;

/// Rocket's map of header names, which has a list for each of them besides, and cannot be told to
/// make room: its entries, and its index of them.
const GROWTH: u64 = 2;

/// The futures that rocket boxes for another fairing. Those of this one are empty.
const FUTURES: u64 = 2;

/// One test: building an application sets the whole process's log level, and logging allocates.
#[test]
fn a_request_allocates_the_lines_of_its_response() {
    check("an allowed request", Method::Get, &[ORIGIN], CACHE + 4 + GROWTH - FUTURES);
    check("a denied request", Method::Get, &[STRANGER], CACHE + 1 - FUTURES);
    check("a request without an origin", Method::Get, &[], CACHE + 1 - FUTURES);
    check("a preflight", Method::Options, &[ORIGIN, PUT], CACHE + 6 + GROWTH - FUTURES);
}

/// Rocket boxes a future for each call of this fairing.
struct Nothing;

#[rocket::async_trait]
impl Fairing for Nothing {
    fn info(&self) -> Info {
        Info { name: "nothing", kind: Kind::Request | Kind::Response }
    }

    async fn on_request(&self, _: &mut Request<'_>, _: &mut Data<'_>) {}

    async fn on_response<'r>(&self, _: &'r Request<'_>, _: &mut Response<'r>) {}
}

#[rocket::get("/")]
fn hello() -> &'static str {
    "hello"
}

#[rocket::options("/")]
fn options() {}

/// How many allocations a request makes with the fairing, beyond those with one that does nothing.
#[track_caller]
fn check(name: &str, method: Method, lines: &[(RequestField, &str)], wanted: u64) {
    let cors = Policy::new()
        .allow_origins([ORIGIN.1])
        .allow_methods(["PUT"])
        .allow_headers(["content-type"])
        .expose_headers(["etag"])
        .allow_credentials(true)
        .compile()
        .expect("the policy is valid");
    let (without, varies) = allocations(Nothing, method, lines);
    assert!(!varies);
    let (with, varies) = allocations(CorsFairing::new(cors), method, lines);
    assert!(varies);
    println!("{name}: {} allocations more than the {without} of rocket", with - without);
    assert_eq!(with - without, wanted, "{name}");
}

/// How many allocations one request makes, and whether its response varies.
fn allocations(
    fairing: impl Fairing,
    method: Method,
    lines: &[(RequestField, &str)],
) -> (u64, bool) {
    let runtime = runtime::Builder::new_current_thread().build().expect("a runtime can be built");
    let config = Config { log_level: LogLevel::Off, ..Config::debug_default() };
    let rocket = rocket::custom(config).mount("/", routes![hello, options]).attach(fairing);
    let client = runtime.block_on(Client::untracked(rocket)).expect("the application is valid");
    let mut request = client.req(method, "/");
    for (field, value) in lines {
        request.add_header(Header::new(field.name(), (*value).to_owned()));
    }
    let mut response = None;
    let counted = allocation_counter::measure(|| {
        response = Some(runtime.block_on(request.dispatch()));
    });
    let response = response.expect("the application answers");
    (counted.count_total, response.headers().contains(ResponseField::Vary.name()))
}
