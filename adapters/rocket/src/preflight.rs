//! The route that answers preflights: a fairing cannot answer a request.

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
    /// Mounts the route, once.
    pub(crate) fn mount(rocket: Rocket<Build>) -> Rocket<Build> {
        if rocket.state::<Self>().is_some() {
            return rocket;
        }
        let mut route = Route::ranked(isize::MIN, Method::Options, "/<..>", Self);
        route.name = Some("CORS preflights".into());
        rocket.manage(Self).mount("/", [route])
    }
}

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
