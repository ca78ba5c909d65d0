//! The growth of costs: long paths, long lists, many patterns and many policies.

use std::{hint::black_box, time::Instant};

use cors_core::{Policy, Resources, Verdict};
use cors_http::HttpCors;
use cors_peers::Request;

use crate::{
    engine::Decided,
    measured::Measured,
    request::{ORIGIN, actual, preflight},
};

/// Headers of the policy with a long list.
const HEADERS: usize = 1_000;

/// Policies of the largest set.
const POLICIES: usize = 100_000;

/// Adds the seconds of each case, `growth/300 patterns`.
///
/// # Panics
///
/// A verdict is not the one to be timed.
pub fn measure(measured: &mut Measured) {
    let mut fact = |name: &str, seconds: f64| {
        measured.facts.insert(format!("growth/{name}"), seconds);
    };
    for (kind, policy) in patterns() {
        fact(&format!("patterns/{kind}"), compiling(|| drop(compiled(&policy))));
    }
    for count in [POLICIES / 2, POLICIES] {
        let resources = by_path(count);
        let compile = || drop(resources.compile().expect("the policies here are valid"));
        fact(&format!("policies by path/{count}"), compiling(compile));
    }
    for (name, decided) in paths().into_iter().chain(lists()) {
        fact(name, deciding(&decided));
    }
}

/// 300 patterns of each kind that people write, and of all kinds together.
fn patterns() -> Vec<(&'static str, Policy)> {
    type Pattern = fn(usize) -> String;
    let kinds: [(&str, Pattern); 4] = [
        ("of hosts", |n| format!(r"https://[a-z0-9-]+\.tenant-{n}\.example")),
        ("of names", |n| format!(r"https://app-{n}-[0-9]+\.example\.com")),
        ("of ports", |n| format!(r"http://app-{n}\.example\.com:[0-9]{{4}}")),
        ("of choices", |n| format!(r"https?://(www|app|api)\.tenant-{n}\.example")),
    ];
    let policy = |pattern: &dyn Fn(usize) -> String| {
        Policy::new().allow_origin_patterns((0..300).map(pattern))
    };
    let mut all: Vec<_> = kinds.iter().map(|(kind, pattern)| (*kind, policy(pattern))).collect();
    all.push(("of all kinds", policy(&|n| kinds[n % kinds.len()].1(n))));
    all
}

/// Policies that differ, each at a path.
fn by_path(count: usize) -> Resources {
    (0..count).fold(Resources::new(), |resources, n| {
        let origin = format!("https://tenant-{n}.example.net");
        resources.at(format!("/tenants/{n}/*"), Policy::new().allow_origin(origin))
    })
}

fn paths() -> Vec<(&'static str, Decided)> {
    let resources = Resources::new()
        .at("/api/*", Policy::new().allow_origin(ORIGIN))
        .at("/api/admin/*", Policy::new().allow_origin("https://admin.example.com"));
    let cors: HttpCors = resources.compile_for().expect("the policies here are valid");
    let decided = |length: usize| {
        let mut request = actual(ORIGIN);
        let path = format!("/api/{}", "a/".repeat(length / 2));
        *request.uri_mut() = path.parse().expect("a path is a target");
        Decided::new(&cors, request, Verdict::Allow)
    };
    vec![("a path of 1 KB", decided(1_000)), ("a path of 60 KB", decided(60_000))]
}

fn lists() -> Vec<(&'static str, Decided)> {
    let names: Vec<String> = (0..HEADERS).map(|n| format!("x-header-{n:04}")).collect();
    let policy = Policy::new().allow_origin(ORIGIN).allow_headers(&names);
    let cors = compiled(&policy);
    let decided = |asked: &str| {
        let request: Request = preflight(ORIGIN, "GET", asked);
        Decided::new(&cors, request, Verdict::Allow)
    };
    let reversed: Vec<&str> = names.iter().rev().map(String::as_str).collect();
    vec![
        ("headers in order", decided(&names.join(","))),
        ("headers in reverse", decided(&reversed.join(","))),
        ("the first header", decided(&names[0])),
        ("the last header", decided(&names[HEADERS - 1])),
    ]
}

fn compiled(policy: &Policy) -> HttpCors {
    policy.compile_for().expect("the policies here are valid")
}

/// The seconds that this takes: the least of three.
fn compiling(compile: impl Fn()) -> f64 {
    let times = (0..3).map(|_| {
        let start = Instant::now();
        compile();
        start.elapsed().as_secs_f64()
    });
    times.fold(f64::INFINITY, f64::min)
}

/// The seconds that a decision takes: the least of some hundred samples.
fn deciding(decided: &Decided) -> f64 {
    const CALLS: u32 = 20;
    let times = (0..300).map(|_| {
        let start = Instant::now();
        for _ in 0..CALLS {
            black_box(decided.decide());
        }
        start.elapsed().as_secs_f64() / f64::from(CALLS)
    });
    times.fold(f64::INFINITY, f64::min)
}
