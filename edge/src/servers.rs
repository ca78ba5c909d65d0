//! `cargo xtask servers`: every remedy that can be run here is pasted into the real server, and both
//! pages are asked for again: the one that was blocked, and the one that passed before.

pub(crate) mod installed;
mod pasted;

use std::{net::SocketAddr, process::ExitCode};

use clap::Args;
use cors_browser::{Credentials, Outcome, Profile, Request, Response, Sent, fetch};
use cors_conformance::tcp;
use cors_core::{Kind, Policy};
use cors_remedy::{Place, Union, identify, remedy};

use crate::{application, tally::Tally};

/// What is run.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only this place; may be repeated
    #[arg(long, value_name = "NAME", value_parser = named)]
    only: Vec<Place>,
}

fn named(name: &str) -> Result<Place, String> {
    PLACES
        .into_iter()
        .find(|place| place.name() == name)
        .ok_or_else(|| format!("use one of {}", PLACES.map(Place::name).join(", ")))
}

/// The places that can be run here.
const PLACES: [Place; 19] = [
    Place::Nginx,
    Place::Apache,
    Place::Caddy,
    Place::HaProxy,
    Place::Envoy,
    Place::FastApi,
    Place::Flask,
    Place::Django,
    Place::Express,
    Place::Fastify,
    Place::Hono,
    Place::Http,
    Place::Tower,
    Place::Axum,
    Place::ActixWeb,
    Place::Rocket,
    Place::Warp,
    Place::Poem,
    Place::Salvo,
];

/// Those that say who they are.
const NAMED: [Place; 9] = [
    Place::Nginx,
    Place::Apache,
    Place::Caddy,
    Place::Envoy,
    Place::FastApi,
    Place::Flask,
    Place::Django,
    Place::Express,
    Place::Rocket,
];

/// # Errors
///
/// Where the application cannot be served.
pub(crate) fn run(options: &Options) -> Result<ExitCode, String> {
    let (application, _) = application::serve()?;
    let mut tally = Tally::default();
    for place in PLACES {
        if !options.only.is_empty() && !options.only.contains(&place) {
            continue;
        }
        let program = match installed::find(place) {
            Ok(program) => program,
            Err(missing) => {
                println!("{place}: left out: {missing}");
                continue;
            }
        };
        tally.add(place, paste(place, &program, application).map(|()| "the remedy passes"));
    }
    Ok(tally.end("remedies"))
}

/// The policy before.
fn before(is_ours: bool) -> Policy {
    let policy = Policy::new().allow_origins(["https://app.example.com"]);
    match is_ours {
        // That of the programs in the examples.
        true => policy,
        false => policy.allow_headers(["content-type"]).expose_headers(["etag"]),
    }
}

/// The page that passes before.
fn old(address: SocketAddr, is_ours: bool) -> Request {
    let request = Request::new("https://app.example.com", format!("http://{address}/"), "GET");
    match is_ours {
        true => request,
        false => request.header("content-type", "application/json"),
    }
}

/// The page that is blocked.
fn new(address: SocketAddr) -> Request {
    Request::new("http://localhost:5173", format!("http://{address}/"), "PATCH")
        .header("authorization", "Bearer x")
        .credentials(Credentials::Include)
}

fn stranger(address: SocketAddr) -> Request {
    Request::new("https://evil.test", format!("http://{address}/"), "GET")
}

fn paste(
    place: Place,
    program: &installed::Program,
    application: SocketAddr,
) -> Result<(), String> {
    let is_ours = matches!(program, installed::Program::Example(_));
    let text = remedy(place, &before(is_ours)).text;
    let served = pasted::start(place, program, &text, application)?;
    let old = |address| old(address, is_ours);
    expect(&old(served.address), true, "before, the old page")?;
    let request = new(served.address);
    let answers = expect(&request, false, "before, the new page")?;
    let preflight = answers.iter().find(|(kind, _)| *kind == Kind::Preflight);
    let actual = answers.iter().find(|(kind, _)| *kind == Kind::Actual);
    // What the old page is answered is known too: its answers are evidence as well.
    let known = expect(&old(served.address), true, "before, the old page")?;
    drop(served);
    let of_preflight = known.iter().find(|(kind, _)| *kind == Kind::Preflight);
    let known = of_preflight.or(known.first()).map(|(_, answer)| answer);
    let evidence = preflight.map(|(_, answer)| answer).or(known);
    let heads = answers.iter().map(|(_, answer)| answer);
    let identified = identify(heads.clone());
    if identified != Some(place) && NAMED.contains(&place) {
        return Err(format!("identified as {identified:?}"));
    }
    let union = Union::of(&request, evidence, actual.map(|(_, answer)| answer));
    let mut union = union.map_err(|instead| instead.to_string())?.policy;
    let both = Union::of(&request, known, None);
    let both = both.map_err(|instead| instead.to_string())?.policy;
    for origin in both.allow_origins {
        if !union.allow_origins.contains(&origin) {
            union.allow_origins.insert(0, origin);
        }
    }
    for name in both.allow_headers {
        if !union.allow_headers.contains(&name) {
            union.allow_headers.push(name);
        }
    }
    let served = pasted::start(place, program, &remedy(place, &union).text, application)?;
    expect(&new(served.address), true, "with the remedy, the new page")?;
    expect(&old(served.address), true, "with the remedy, the old page")?;
    expect(&stranger(served.address), false, "with the remedy, a stranger")?;
    Ok(())
}

/// Asks as a browser does, and returns every answer.
fn expect(request: &Request, passes: bool, what: &str) -> Result<Vec<(Kind, Response)>, String> {
    let mut answers = Vec::new();
    let outcome = fetch(Profile::Fetch, request, |sent| {
        let answer = send(sent)?;
        answers.push((sent.kind, answer.clone()));
        Some(answer)
    });
    let shown = || {
        let lines = answers.iter().map(|(kind, answer)| {
            let lines: Vec<String> = answer
                .headers
                .iter()
                .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value)))
                .collect();
            format!("  {}: {}; {}", kind.as_str(), answer.status, lines.join("; "))
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    match (outcome, passes) {
        (Outcome::Allowed { .. }, true) | (Outcome::Blocked(_), false) => Ok(answers),
        (Outcome::Blocked(reason), true) => {
            Err(format!("{what} is blocked: {reason}\n{}", shown()))
        }
        (Outcome::Allowed { .. } | Outcome::Opaque, _) => {
            Err(format!("{what} passes\n{}", shown()))
        }
    }
}

/// One exchange with a server.
pub(crate) fn send(sent: &Sent) -> Option<Response> {
    let (_, rest) = sent.url.split_once("://")?;
    let address = rest.split('/').next()?.parse().ok()?;
    let path = String::from_utf8_lossy(&sent.request.path).into_owned();
    let request = cors_conformance::Request::new(
        sent.request.method.clone(),
        path,
        sent.request.headers.clone(),
    );
    let answer = tcp::exchange(address, &request).ok()?;
    Some(Response { status: answer.status, headers: answer.headers })
}
