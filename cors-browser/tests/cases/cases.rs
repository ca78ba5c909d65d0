//! The cases in `cases.json`, all of them: facts from web-platform-tests, which explain themselves
//! there.

use std::time::Duration;

use cors_browser::{
    Cache, Credentials, Fetch, Mode, Outcome, Profile, Request, Response, Sent, Step,
    is_safelisted_request_header,
};
use cors_core::Kind;
use serde_json::Value;

/// A case, with its name for messages.
struct Case<'j>(&'j Value);

impl Case<'_> {
    /// What is expected, whether the original says so or a reference does.
    fn wanted(&self, key: &str) -> Option<&Value> {
        ["expect", "derived"].iter().find_map(|part| self.0[part].get(key))
    }

    fn id(&self) -> &str {
        text(&self.0["id"])
    }

    fn header(&self) -> (&str, Vec<u8>) {
        (text(&self.0["header"][0]), bytes(text(&self.0["header"][1])))
    }
}

fn for_each(kind: &str, count: usize, mut check: impl FnMut(Case<'_>)) {
    let data: Value = serde_json::from_str(include_str!("cases.json")).expect("JSON");
    let groups = data["groups"].as_array().expect("groups").iter();
    let cases =
        groups.filter(|group| group["kind"] == kind).flat_map(|group| list(&group["cases"]));
    let mut checked = 0;
    for case in cases {
        check(Case(case));
        checked += 1;
    }
    assert_eq!(checked, count, "cases of kind {kind}");
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// One byte for each code point.
fn bytes(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(letter).expect("a byte")).collect()
}

fn request(value: &Value, url: &str) -> Request {
    let mut request = Request::new(text(&value["origin"]), url, text(&value["method"]));
    for header in list(&value["headers"]) {
        request = request.header(text(&header[0]), bytes(text(&header[1])));
    }
    request.mode = match value["mode"].as_str() {
        Some("no-cors") => Mode::NoCors,
        _ => Mode::Cors,
    };
    request.credentials = match value["credentials"].as_str() {
        Some("omit") => Credentials::Omit,
        Some("include") => Credentials::Include,
        _ => Credentials::SameOrigin,
    };
    request.upload_listener = value["upload_listener"] == true;
    request
}

fn response(value: &Value, sent: &Sent) -> Response {
    let of_request = |name: &str| {
        let headers = sent.request.headers.iter();
        headers.filter(|(known, _)| known == name).map(|(_, value)| value.clone()).next()
    };
    let value_of = |value: &str| match value {
        "$ORIGIN" => of_request("origin"),
        "$ACRM" => of_request("access-control-request-method"),
        "$ACRH" => of_request("access-control-request-headers"),
        value => Some(bytes(value)),
    };
    let status = value["status"].as_u64().and_then(|status| u16::try_from(status).ok());
    let headers = list(&value["headers"]).iter();
    let headers = headers.filter_map(|line| Some((text(&line[0]), value_of(text(&line[1]))?)));
    Response::new(status.expect("a status"), headers)
}

/// What was seen from outside while a case was fetched.
#[derive(Default)]
struct Seen {
    preflights: usize,
    request_headers: Option<String>,
    /// Of the first request of each hop.
    origins: Vec<String>,
    hops: usize,
    status: u16,
}

fn fetch(profile: Profile, case: &Case<'_>) -> (Outcome, Seen) {
    let hops = list(&case.0["hops"]);
    let mut seen = Seen::default();
    let mut hop = 0;
    let request = request(&case.0["request"], text(&hops[0]["url"]));
    let outcome = cors_browser::fetch(profile, &request, |sent| {
        assert_eq!(sent.url, text(&hops[hop]["url"]), "{}", case.id());
        let header = |name: &str| {
            let mut headers = sent.request.headers.iter();
            let (_, value) = headers.find(|(known, _)| known == name)?;
            Some(String::from_utf8(value.clone()).expect("ASCII"))
        };
        if hop == seen.hops {
            seen.origins.extend(header("origin"));
            seen.hops += 1;
        }
        if sent.kind == Kind::Preflight {
            seen.preflights += 1;
            seen.request_headers = header("access-control-request-headers");
            return Some(response(&hops[hop]["preflight"], sent));
        }
        let mut response = response(&hops[hop]["response"], sent);
        seen.status = response.status;
        hop += 1;
        if let Some(next) = hops.get(hop) {
            response.headers.push(("location".into(), text(&next["url"]).into()));
        }
        Some(response)
    });
    (outcome, seen)
}

#[test]
fn every_verdict_is_the_recorded_one() {
    for_each("verdict", 291, |case| {
        let (outcome, seen) = fetch(Profile::Fetch, &case);
        let (word, reason) = match &outcome {
            Outcome::Allowed { readable } => {
                check_readable(&case, readable);
                ("allowed", None)
            }
            Outcome::Opaque => ("opaque", None),
            Outcome::Blocked(reason) => ("blocked", Some(reason.code())),
        };
        let id = case.id();
        assert_eq!(case.wanted("outcome").expect("an outcome"), word, "{id}: {outcome:?}");
        assert_eq!(case.wanted("reason").map(text), reason, "{id}");
        assert_eq!(case.wanted("preflights").expect("a number"), seen.preflights, "{id}");
        if let Some(wanted) = case.wanted("acrh") {
            assert_eq!(wanted.as_str(), seen.request_headers.as_deref(), "{id}");
        }
        if let Some(status) = case.wanted("status") {
            assert_eq!(*status, seen.status, "{id}");
        }
        check_origins(&case, &seen.origins);
    });
}

#[track_caller]
fn check_readable(case: &Case<'_>, readable: &[String]) {
    let names = |key| case.wanted(key).map_or(&[][..], list).iter().map(text);
    for (mut names, wanted) in [(names("visible"), true), (names("hidden"), false)] {
        assert!(
            names.all(|name| readable.contains(&name.to_ascii_lowercase()) == wanted),
            "{}: {readable:?}",
            case.id()
        );
    }
}

#[track_caller]
fn check_origins(case: &Case<'_>, seen: &[String]) {
    let wanted = case.wanted("origins").map_or(&[][..], list);
    assert!(wanted.iter().map(text).eq(seen.iter().map(String::as_str)), "{}: {seen:?}", case.id());
}

#[test]
fn every_engine_agrees_but_where_it_is_known_to_differ() {
    for profile in [Profile::Chromium, Profile::Firefox, Profile::WebKit] {
        for_each("verdict", 291, |case| {
            let wanted = case.wanted("reason").map(text).and_then(|slug| match (profile, slug) {
                (_, "preflight.header.authorization-not-listed") => None,
                // The one case whose preflight also has the status 405.
                (Profile::WebKit, "preflight.acao.missing") => Some("preflight.status"),
                (_, slug) => Some(slug),
            });
            let got = match &fetch(profile, &case).0 {
                Outcome::Blocked(reason) => Some(reason.code()),
                Outcome::Allowed { .. } | Outcome::Opaque => None,
            };
            assert_eq!(got, wanted, "{profile:?} {}", case.id());
        });
    }
}

#[test]
fn every_header_is_safelisted_or_not() {
    for_each("safelist", 36, |case| {
        let (name, value) = case.header();
        let safelisted = is_safelisted_request_header(name, &value);
        assert_eq!(case.0["safelisted"], safelisted, "{}", case.id());
    });
}

#[test]
fn a_second_request_is_preflighted_or_not() {
    for_each("preflight-cache", 7, |case| {
        // What the standard and the engines read differently is held against an engine.
        let profile = match case.0.get("contested") {
            Some(_) => Profile::Chromium,
            None => Profile::Fetch,
        };
        let page = "http://web-platform.test:8000";
        let origins = match case.id().split_once("-tainted.any.js#") {
            Some((_, "0")) => ["null", page],
            Some(_) => [page, "null"],
            None => [page, page],
        };
        let max_age: Vec<_> = list(&case.0["max_age"]).iter().map(text).collect();
        let delay = Duration::from_secs_f64(case.0["delay_s"].as_f64().unwrap_or_default());
        let mut cache = Cache::default();
        let preflights = [Duration::ZERO, delay].into_iter().zip(origins).map(|(now, origin)| {
            let request = Request::new(origin, "http://www1.web-platform.test:8000/x", "GET");
            let request = request.header("x-print", "x");
            preflights(Fetch::start_with(profile, &request, &mut cache, now), &max_age)
        });
        let preflights: Vec<_> = preflights.collect();
        let second = usize::from(case.0["expect_second_preflight"] == true);
        assert_eq!(preflights, [1, second], "{}", case.id());
    });
}

/// How many preflights are sent to a server that allows them for this long.
fn preflights(mut step: Step<'_>, max_age: &[&str]) -> usize {
    let mut count = 0;
    while let Step::Send(fetch) = step {
        count += usize::from(fetch.sent().kind == Kind::Preflight);
        let allow =
            [("access-control-allow-origin", "*"), ("access-control-allow-headers", "x-print")];
        let max_age = max_age.iter().map(|value| ("access-control-max-age", *value));
        step = fetch.receive(Some(&Response::new(200, allow.into_iter().chain(max_age))));
    }
    assert!(matches!(step, Step::Done(Outcome::Allowed { .. })));
    count
}
