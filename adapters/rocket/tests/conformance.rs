//! The conformance suite, in process and over TCP through rocket's own server.

#[path = "support/exceptions.rs"]
mod exceptions;
#[path = "support/suite.rs"]
mod suite;

use std::sync::{Mutex, PoisonError};

use cors_conformance::{
    Adapter, App, Predicate, Request, Response, Test, check_guard, check_nested, guarded_policy,
    nested_policies, permission,
};
use cors_rocket::{Cors, CorsFairing};
use rocket::{Config, config::LogLevel};

enum Rocket {
    InProcess,
    OverTcp,
}

/// Building an application sets the whole process's log level: the lines of the others' requests
/// would stand among the tests'.
static ONE_BY_ONE: Mutex<()> = Mutex::new(());

impl Rocket {
    /// The predicate is called in process, and awaited over TCP.
    fn form(&self) -> Predicate {
        match self {
            Self::InProcess => Predicate::AtOnce,
            Self::OverTcp => Predicate::Awaited,
        }
    }
}

impl Adapter for Rocket {
    fn name(&self) -> &str {
        match self {
            Self::InProcess => "rocket",
            Self::OverTcp => "rocket over tcp",
        }
    }

    fn answer(&self, app: &App, request: &Request) -> Response {
        let _turn = ONE_BY_ONE.lock().unwrap_or_else(PoisonError::into_inner);
        // What is attached last is outermost.
        let layers = app.layers(self.form()).into_iter().rev().map(layer);
        let rocket = layers.enumerate().fold(suite::rocket(&app.spy), |rocket, (nth, cors)| {
            match app.between.filter(|_| nth > 0) {
                Some(between) => rocket.attach(suite::change(between)).attach(cors),
                None => rocket.attach(cors),
            }
        });
        match self {
            Self::InProcess => suite::in_process(rocket, request),
            Self::OverTcp => suite::over_tcp(rocket, request),
        }
    }
}

fn silent() -> rocket::Rocket<rocket::Build> {
    rocket::custom(Config { port: 0, log_level: LogLevel::Off, ..Config::debug_default() })
}

#[rocket::get("/public/report")]
fn report() -> &'static str {
    "[]"
}

#[rocket::get("/transfer")]
fn get_transfer() -> &'static str {
    "done"
}

#[rocket::post("/transfer")]
fn transfer() -> &'static str {
    "done"
}

/// A layer with the suite's predicate, if it is given one.
fn layer((cors, predicate): (Cors, Predicate)) -> CorsFairing {
    let layer = CorsFairing::new(cors);
    match predicate {
        Predicate::None => layer,
        Predicate::AtOnce => layer.allow_origin_if(|origin, _| permission(origin)),
        Predicate::Awaited => {
            layer.allow_origin_if_async(|origin, _| async move { permission(&origin.as_origin()) })
        }
    }
}

fn main() {
    let adapters: [&Rocket; 2] = [&Rocket::InProcess, &Rocket::OverTcp];
    let exceptions = adapters.iter().flat_map(|adapter| exceptions::of(adapter.name()));
    let swaps = cors_conformance::swaps("rocket", |spy, live| {
        suite::started(suite::rocket(spy).attach(CorsFairing::live(live)))
    });
    let nested = Test::new("rocket over tcp::nested/mounted routes", || {
        check_nested(|request| {
            let _turn = ONE_BY_ONE.lock().unwrap_or_else(PoisonError::into_inner);
            let cors = nested_policies().compile().expect("the policies are valid");
            let rocket = silent().mount("/admin", rocket::routes![report]);
            suite::over_tcp(rocket.attach(CorsFairing::new(cors)), request)
        });
    });
    let guard = Test::new("rocket over tcp::guard/around all routes", || {
        check_guard(|request| {
            let _turn = ONE_BY_ONE.lock().unwrap_or_else(PoisonError::into_inner);
            let rocket = silent().mount("/", rocket::routes![get_transfer, transfer]);
            suite::over_tcp(rocket.attach(CorsFairing::new(guarded_policy())), request)
        });
    });
    cors_conformance::main_with(
        &adapters.map(|adapter| adapter as _),
        &exceptions.collect::<Vec<_>>(),
        vec![swaps, nested, guard],
    );
}
