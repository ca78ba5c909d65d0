//! The scenarios in `engines.jsonl`: what Chromium 156, Firefox 153 and WebKitGTK 2.50 really did with
//! a request and its responses.

use cors_browser::{Credentials, Mode, Outcome, Profile, Request, Response, Sent, fetch};
use cors_core::Kind;
use serde_json::Value;

/// Facts about a fetch that can be seen from outside.
#[derive(PartialEq, Eq, Debug)]
struct Seen {
    outcome: String,
    preflights: usize,
    /// `Access-Control-Request-Headers` of each preflight.
    names: Vec<Option<String>>,
    /// The `Origin` of each request.
    origins: Vec<Option<String>>,
}

/// Scenarios in which an engine differs from its profile, each for a known reason.
const KNOWN: [(&str, &str); 0] = [];

#[test]
fn each_engine_is_simulated_as_it_was_seen() {
    let mut differences: Vec<(&str, String, Seen, Seen)> = Vec::new();
    let mut scenarios = 0;
    for line in include_str!("engines.jsonl").lines() {
        let scenario: Value = serde_json::from_str(line).expect("a line of JSON");
        let name = scenario["name"].as_str().expect("a name").to_owned();
        for profile in [Profile::Chromium, Profile::Firefox, Profile::WebKit] {
            let (simulated, seen) = (simulate(profile, &scenario), seen(profile, &scenario));
            if simulated != seen {
                differences.push((profile.as_str(), name.clone(), simulated, seen));
            }
            scenarios += 1;
        }
    }
    assert_eq!(scenarios, 3 * 141);
    differences.retain(|(profile, name, ..)| !KNOWN.contains(&(*profile, name.as_str())));
    assert!(differences.is_empty(), "{differences:#?}");
}

/// Chromium's messages are the simulator's, word for word.
#[test]
fn chromium_says_what_the_simulator_says() {
    let mut messages = 0;
    for line in include_str!("engines.jsonl").lines() {
        let scenario: Value = serde_json::from_str(line).expect("a line of JSON");
        let Some(said) = scenario["seen"]["chromium"]["console"][0].as_str() else { continue };
        let outcome = run(Profile::Chromium, &scenario, |_| {});
        let Outcome::Blocked(reason) = outcome else { panic!("{}: {outcome:?}", scenario["name"]) };
        // The recording has lost a period of this one.
        let said = said.replace("/r Request mode", "/r. Request mode");
        assert_eq!(reason.console().as_deref(), Some(said.as_str()), "{}", scenario["name"]);
        messages += 1;
    }
    assert!(messages > 50, "{messages}");
}

fn seen(profile: Profile, scenario: &Value) -> Seen {
    let seen = &scenario["seen"][profile.as_str()];
    let texts = |key: &str| -> Vec<Option<String>> {
        let list = seen[key].as_array().expect("a list").iter();
        list.map(|text| text.as_str().map(str::to_owned)).collect()
    };
    Seen {
        outcome: seen["outcome"].as_str().expect("an outcome").to_owned(),
        preflights: usize::try_from(seen["preflights"].as_u64().expect("a number")).expect("few"),
        names: texts("acrh"),
        origins: texts("origins"),
    }
}

fn simulate(profile: Profile, scenario: &Value) -> Seen {
    let (mut preflights, mut names, mut origins) = (0, Vec::new(), Vec::new());
    let outcome = run(profile, scenario, |sent| {
        origins.push(header(sent, "origin"));
        if sent.kind == Kind::Preflight {
            preflights += 1;
            names.push(header(sent, "access-control-request-headers"));
        }
    });
    let outcome = match outcome {
        Outcome::Allowed { .. } => "allowed",
        Outcome::Opaque => "opaque",
        Outcome::Blocked(_) => "blocked",
    };
    Seen { outcome: outcome.to_owned(), preflights, names, origins }
}

fn run(profile: Profile, scenario: &Value, mut see: impl FnMut(&Sent)) -> Outcome {
    let hops = scenario["hops"].as_array().expect("hops");
    let url = |hop: &Value| hop["url"].as_str().expect("a URL").to_owned();
    let request = request(&scenario["request"], &url(&hops[0]));
    let mut at = 0;
    fetch(profile, &request, |sent| {
        see(sent);
        if sent.kind == Kind::Preflight {
            return Some(response(&hops[at]["preflight"], sent));
        }
        let mut response = response(&hops[at]["response"], sent);
        at += 1;
        if let Some(next) = hops.get(at) {
            response.headers.push(("location".to_owned(), url(next).into_bytes()));
        }
        Some(response)
    })
}

fn request(value: &Value, url: &str) -> Request {
    let text = |key: &str| value[key].as_str().expect("a text");
    let mut request = Request::new(text("origin"), url, text("method"));
    request.headers = lines(&value["headers"]).collect();
    request.mode = match text("mode") {
        "no-cors" => Mode::NoCors,
        "same-origin" => Mode::SameOrigin,
        _ => Mode::Cors,
    };
    request.credentials = match text("credentials") {
        "omit" => Credentials::Omit,
        "include" => Credentials::Include,
        _ => Credentials::SameOrigin,
    };
    request
}

fn response(value: &Value, sent: &Sent) -> Response {
    let status = u16::try_from(value["status"].as_u64().expect("a status")).expect("a status");
    let value_of = |value: Vec<u8>| match &value[..] {
        b"$ORIGIN" => header(sent, "origin").map(String::into_bytes),
        b"$ACRM" => header(sent, "access-control-request-method").map(String::into_bytes),
        b"$ACRH" => header(sent, "access-control-request-headers").map(String::into_bytes),
        _ => Some(value),
    };
    let lines = lines(&value["headers"]);
    Response::new(status, lines.filter_map(|(name, value)| Some((name, value_of(value)?))))
}

fn lines(value: &Value) -> impl Iterator<Item = (String, Vec<u8>)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let lines = value.as_array().into_iter().flatten();
    lines.map(move |line| (text(&line[0]), text(&line[1]).into_bytes()))
}

fn header(sent: &Sent, name: &str) -> Option<String> {
    let (_, value) = sent.request.headers.iter().find(|(known, _)| known == name)?;
    Some(String::from_utf8_lossy(value).into_owned())
}
