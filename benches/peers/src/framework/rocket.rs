//! rocket, with rocket_cors and with ours.

use std::str::FromStr;

use cors_rocket::CorsFairing;
use rocket::{
    Build, Config, Rocket,
    config::LogLevel,
    get,
    http::{Header, Method},
    local::blocking::Client,
    put, routes,
    shield::Shield,
};
use rocket_cors::{AllowedHeaders, AllowedOrigins, CorsOptions};

use crate::{
    answer::Answer,
    policy::{EXPOSED, HEADERS, MAX_AGE, METHODS, ORIGINS, Policy},
    row::Row,
};

#[get("/items")]
fn items() -> &'static str {
    "[]"
}

#[put("/items")]
fn store() -> &'static str {
    "stored"
}

pub(crate) fn old(policy: Policy, row: &Row) -> Answer {
    let options = match policy {
        Policy::List => CorsOptions::default()
            .allowed_origins(AllowedOrigins::some_exact(&ORIGINS))
            .allow_credentials(true),
        Policy::Any => CorsOptions::default().allowed_origins(AllowedOrigins::all()),
    };
    let methods = METHODS.map(|name| FromStr::from_str(name).expect("a method of rocket"));
    let cors = options
        .allowed_methods(methods.into())
        .allowed_headers(AllowedHeaders::some(&HEADERS))
        .expose_headers(EXPOSED.map(String::from).into())
        .max_age(Some(MAX_AGE as usize))
        .to_cors();
    answer(app().attach(cors.expect("the policy is valid")), row)
}

pub(crate) fn ours(policy: Policy, row: &Row) -> Answer {
    let cors = policy.ours().compile().expect("the policy is valid");
    answer(app().attach(CorsFairing::new(cors)), row)
}

fn app() -> Rocket<Build> {
    let config = Config { log_level: LogLevel::Off, ..Config::debug_default() };
    rocket::custom(config).attach(Shield::new()).mount("/", routes![items, store])
}

fn answer(app: Rocket<Build>, row: &Row) -> Answer {
    let client = Client::untracked(app).expect("the application is valid");
    let method = Method::from_str(row.method).expect("a method of rocket");
    let mut request = client.req(method, row.path);
    for (name, value) in row.lines {
        // What is not UTF-8 rocket's server drops.
        if let Ok(value) = str::from_utf8(value) {
            request.add_header(Header::new(*name, value));
        }
    }
    let response = request.dispatch();
    let lines =
        response.headers().iter().map(|line| (line.name.to_string(), line.value.to_string()));
    let lines: Vec<_> = lines.collect();
    let lines = lines.iter().map(|(name, value)| (name, value.as_bytes()));
    Answer::new(response.status().code, lines)
}
