//! What people build: several policies, origins in managed state, `OPTIONS` routes of their own,
//! handlers and guards that fail.

use std::{
    collections::HashSet,
    sync::{
        Arc, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use cors_core::{Policy, RequestField, ResponseField};
use cors_rocket::CorsFairing;
use rocket::{
    Build, Config, Rocket, State, catchers,
    config::LogLevel,
    fairing::AdHoc,
    http::{Header, Method, Status},
    local::blocking::Client,
    routes, uri,
};

const APP: &str = "https://app.example.com";
const ADMIN: &str = "https://admin.example.com";
const TENANT: &str = "https://tenant.test";

#[test]
fn of_several_paths_the_closest_decides_about_preflights_too() {
    let any = || cors(Policy::new().allow_any_origin());
    let admin =
        || cors(Policy::new().allow_origins([ADMIN]).allow_methods(["PUT"])).at("/admin/<_>");
    // In any order.
    for fairings in [[any(), admin()], [admin(), any()]] {
        let client = client(fairings.into_iter().fold(rocket(), Rocket::attach));
        check(&client, Method::Get, "/items", APP, (200, Some("*")));
        check(&client, Method::Options, "/items", APP, (204, Some("*")));
        check(&client, Method::Put, "/admin/users", ADMIN, (200, Some(ADMIN)));
        check(&client, Method::Options, "/admin/users", ADMIN, (204, Some(ADMIN)));
        check(&client, Method::Put, "/admin/users", APP, (200, None));
        check(&client, Method::Options, "/admin/users", APP, (403, None));
        check(&client, Method::Get, "/admin/users/unknown", APP, (404, None));
        check(&client, Method::Get, "/admin", APP, (404, Some("*")));
        check(&client, Method::Get, "/administration/users", APP, (404, Some("*")));
    }
}

#[test]
fn a_literal_segment_is_closer_than_a_parameter() {
    let rocket = rocket()
        .attach(cors(Policy::new().allow_origins([ADMIN])).at("/admin/users"))
        .attach(cors(Policy::new().allow_any_origin()).at("/admin/<_>"));
    let client = client(rocket);
    check(&client, Method::Put, "/admin/users", APP, (200, None));
    check(&client, Method::Put, "/admin/groups", APP, (404, Some("*")));
}

#[test]
fn a_path_is_read_as_the_router_reads_it() {
    let rocket = rocket()
        .attach(cors(Policy::new().allow_any_origin()))
        .attach(cors(Policy::new().allow_origins([ADMIN])).at("/admin/<rest..>"));
    let client = client(rocket);
    for path in ["/admin/users", "/admin/users/", "/%61dmin/users", "/admin//users"] {
        check(&client, Method::Put, path, APP, (200, None));
    }
    check(&client, Method::Put, "/ADMIN/users", APP, (404, Some("*")));
    check(&client, Method::Get, "/admin", APP, (404, None));
}

#[test]
fn a_decision_outlives_the_path_that_it_was_made_for() {
    let moves = AdHoc::on_request("moves", |request, _| {
        Box::pin(async move { request.set_uri(uri!("/items")) })
    });
    let cors = cors(Policy::new().allow_origins([APP])).at("/moved");
    let client = client(rocket().attach(cors).attach(moves));
    check(&client, Method::Get, "/moved", APP, (200, Some(APP)));
    check(&client, Method::Options, "/moved", APP, (204, Some(APP)));
    check(&client, Method::Get, "/elsewhere", APP, (200, None));
}

#[test]
fn of_two_on_one_path_the_inner_one_decides_and_the_outer_one_answers() {
    let rocket = rocket()
        .attach(cors(Policy::new().allow_origins([ADMIN])))
        .attach(cors(Policy::new().allow_any_origin()));
    let client = client(rocket);
    check(&client, Method::Get, "/items", ADMIN, (200, Some(ADMIN)));
    check(&client, Method::Get, "/items", APP, (200, None));
    check(&client, Method::Options, "/items", APP, (204, Some("*")));
}

#[test]
fn a_predicate_asks_the_state_which_requests_change() {
    let cors = cors(Policy::new().allow_origins([ADMIN]).dynamic_origins());
    let cors = cors.allow_origin_if_async(|origin, request| {
        let tenants = request.rocket().state::<Tenants>().expect("tenants are managed").clone();
        async move {
            rocket::tokio::task::yield_now().await;
            tenants.0.read().expect("no handler panics").contains(origin.host())
        }
    });
    let client = client(rocket().attach(cors));
    check(&client, Method::Options, "/tenants/tenant.test", TENANT, (403, None));
    check(&client, Method::Post, "/tenants/tenant.test", ADMIN, (200, Some(ADMIN)));
    check(&client, Method::Options, "/tenants/tenant.test", TENANT, (204, Some(TENANT)));
    check(&client, Method::Get, "/items", TENANT, (200, Some(TENANT)));
    check(&client, Method::Get, "/items", APP, (200, None));
}

#[test]
fn a_predicate_sees_the_request_and_is_asked_once_about_strangers_alone() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counts = Arc::clone(&asked);
    let cors = cors(Policy::new().allow_origins([ADMIN]).dynamic_origins());
    let cors = cors.allow_origin_if(move |origin, request| {
        counts.fetch_add(1, Ordering::Relaxed);
        origin.is_under("tenant.test") && request.uri().path() == "/items"
    });
    let client = client(rocket().attach(cors));
    let check = |path, origin, wanted, times| {
        check(&client, Method::Get, path, origin, wanted);
        assert_eq!(asked.swap(0, Ordering::Relaxed), times, "{path} {origin}");
    };
    check("/items", TENANT, (200, Some(TENANT)), 1);
    check("/unknown", TENANT, (404, None), 1);
    check("/items", ADMIN, (200, Some(ADMIN)), 0);
    check("/items", "null", (200, None), 0);
    check("/items", "https://tenant.test/", (200, None), 0);
}

#[test]
fn an_outer_predicate_is_not_asked_about_responses() {
    let rocket = rocket()
        .attach(cors(Policy::new().allow_origins([ADMIN])))
        .attach(cors(Policy::new().dynamic_origins()).allow_origin_if(|_, _| true));
    let client = client(rocket);
    check(&client, Method::Get, "/items", APP, (200, None));
    check(&client, Method::Options, "/items", APP, (204, Some(APP)));
}

#[test]
fn a_preflight_runs_no_options_route_and_every_other_options_does() {
    let rocket =
        rocket().mount("/", routes![options]).attach(cors(Policy::new().allow_origins([APP])));
    let client = client(rocket);
    check(&client, Method::Options, "/any/path", APP, (204, Some(APP)));
    check(&client, Method::Options, "/any/path", ADMIN, (403, None));
    let origin = || Header::new(RequestField::Origin.name(), APP);
    let asks = || Header::new(RequestField::Method.name(), "PUT");
    for request in [
        client.options("/any/path").header(origin()),
        client.options("/any/path").header(asks()),
        client.options("/any/path"),
    ] {
        assert_eq!(request.dispatch().into_string().as_deref(), Some("the application's own"));
    }
}

#[test]
fn everything_that_fails_is_a_response_like_any_other() {
    let client = client(rocket().attach(cors(Policy::new().allow_origins([APP]))));
    check(&client, Method::Get, "/panic", APP, (500, Some(APP)));
    check(&client, Method::Get, "/error", APP, (503, Some(APP)));
    check(&client, Method::Get, "/catcher", APP, (500, Some(APP)));
    check(&client, Method::Get, "/typed/x", APP, (422, Some(APP)));
    check(&client, Method::Get, "/unknown", APP, (404, Some(APP)));
}

#[derive(Clone, Default)]
struct Tenants(Arc<RwLock<HashSet<String>>>);

#[rocket::post("/tenants/<host>")]
fn add(host: String, tenants: &State<Tenants>) {
    tenants.0.write().expect("no handler panics").insert(host);
}

#[rocket::get("/items")]
fn items() -> &'static str {
    "[]"
}

#[rocket::put("/admin/users")]
fn users() -> &'static str {
    "stored"
}

#[rocket::options("/any/path")]
fn options() -> &'static str {
    "the application's own"
}

#[rocket::get("/panic")]
fn panics() {
    std::panic::resume_unwind(Box::new("the handler panics"))
}

#[rocket::get("/error")]
fn error() -> Status {
    Status::ServiceUnavailable
}

#[rocket::get("/catcher")]
fn teapot() -> Status {
    Status::ImATeapot
}

#[rocket::catch(418)]
fn catcher() -> Result<(), Status> {
    Err(Status::InternalServerError)
}

#[rocket::get("/typed/<_number>")]
fn typed(_number: u32) {}

fn rocket() -> Rocket<Build> {
    rocket::custom(Config { log_level: LogLevel::Off, ..Config::debug_default() })
        .manage(Tenants::default())
        .mount("/", routes![add, items, users, panics, error, teapot, typed])
        .register("/", catchers![catcher])
}

fn client(rocket: Rocket<Build>) -> Client {
    Client::untracked(rocket).expect("the application is valid")
}

fn cors(policy: Policy) -> CorsFairing {
    CorsFairing::new(policy.compile().expect("the policy is valid"))
}

/// Which status is answered, and which origin is allowed to read it. `OPTIONS` is a preflight.
#[track_caller]
fn check(client: &Client, method: Method, path: &str, origin: &str, wanted: (u16, Option<&str>)) {
    let response = client
        .req(method, path)
        .header(Header::new(RequestField::Origin.name(), origin.to_owned()))
        .header(Header::new(RequestField::Method.name(), "PUT"))
        .dispatch();
    let allowed = response.headers().get_one(ResponseField::AllowOrigin.name());
    assert_eq!((response.status().code, allowed), wanted, "{method} {path} from {origin}");
}
