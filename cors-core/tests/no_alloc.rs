//! `decide` allocates nothing, whatever arrives; and a policy compiled again keeps nothing more.

use std::{borrow::Cow, sync::Arc};

use allocation_counter::measure;
use cors_core::{
    Cors, Denial, Framework, Policy, RequestField, RequestHead, Resources, Verdict, literal,
};

/// A framework with shared header values, as all of them have: a clone counts, and copies nothing.
enum Shared {}

#[derive(Clone)]
#[expect(dead_code, reason = "what a value costs is measured here, not what it says")]
enum Value {
    Text(Cow<'static, str>),
    Line(Arc<[u8]>),
}

impl Framework for Shared {
    type Value = Value;
    type Line<'a> = &'a Arc<[u8]>;
    type Template = std::convert::Infallible;
    const ANY: Value = Value::Text(Cow::Borrowed(literal::ANY));
    const TRUE: Value = Value::Text(Cow::Borrowed(literal::TRUE));
    const VARY_ORIGIN: Value = Value::Text(Cow::Borrowed(literal::ORIGIN));

    fn value(text: Cow<'static, str>) -> Value {
        Value::Text(text)
    }

    fn bytes<'a>(line: Self::Line<'a>) -> &'a [u8] {
        line
    }

    fn line_value(line: &Arc<[u8]>) -> Value {
        Value::Line(Arc::clone(line))
    }
}

struct Request {
    method: &'static str,
    path: &'static [u8],
    headers: Vec<(RequestField, Arc<[u8]>)>,
}

impl RequestHead for Request {
    fn header(&self, _: &str) -> Option<&[u8]> {
        None
    }

    type Framework = Shared;
    fn is_options(&self) -> bool {
        self.method == "OPTIONS"
    }

    fn path(&self) -> &[u8] {
        self.path
    }

    fn method(&self) -> &[u8] {
        self.method.as_bytes()
    }

    fn authority(&self) -> Option<&[u8]> {
        None
    }

    fn lines(&self, field: RequestField) -> impl Iterator<Item = &Arc<[u8]>> {
        self.headers.iter().filter(move |(name, _)| *name == field).map(|(_, line)| line)
    }
}

const ORIGIN: RequestField = RequestField::Origin;
const METHOD: RequestField = RequestField::Method;
const HEADERS: RequestField = RequestField::Headers;

fn compile(policy: &Policy) -> Cors<Shared> {
    policy.compile_for().expect("a valid policy")
}

#[track_caller]
fn check(
    cors: &Cors<Shared>,
    method: &'static str,
    headers: &[(RequestField, &str)],
    expected: Verdict,
) {
    check_at(cors, b"/", method, headers, expected);
}

#[track_caller]
fn check_at(
    cors: &Cors<Shared>,
    path: &'static [u8],
    method: &'static str,
    headers: &[(RequestField, &str)],
    expected: Verdict,
) {
    let headers = headers.iter().map(|(name, value)| (*name, value.as_bytes().into())).collect();
    let request = Request { method, path, headers };
    let mut verdict = None;
    let spent = measure(|| verdict = Some(cors.decide(&request).verdict()));
    assert_eq!(verdict, Some(expected));
    assert_eq!(spent.count_total, 0, "{} bytes", spent.bytes_total);
}

/// One request of each kind and verdict that the policy can come to, from an origin that it allows
/// and from one that it does not.
#[track_caller]
fn check_all(policy: Policy, friend: &str, stranger: &str) {
    let policy = policy
        .allow_methods(["PUT"])
        .allow_headers(["x-api-key"])
        .expose_headers(["etag"])
        .allow_private_network(true);
    let cors = compile(&policy);
    let check = |method, headers: &[(RequestField, &str)], verdict| {
        check(&cors, method, headers, verdict);
    };
    let denied = Verdict::Deny(Denial::Origin);
    check("GET", &[], Verdict::NotCors);
    check("GET", &[(ORIGIN, friend)], Verdict::Allow);
    check("GET", &[(ORIGIN, stranger)], denied);
    check("GET", &[(ORIGIN, friend), (ORIGIN, friend)], denied);
    check("GET", &[(ORIGIN, &"a".repeat(8 << 10))], denied);
    check("GET", &[(ORIGIN, &format!("https://{}", "a.".repeat(4 << 10)))], denied);

    let put = (METHOD, "PUT");
    check("OPTIONS", &[(ORIGIN, stranger), put], denied);
    check("OPTIONS", &[(ORIGIN, friend), (METHOD, "PATCH")], Verdict::Deny(Denial::Method));
    check("OPTIONS", &[(ORIGIN, friend), put, (HEADERS, " X-Api-Key ,")], Verdict::Allow);
    for hostile in [",", " ", "x-api-key,", "X", "\u{e9}"] {
        let list = hostile.repeat((64 << 10) / hostile.len());
        check("OPTIONS", &[(ORIGIN, friend), put, (HEADERS, &list)], Verdict::Deny(Denial::Header));
    }
}

#[test]
fn one_origin() {
    check_all(Policy::new().allow_origins(["https://a.example"]), "https://a.example", "null");
}

#[test]
fn a_thousand_origins() {
    let origins = (0..1000).map(|n| format!("https://app-{n}.example"));
    check_all(
        Policy::new().allow_origins(origins).allow_credentials(true),
        "https://app-999.example",
        "https://app-1000.example",
    );
}

#[test]
fn families_of_origins() {
    check_all(
        Policy::new().allow_origins(["https://*.example.com", "http://localhost:*"]),
        "https://a.b.c.d.example.com",
        "https://a.b.c.d.example.com.evil.test",
    );
}

#[cfg(feature = "regex")]
#[test]
fn patterns() {
    check_all(
        Policy::new().allow_origin_patterns([r"https://pr-[0-9]+\.example\.com"]),
        "https://pr-12.example.com",
        "https://pr-12.example.com.evil.test",
    );
}

#[test]
fn the_null_origin() {
    check_all(Policy::new().dangerously_allow_null_origin(), "null", "https://a.example");
}

#[test]
fn any_origin() {
    let policy = Policy::new().allow_any_origin().allow_methods(["*"]).allow_headers(["*"]);
    let cors = compile(&policy);
    check(&cors, "GET", &[], Verdict::NotCors);
    check(&cors, "GET", &[(ORIGIN, "https://a.example")], Verdict::Allow);
    let list = "x,".repeat(32 << 10);
    check(
        &cors,
        "OPTIONS",
        &[(ORIGIN, "null"), (METHOD, "\u{e9}"), (HEADERS, &list)],
        Verdict::Allow,
    );
}

#[test]
fn any_origin_with_credentials() {
    let policy = Policy::new()
        .dangerously_allow_any_origin_with_credentials()
        .allow_methods(["*"])
        .allow_headers(["*"]);
    let cors = compile(&policy);
    let origin = (ORIGIN, "https://a.example");
    check(&cors, "GET", &[origin], Verdict::Allow);
    check(&cors, "GET", &[(ORIGIN, "null")], Verdict::Deny(Denial::Origin));
    check(&cors, "OPTIONS", &[origin, (METHOD, "PATCH"), (HEADERS, "x-a, x-b")], Verdict::Allow);
    check(
        &cors,
        "OPTIONS",
        &[origin, (METHOD, "PATCH"), (HEADERS, &"x,".repeat(32 << 10))],
        Verdict::Deny(Denial::Header),
    );
    check(
        &cors,
        "OPTIONS",
        &[origin, (METHOD, &"X".repeat(64 << 10))],
        Verdict::Deny(Denial::Method),
    );
}

#[test]
fn policies_by_path() {
    let policy = Policy::new().allow_origins(["https://a.example"]);
    let resources = Resources::new().at("/api/*", policy).without("/caf\u{e9}/*");
    let cors = resources.compile_for().expect("valid paths");
    let rows: [(&[u8], Verdict); 10] = [
        (b"/api/items", Verdict::Allow),
        (b"/api/%C3%A9", Verdict::Allow),
        (b"/caf%c3%a9/x", Verdict::NoPolicy),
        (b"", Verdict::NoPolicy),
        (b"/caf%c3%a9/../api/x", Verdict::Deny(Denial::Path)),
        (b"/api/%ff", Verdict::Deny(Denial::Path)),
        (&[b'/'; 8 << 10], Verdict::Deny(Denial::Path)),
        (&[b'/'; 60_000], Verdict::Deny(Denial::Path)),
        (b"/x/%252e%252e;/api%20/x", Verdict::Deny(Denial::Path)),
        (b"/AP~1/x", Verdict::Deny(Denial::Path)),
    ];
    for (path, verdict) in rows {
        check_at(&cors, path, "GET", &[(ORIGIN, "https://a.example")], verdict);
    }
}

#[test]
fn a_policy_compiled_again_keeps_nothing_more() {
    let policy = Policy::new()
        .allow_origins(["https://a.example", "https://*.example.net"])
        .allow_methods(["PUT", "PATCH"])
        .allow_headers(["x-kept-once"])
        .expose_headers(["x-kept-too"])
        .max_age(12_345);
    let kept = || measure(|| drop(compile(&policy))).bytes_current;
    let first = kept();
    assert!(first > 0, "rendered values are kept for good");
    assert_eq!(kept(), 0);
}
