//! rocket, with rocket_cors and with ours.

use std::str::FromStr;

use cors_rocket::CorsFairing;
use rocket::{
    Build, Config, Rocket,
    config::LogLevel,
    get,
    http::{Header, Method},
    local::blocking::{Client, LocalRequest, LocalResponse},
    put, routes,
    shield::Shield,
};
use rocket_cors::{AllowedHeaders, AllowedOrigins, Cors, CorsOptions};

use super::Side;
use crate::{
    answer::Answer,
    application::{Application, Asked, Request},
    policy::{HEADERS, MAX_AGE, METHODS, Policy},
};

#[get("/items")]
fn items() -> &'static str {
    "[]"
}

#[put("/items")]
fn store() -> &'static str {
    "stored"
}

pub(crate) fn application(side: Side, policy: &Policy) -> Box<dyn Application> {
    let config = Config { log_level: LogLevel::Off, ..Config::debug_default() };
    let app = rocket::custom(config).attach(Shield::new()).mount("/", routes![items, store]);
    asked(match side {
        Side::Bare => app,
        Side::Old => app.attach(old(policy)),
        Side::Ours => {
            let cors = policy.ours().compile().expect("the policy is valid");
            app.attach(CorsFairing::new(cors))
        }
    })
}

fn old(policy: &Policy) -> Cors {
    let options = if policy.is_any() {
        CorsOptions::default().allowed_origins(AllowedOrigins::all())
    } else {
        CorsOptions::default()
            .allowed_origins(AllowedOrigins::some_exact(&policy.origins))
            .allow_credentials(true)
    };
    let methods = METHODS.map(|name| FromStr::from_str(name).expect("a method of rocket"));
    let cors = options
        .allowed_methods(methods.into())
        .allowed_headers(AllowedHeaders::some(&HEADERS))
        .expose_headers(policy.exposed.iter().map(ToString::to_string).collect())
        .max_age(Some(MAX_AGE as usize))
        .to_cors();
    cors.expect("the policy is valid")
}

fn asked(app: Rocket<Build>) -> Box<dyn Application> {
    // Requests and responses borrow it. There are few, and they live as long as the program.
    let client: &'static Client =
        Box::leak(Box::new(Client::untracked(app).expect("the application is valid")));
    Box::new(Asked {
        make: |request: &Request| {
            let method = Method::from_str(request.method().as_str()).expect("a method of rocket");
            let mut made = client.req(method, request.uri().path().to_owned());
            for (name, value) in request.headers() {
                // What is not UTF-8 rocket's server drops.
                if let Ok(value) = str::from_utf8(value.as_bytes()) {
                    made.add_header(Header::new(name.as_str().to_owned(), value.to_owned()));
                }
            }
            made
        },
        call: |request: LocalRequest<'static>| request.dispatch(),
        read: |response: &LocalResponse<'_>| {
            let lines = response.headers().iter();
            let lines = lines.map(|line| (line.name.to_string(), line.value.to_string()));
            let lines: Vec<_> = lines.collect();
            let lines = lines.iter().map(|(name, value)| (name, value.as_bytes()));
            Answer::new(response.status().code, lines)
        },
    })
}
