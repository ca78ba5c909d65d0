//! Origins in managed state. The fairing reads them for each request, and a route changes them.

use std::{
    collections::BTreeSet,
    sync::{PoisonError, RwLock},
};

use cors_adapters::{Policy, PolicyErrors, rocket::CorsFairing};
use rocket::{
    Build, Request, Rocket, State,
    http::Status,
    outcome::Outcome,
    request::{self, FromRequest},
};

/// The origins that may read responses.
#[derive(Default)]
struct Origins(RwLock<BTreeSet<String>>);

impl Origins {
    fn allows(&self, origin: &str) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains(origin)
    }

    fn add(&self, origin: &str) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(origin.to_owned());
    }
}

/// The token of the admin.
struct Token(String);

/// The application, with this admin's token.
pub fn app(token: &str) -> Result<Rocket<Build>, PolicyErrors> {
    let cors = Policy::new().dynamic_origins().allow_methods(["DELETE"]).compile()?;
    let cors = CorsFairing::new(cors).allow_origin_if(|origin, request| {
        request.rocket().state::<Origins>().is_some_and(|origins| origins.allows(origin.as_str()))
    });
    Ok(rocket::build()
        .manage(Origins::default())
        .manage(Token(token.to_owned()))
        .mount("/", rocket::routes![items, add])
        .attach(cors))
}

#[rocket::get("/items")]
fn items() -> &'static str {
    "[]"
}

struct Admin;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Admin {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Self, ()> {
        let sent = request
            .headers()
            .get_one("authorization")
            .and_then(|sent| sent.strip_prefix("Bearer "));
        match request.rocket().state::<Token>() {
            Some(Token(token)) if sent == Some(token) => Outcome::Success(Self),
            _ => Outcome::Error((Status::Unauthorized, ())),
        }
    }
}

/// Adds an origin: `curl -X POST localhost:8000/origins -H 'Authorization: Bearer ...' -d https://a.example`
#[rocket::post("/origins", data = "<origin>")]
fn add(_admin: Admin, origin: &str, origins: &State<Origins>) -> Result<Status, (Status, String)> {
    let policy = Policy::new().allow_origin(origin);
    policy.compile().map_err(|errors| (Status::UnprocessableEntity, errors.to_string()))?;
    origins.add(origin);
    Ok(Status::NoContent)
}
