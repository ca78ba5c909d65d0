//! The routes that answer preflights, and other requests where there is a guard or a predicate: a
//! fairing cannot answer a request.

use rocket::{
    Build, Data, Request, Response, Rocket, Route,
    http::{Method, Status},
    route::{Handler, Outcome},
};

use crate::decided::Decided;

/// It comes before every other route, and forwards what is no preflight. As the last one it would
/// leave preflights to the application's own `OPTIONS` routes.
#[derive(Clone)]
pub(crate) struct Preflights;

impl Preflights {
    /// Mounts the route, once, and those of the other methods if requests other than preflights may
    /// be answered.
    pub(crate) fn mount(rocket: Rocket<Build>, answers_all: bool) -> Rocket<Build> {
        let rocket = Self::mount_preflights(rocket);
        if !answers_all || rocket.state::<Guarded>().is_some() {
            return rocket;
        }
        let routes = OTHERS.map(|method| {
            let mut route = Route::ranked(isize::MIN, method, "/<..>", Self);
            route.name = Some("CORS answers".into());
            route
        });
        rocket.manage(Guarded).mount("/", routes)
    }

    fn mount_preflights(rocket: Rocket<Build>) -> Rocket<Build> {
        if rocket.state::<Self>().is_some() {
            return rocket;
        }
        let mut route = Route::ranked(isize::MIN, Method::Options, "/<..>", Self);
        route.name = Some("CORS preflights".into());
        rocket.manage(Self).mount("/", [route])
    }
}

/// The routes of [`OTHERS`] are mounted.
struct Guarded;

/// The methods of other requests that can be answered. Rocket sends a `HEAD`
/// to `Get` routes only if no `Head` route takes it.
const OTHERS: [Method; 8] = [
    Method::Get,
    Method::Head,
    Method::Put,
    Method::Post,
    Method::Delete,
    Method::Patch,
    Method::Trace,
    Method::Connect,
];

#[rocket::async_trait]
impl Handler for Preflights {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        match Decided::about(request).and_then(|decided| decided.answer) {
            Some(status) => {
                Outcome::Success(Response::build().status(Status::new(status)).finalize())
            }
            None => Outcome::Forward((data, Status::NotFound)),
        }
    }
}
