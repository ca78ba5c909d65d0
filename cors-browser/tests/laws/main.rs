//! The two halves agree: what the engine allows, browsers let through, and what it denies, they
//! block for the same reason.

use std::collections::BTreeSet;

use cors_browser::{Cause, Credentials, Outcome, Profile, Request, Response, Sent, Stage, fetch};
use cors_core::{Cors, Decision, Denial, Kind, Origin, Policy, Verdict, method, plain};
use proptest::{
    prelude::{Just, Strategy, prop_oneof, proptest},
    sample::{select, subsequence},
};

use support::preflight::is_trusted;

#[path = "../../../cors-core/tests/laws/strategy.rs"]
#[allow(dead_code, reason = "the laws of cors-core use the rest")]
mod strategy;
#[path = "../../../cors-core/tests/support/mod.rs"]
#[allow(dead_code, reason = "the laws of cors-core use the rest")]
mod support;

/// What every handler here answers, besides CORS.
const HANDLERS: [&str; 6] = ["content-type", "etag", "expires", "set-cookie", "x-a", "x-b"];

/// Those that a script reads of whatever it may have.
const SAFELISTED: [&str; 2] = ["content-type", "expires"];

/// What a script on a page near the policy's origins asks for.
fn script(policy: &Policy) -> impl Strategy<Value = Request> + use<> {
    let entries = [&policy.allow_origins[..], &["https://a".into()]].concat();
    let page = prop_oneof![
        5 => strategy::covered_origin(&entries),
        4 => strategy::near_origin(&entries),
        1 => Just("null".to_string()),
    ];
    let page = page.prop_map(|page| match Origin::parse(page.as_bytes()) {
        None if page != "null" => "https://a".into(),
        _ => page,
    });
    let methods = ["get", "POST", "PUT", "delete", "patch", "PATCH", "QUERY", "Trace", "*"];
    let method = prop_oneof![
        select(methods.map(String::from).to_vec()),
        select([&policy.allow_methods[..], &["GET".into()]].concat()),
    ];
    let headers = [
        ("X-A", "1"),
        ("x-b", "1"),
        ("x-z", "1"),
        ("*", "1"),
        ("Authorization", "1"),
        ("range", "bytes=0-1"),
        ("range", "bytes=-1"),
        ("cookie", "1"),
        ("content-type", "text/plain"),
        ("user-agent", "1"),
    ];
    let headers = headers.map(|(name, value)| (name.to_string(), value));
    let listed: Vec<_> = policy.allow_headers.iter().map(|name| (name.clone(), "1")).collect();
    let headers = prop_oneof![
        subsequence(headers.to_vec(), 0..4),
        subsequence(listed.clone(), 0..=listed.len()),
    ];
    let switches = (proptest::bool::weighted(0.3), proptest::bool::weighted(0.1));
    (page, method, headers, switches).prop_map(|(page, method, headers, (include, listens))| {
        let mut request = Request::new(page, "https://api.test/", method);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        if include {
            request.credentials = Credentials::Include;
        }
        request.upload_listener = listens;
        request
    })
}

/// A policy that compiles, and a request.
fn policy_and_script() -> impl Strategy<Value = (Cors, Request)> {
    let compiled = strategy::policy().prop_filter_map("it compiles", |policy| {
        let cors: Cors = policy.compile().ok()?;
        Some((policy, cors))
    });
    compiled.prop_flat_map(|(policy, cors)| (Just(cors), script(&policy)))
}

proptest! {
    #![proptest_config(strategy::cases(4096))]

    #[test]
    fn browsers_do_what_the_verdict_says((cors, request) in policy_and_script()) {
        for profile in Profile::ALL {
            // By the letter of the standard, a preflight that a listener asked for passes any
            // method where no list is sent. No engine does this.
            let unlisted = only(&cors).allow_methods.is_empty() && request.upload_listener;
            if profile != Profile::Fetch || !unlisted {
                check(profile, &cors, &request);
            }
        }
    }
}

/// The policy that was compiled.
fn only(cors: &Cors) -> Policy {
    cors.resources().only().expect("one policy for every path").clone()
}

/// The answer of a server that asks the engine, and the engine's verdict.
fn serve(cors: &Cors, sent: &Sent) -> (Response, Verdict) {
    let decision = cors.decide(&sent.request);
    assert_eq!(decision.kind(), sent.kind);
    let verdict = decision.verdict();
    let mut headers = plain::Response::default();
    let status = match decision {
        Decision::Forward(forward) => {
            for name in HANDLERS {
                headers.push(name, "1");
            }
            forward.apply(&mut headers);
            200
        }
        Decision::Answer(answer) => {
            let status = answer.status();
            answer.apply(&mut headers);
            status
        }
    };
    let lines = headers.headers.into_iter();
    let lines = lines.map(|(name, value)| (name.into_owned(), value.into_owned()));
    (Response::new(status, lines), verdict)
}

fn check(profile: Profile, cors: &Cors, request: &Request) {
    let policy = only(cors);
    let mut last = None;
    let outcome = fetch(profile, request, |sent| {
        let (response, verdict) = serve(cors, sent);
        assert!(
            !matches!(last, Some((_, Verdict::Deny(_)))),
            "{profile:?} goes on although the preflight was denied"
        );
        last = Some((sent.kind, verdict));
        Some(response)
    });
    let context = || format!("{profile:?} {policy:?} {request:?} {last:?} {outcome:?}");
    let has_credentials = request.credentials == Credentials::Include;
    let is_covered = !has_credentials || is_trusted(&policy);
    match (&outcome, last) {
        (Outcome::Allowed { readable }, Some((Kind::Actual, Verdict::Allow))) => {
            assert!(is_covered, "{}", context());
            let readable = readable.iter().map(String::as_str);
            let readable: BTreeSet<_> = readable.filter(|name| HANDLERS.contains(name)).collect();
            assert_eq!(readable, exposed(&policy, has_credentials), "{}", context());
        }
        // The engine takes any method where the policy does; browsers do not send all of them.
        (Outcome::Blocked(reason), None) => {
            assert_eq!(reason.cause(), Cause::ForbiddenMethod, "{}", context());
            assert!(method::is_forbidden(&request.method), "{}", context());
        }
        (Outcome::Blocked(reason), Some((kind, verdict))) => {
            let stage = if kind == Kind::Preflight { Stage::Preflight } else { Stage::Actual };
            let wanted = match verdict {
                Verdict::Deny(denial)
                    if denial == Denial::Origin
                        || policy.silent_refusals
                        || denial == Denial::Method && policy.only_listed_methods =>
                {
                    // A preflight is answered 403 then, which one browser sees first.
                    match (profile, stage) {
                        (Profile::WebKit, Stage::Preflight) => vec![Cause::PreflightStatus],
                        _ => vec![Cause::OriginMissing(stage)],
                    }
                }
                Verdict::Deny(_) | Verdict::Allow if !is_covered => {
                    vec![Cause::OriginWildcard(stage), Cause::CredentialsMissing(stage)]
                }
                Verdict::Deny(Denial::Method) => vec![Cause::MethodNotAllowed],
                Verdict::Deny(Denial::Header) => {
                    vec![Cause::HeaderNotAllowed, Cause::AuthorizationNotListed]
                }
                // What is left blocks nothing: one policy stands for every path.
                _ => vec![],
            };
            assert!(wanted.contains(&reason.cause()), "{}", context());
        }
        _ => panic!("{}", context()),
    }
}

/// The handler's headers that the policy lets a script read.
fn exposed(policy: &Policy, has_credentials: bool) -> BTreeSet<&'static str> {
    let is_listed = |name: &str| {
        let mut names = policy.expose_headers.iter();
        names.any(|listed| listed.eq_ignore_ascii_case(name) || listed == "*" && !has_credentials)
    };
    let is_readable =
        |name: &&str| *name != "set-cookie" && (SAFELISTED.contains(name) || is_listed(name));
    HANDLERS.into_iter().filter(is_readable).collect()
}
