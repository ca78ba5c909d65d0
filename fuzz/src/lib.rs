//! What the targets check of their input. The laws are those of the property tests.

#[path = "../../cors-core/tests/support/mod.rs"]
mod support;

use std::{sync::LazyLock, time::Duration};

use cors_browser::{self as browser, Cache, CorsRequest, Credentials, Fetch, Outcome, Profile, Response, Step};
use cors_core::{Cors, Policy, Resources,
    
    plain::{self, Request}};
use support::{origin, path, wire};

/// An `Origin` line: the three parsers agree about it.
pub fn check_origin(bytes: &[u8]) {
    origin::check_parsers(bytes);
}

/// An entry of `allow_origins`, and behind a line feed an origin to match.
pub fn check_pattern(bytes: &[u8]) {
    let (entry, origin) = split(bytes, b'\n');
    if let Ok(entry) = std::str::from_utf8(entry) {
        origin::check_entry(entry, origin);
    }
}

/// A path: the engine and its naive twin find the same policy for it.
pub fn check_path(bytes: &[u8]) {
    let (resources, cors) = &*RESOURCES;
    path::check(cors, resources, bytes);
}

/// A request and what its handler wrote, as text: the method, a line for each header, an empty
/// line, and a line for each header of the handler.
pub fn check_decide(bytes: &[u8]) {
    let mut lines = bytes.split(|&byte| byte == b'\n');
    let method = lines.next().map(String::from_utf8_lossy).unwrap_or_default();
    let headers = lines.by_ref().take_while(|line| !line.is_empty()).map(header);
    let request = Request::new(method, headers);
    let mut handler = plain::Response::default();
    for (name, value) in lines.map(header) {
        handler.push(&name, &String::from_utf8_lossy(value));
    }
    for cors in &*POLICIES {
        wire::check(cors, &request, &handler);
    }
}

/// A script's request and its answers, as text: the page's origin, the URL, the method, a line for
/// each header; and behind an empty line the next answer, a status and a line for each header.
/// Without an answer left, there is none.
pub fn check_browser(bytes: &[u8]) {
    let mut lines = bytes.split(|&byte| byte == b'\n');
    let mut next = || lines.next().map(String::from_utf8_lossy).unwrap_or_default();
    let mut request = browser::Request::new(next(), next(), next());
    let headers = lines.by_ref().take_while(|line| !line.is_empty()).map(header);
    request.headers = headers.map(|(name, value)| (name, value.to_vec())).collect();
    let mut answers = Vec::new();
    while let Some(status) = lines.next() {
        let status = String::from_utf8_lossy(status).parse().unwrap_or_default();
        let headers = lines.by_ref().take_while(|line| !line.is_empty()).map(header);
        answers.push(Response::new(status, headers));
    }
    for profile in Profile::ALL {
        for credentials in [Credentials::Omit, Credentials::Include] {
            check_fetch(profile, &request.clone().credentials(credentials), &answers);
        }
    }
}

/// A script gets what the checks of each answer say, and a fault has a line that mends it.
fn check_fetch(profile: Profile, request: &browser::Request, answers: &[Response]) {
    let mut cache = Cache::default();
    let mut left = answers.iter();
    let mut step = Fetch::start_with(profile, request, &mut cache, Duration::ZERO);
    let outcome = loop {
        match step {
            Step::Send(fetch) => {
                assert_eq!(fetch.sent(), fetch.sent());
                step = fetch.receive(left.next());
            }
            Step::Done(outcome) => break outcome,
        }
    };
    match outcome {
        Outcome::Allowed { readable } => {
            assert!(readable.is_sorted() && !readable.contains(&"set-cookie".to_owned()));
        }
        Outcome::Opaque => panic!("nobody asked for it"),
        Outcome::Blocked(reason) => {
            assert!(!reason.to_string().is_empty());
            assert_eq!(reason.fix().is_some(), reason.header().is_some());
            assert!(reason.console().is_none_or(|sentence| sentence.starts_with("Access to ")));
        }
    }
    let Ok(cors) = CorsRequest::new(profile, request) else { return };
    for answer in answers {
        let faults = [cors.cors_faults(answer), cors.preflight_faults(answer)];
        let firsts = [cors.cors_check(answer), cors.preflight_check(answer)];
        for (faults, first) in faults.into_iter().zip(firsts) {
            assert_eq!(faults.first(), first.as_ref().err());
        }
    }
}

fn header(line: &[u8]) -> (String, &[u8]) {
    let (name, value) = split(line, b':');
    (String::from_utf8_lossy(name).into_owned(), value.strip_prefix(b" ").unwrap_or(value))
}

/// Splits at the first `mark`, or else at the end.
fn split(bytes: &[u8], mark: u8) -> (&[u8], &[u8]) {
    let at = bytes.iter().position(|&byte| byte == mark).unwrap_or(bytes.len());
    (&bytes[..at], bytes.get(at + 1..).unwrap_or_default())
}

/// Paths around one another, and one beyond ASCII.
static RESOURCES: LazyLock<(Resources, Cors)> = LazyLock::new(|| {
    let policy = |n: u8| Policy::new().allow_origins([format!("https://p{n}.example")]);
    let resources = Resources::new()
        .at("*", policy(0))
        .at("/api/*", policy(1))
        .at("/api/v1/Public/*", policy(2))
        .without("/api/v1/Public/.x")
        .at("/caf\u{e9}", policy(3));
    let cors = resources.compile().expect("valid paths");
    (resources, cors)
});

/// Every way to decide: by literals, few and many, by families, by patterns, any, and echoed.
static POLICIES: LazyLock<Vec<Cors>> = LazyLock::new(|| {
    let named = |policy: Policy| {
        policy
            .allow_methods(["PUT", "patch"])
            .allow_headers(["content-type", "X-Api-Key"])
            .expose_headers(["etag"])
    };
    let any = |policy: Policy| policy.allow_methods(["*"]).allow_headers(["*"]);
    [
        named(Policy::new().allow_origins(["https://a.example"])),
        named(Policy::new().allow_origins(["https://a.example"]).allow_private_network(true)),
        named(
            Policy::new()
                .allow_origins((0..9).map(|n| format!("https://{n}.example")))
                .allow_credentials(true)
                .silent_refusals(true),
        ),
        named(Policy::new().allow_origins(["https://*.example.com", "http://localhost:*"])),
        named(Policy::new().allow_origin_patterns([r"https://pr-[0-9]+\.example"])),
        named(Policy::new().dangerously_allow_null_origin()),
        any(Policy::new().allow_origins(["https://a.example"]).allow_credentials(true)),
        any(Policy::new().dangerously_allow_any_origin_with_credentials()),
        any(Policy::new().allow_any_origin()).expose_headers(["*"]),
    ]
    .iter()
    .map(|policy| policy.compile().expect("a valid policy"))
    .collect()
});
