//! The events of feature `tracing`: one for each request, whatever the number of fairings.

use cors_conformance::{check_events, events_policy};
use cors_core::Policy;
use cors_rocket::{Cors, CorsFairing};
use rocket::{
    Config,
    config::LogLevel,
    http::{Header, Method},
    local::asynchronous::Client,
};

#[test]
fn each_decision_is_one_event() {
    let listed = || CorsFairing::new(compiled(events_policy()));
    let any = || CorsFairing::new(compiled(Policy::new().allow_any_origin()));
    check(|| vec![listed()]);
    check(|| vec![listed().allow_origin_if(|_, _| false)]);
    check(|| vec![any().at("/"), listed().at("/<_>")]);
}

/// Each event is of the fairing that decides, of those that could.
#[track_caller]
fn check(fairings: impl Fn() -> Vec<CorsFairing>) {
    check_events(|method, lines| {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let runtime = runtime.expect("a runtime can be built");
        let config = Config { log_level: LogLevel::Off, ..Config::debug_default() };
        let rocket = fairings()
            .into_iter()
            .fold(rocket::custom(config), |rocket, fairing| rocket.attach(fairing));
        let client = runtime.block_on(Client::untracked(rocket)).expect("a valid application");
        let mut request = client.req(method.parse::<Method>().expect("a method"), "/items");
        for &(name, value) in lines {
            request.add_header(Header::new(name, value));
        }
        drop(runtime.block_on(request.dispatch()));
    });
}

fn compiled(policy: Policy) -> Cors {
    policy.compile().expect("the policy is valid")
}
