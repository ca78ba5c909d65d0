//! With routes mounted at a base, the fairing decides by the path that the client sent.

use cors_conformance::{Response, check_nested, nested_policies};
use cors_rocket::CorsFairing;
use rocket::{
    Config,
    config::LogLevel,
    http::{Header, Method},
    local::blocking::Client,
};

#[rocket::get("/public/report")]
fn report() -> &'static str {
    "[]"
}

#[test]
fn with_mounted_routes() {
    let cors = CorsFairing::new(nested_policies().compile().expect("the policies are valid"));
    let config = Config { log_level: LogLevel::Off, ..Config::debug_default() };
    let rocket = rocket::custom(config).mount("/admin", rocket::routes![report]).attach(cors);
    let client = Client::untracked(rocket).expect("a valid application");
    check_nested(|request| {
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
