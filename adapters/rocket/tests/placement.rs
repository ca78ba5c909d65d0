//! The table in the crate's docs, row by row: each test proves the line of the table that it names.

use cors_core::{Policy, RequestField, ResponseField};
use cors_rocket::{Cors, CorsFairing};
use rocket::{
    Build, Config, Request, Rocket, catchers,
    config::LogLevel,
    fairing::AdHoc,
    http::{Header, Method, Status},
    local::blocking::Client,
    request::{FromRequest, Outcome},
    routes,
};

const DOCS: &str = include_str!("../src/lib.rs");
const ORIGIN: &str = "https://app.example.com";

#[test]
fn attached_after_all_routes() {
    check(
        rocket().mount("/api", routes![items]).attach(CorsFairing::new(cors())),
        "| `.attach(..)`, before or after `.mount(..)` | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn attached_before_the_routes() {
    check(
        rocket().attach(CorsFairing::new(cors())).mount("/api", routes![items]),
        "| `.attach(..)`, before or after `.mount(..)` | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn attached_by_another_fairing() {
    let stage = AdHoc::on_ignite("stage", async |rocket| rocket.attach(CorsFairing::new(cors())));
    check(
        rocket().attach(stage).mount("/api", routes![items]),
        "| `.attach(..)` by another fairing, on ignition | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn with_catchers() {
    check(
        rocket()
            .mount("/api", routes![items])
            .register("/", catchers![failing])
            .attach(CorsFairing::new(cors())),
        "| `.attach(..)`, and a catcher that fails | headers | answered | 500 | 500 | answered |",
    );
}

#[test]
fn at_the_base_of_a_mount() {
    check(
        rocket().mount("/api", routes![items]).attach(CorsFairing::new(cors()).at("/api")),
        "| `.at(\"/api\")`, the base of a mount | headers | answered | headers | headers | answered |",
    );
}

#[test]
fn at_another_base() {
    check(
        rocket().mount("/api", routes![items]).attach(CorsFairing::new(cors()).at("/other")),
        "| `.at(..)` another base | none | 404 | none | none | 404 |",
    );
}

#[test]
fn at_a_route() {
    check(
        rocket().mount("/api", routes![items]).attach(CorsFairing::new(cors()).at("/api/items")),
        "| `.at(\"/api/items\")`, one route | headers | answered | headers | none | 404 |",
    );
}

#[test]
fn at_a_route_with_parameters() {
    check(
        rocket().mount("/", routes![any]).attach(CorsFairing::new(cors()).at("/<api>/items?<x>")),
        "| `.at(\"/<api>/items?<x>\")`, a route with parameters | headers | answered | headers | none | 404 |",
    );
}

#[test]
fn with_authentication_in_a_guard() {
    check(
        rocket().mount("/api", routes![private]).attach(CorsFairing::new(cors())),
        "| `.attach(..)`, with authentication in a request guard | 401 | answered | headers | headers | answered |",
    );
}

#[rocket::get("/items")]
fn items() -> &'static str {
    "[]"
}

#[rocket::get("/<_>/items")]
fn any() -> &'static str {
    "[]"
}

#[rocket::get("/items")]
fn private(_user: User) -> &'static str {
    "[]"
}

/// A user, whom no request here names.
struct User;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for User {
    type Error = ();

    async fn from_request(_: &'r Request<'_>) -> Outcome<Self, ()> {
        Outcome::Error((Status::Unauthorized, ()))
    }
}

#[rocket::catch(default)]
fn failing() -> Result<(), Status> {
    Err(Status::InternalServerError)
}

fn rocket() -> Rocket<Build> {
    rocket::custom(Config { log_level: LogLevel::Off, ..Config::debug_default() })
}

fn cors() -> Cors {
    let policy = Policy::new().allow_origins([ORIGIN]).allow_methods(["PUT"]);
    policy.compile().expect("the policy is valid")
}

#[track_caller]
fn check(rocket: Rocket<Build>, row: &str) {
    assert!(DOCS.contains(row), "the docs have no such row:\n{row}");
    let client = Client::untracked(rocket).expect("the application is valid");
    let cells: Vec<_> = [
        (Method::Get, "/api/items", Status::Ok),
        (Method::Options, "/api/items", Status::NoContent),
        (Method::Delete, "/api/items", Status::NotFound),
        (Method::Get, "/api/unknown", Status::NotFound),
        (Method::Options, "/api/unknown", Status::NoContent),
    ]
    .into_iter()
    .map(|(method, path, wanted)| cell(&client, method, path, wanted))
    .collect();
    let wanted: Vec<_> = row.trim_matches('|').split(" | ").map(str::trim).skip(1).collect();
    assert_eq!(cells, wanted);
}

/// A cell of the table: what is wanted with CORS headers, or without, or another status. Another
/// status than 404 has headers too.
fn cell(client: &Client, method: Method, path: &str, wanted: Status) -> String {
    let response = client
        .req(method, path)
        .header(Header::new(RequestField::Origin.name(), ORIGIN))
        .header(Header::new(RequestField::Method.name(), "PUT"))
        .dispatch();
    let has_headers = response.headers().contains(ResponseField::AllowOrigin.name());
    match response.status() {
        Status::NoContent if has_headers => "answered".into(),
        status if status == wanted && has_headers => "headers".into(),
        status if status == wanted => "none".into(),
        status => {
            assert_eq!(has_headers, status != Status::NotFound, "{status}");
            status.code.to_string()
        }
    }
}
