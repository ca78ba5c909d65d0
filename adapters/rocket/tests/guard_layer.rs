//! A guard around all routes.

use cors_conformance::{Response, check_guard, guarded_policy};
use cors_rocket::CorsFairing;
use rocket::{
    Config,
    config::LogLevel,
    http::{Header, Method},
    local::blocking::Client,
};

#[rocket::get("/transfer")]
fn get() -> &'static str {
    "done"
}

#[rocket::post("/transfer")]
fn post() -> &'static str {
    "done"
}

#[test]
fn strangers_are_refused() {
    let cors = CorsFairing::new(guarded_policy());
    let config = Config { log_level: LogLevel::Off, ..Config::debug_default() };
    let rocket = rocket::custom(config).mount("/", rocket::routes![get, post]).attach(cors);
    let client = Client::untracked(rocket).expect("a valid application");
    check_guard(|request| {
        let method: Method = request.method.parse().expect("a method");
        let mut sent = client.req(method, &request.path);
        for (name, value) in &request.headers {
            let value = String::from_utf8(value.clone()).expect("text");
            sent.add_header(Header::new(name.clone(), value));
        }
        let response = sent.dispatch();
        let headers = response.headers().iter();
        let headers =
            headers.map(|header| (header.name().to_string(), header.value().as_bytes().to_vec()));
        Response { status: response.status().code, headers: headers.collect(), body: Vec::new() }
    });
}
