//! The decision alone: by kind of request, among many origins, by patterns, and against hostile
//! request lists.

use cors_benches::{
    Case, ORIGIN, SCALE, STRANGER, actual, compile, listed, policy, preflight, same_origin,
};
use cors_core::{Denial, Policy, Resources, Verdict};
use criterion::{Criterion, criterion_group, criterion_main};

const DENIED: Verdict = Verdict::Deny(Denial::Origin);

fn kinds(criterion: &mut Criterion) {
    let cors = &listed(1);
    let mut case = |name, request, verdict| {
        Case { cors, request: &request, verdict }.decide(criterion, name);
    };
    case("decide/no origin", same_origin(), Verdict::NotCors);
    case("decide/actual, allowed", actual(ORIGIN), Verdict::Allow);
    case("decide/actual, denied", actual(STRANGER), DENIED);
    let asked = "authorization,content-type";
    case("decide/preflight, allowed", preflight(ORIGIN, "PUT", asked), Verdict::Allow);
    case("decide/preflight, origin denied", preflight(STRANGER, "PUT", asked), DENIED);
    let denied = Verdict::Deny(Denial::Method);
    case("decide/preflight, method denied", preflight(ORIGIN, "PATCH", asked), denied);
    let denied = Verdict::Deny(Denial::Header);
    case("decide/preflight, header denied", preflight(ORIGIN, "PUT", "x-other"), denied);
}

fn origins(criterion: &mut Criterion) {
    for origins in SCALE {
        let cors = &listed(origins);
        let mut case = |name: &str, origin, verdict| {
            let name = format!("decide/{name} {origins}");
            Case { cors, request: &actual(origin), verdict }.decide(criterion, &name);
        };
        case("allowed among", ORIGIN, Verdict::Allow);
        case("denied among", STRANGER, DENIED);
    }
    let any = compile(Policy::new().allow_any_origin());
    Case { cors: &any, request: &actual(ORIGIN), verdict: Verdict::Allow }
        .decide(criterion, "decide/any origin");
}

fn patterns(criterion: &mut Criterion) {
    for patterns in [1, 1_000] {
        let others = (1..patterns).map(|n| format!("https://*.tenant-{n}.example"));
        let cors =
            &compile(policy().allow_origins(others.chain(["https://*.example.com".to_owned()])));
        let mut case = |name: &str, origin, verdict| {
            let name = format!("decide/pattern, {name} {patterns}");
            Case { cors, request: &actual(origin), verdict }.decide(criterion, &name);
        };
        case("allowed among", ORIGIN, Verdict::Allow);
        case("denied among", STRANGER, DENIED);
    }
    let cors = &compile(policy().allow_origin_patterns([r"https://[a-z]+\.example\.com"]));
    Case { cors, request: &actual(ORIGIN), verdict: Verdict::Allow }
        .decide(criterion, "decide/regex, allowed");
}

/// Among policies by path, beside one policy for all.
fn paths(criterion: &mut Criterion) {
    let policy = policy().allow_origins([ORIGIN]);
    let others = (1..100).map(|n| format!("/api/v1/tenant-{n}/*"));
    let resources = others
        .fold(Resources::new().at("/api/*", policy.clone()), |resources, path| {
            resources.at(path, policy.clone().max_age(60))
        });
    let cors = &resources.compile_for().expect("valid paths");
    let mut case = |name, path: &'static str, verdict| {
        let mut request = actual(ORIGIN);
        *request.uri_mut() = path.parse().expect("a path");
        Case { cors, request: &request, verdict }.decide(criterion, name);
    };
    case("decide/path, of 100", "/api/v1/tenant-42/items/1017", Verdict::Allow);
    case("decide/path, upper case", "/api/v1/tenant-42/items/AbC", Verdict::Allow);
    case("decide/path, encoded", "/api/v1/tenant%2D42/items/1017", Verdict::Allow);
    case("decide/path, none", "/index.html", Verdict::NoPolicy);
}

/// 64 KiB of `Access-Control-Request-Headers` may cost what a short list costs that is refused.
fn hostile(criterion: &mut Criterion) {
    const SIZE: usize = 64 * 1024;
    let cors = &listed(1);
    let mut case = |name, list: &str| {
        let request = &preflight(ORIGIN, "PUT", list);
        let verdict = Verdict::Deny(Denial::Header);
        Case { cors, request, verdict }.decide(criterion, name);
    };
    case("hostile/short refused list", "x-other");
    case("hostile/64 KiB of commas", &",".repeat(SIZE));
    case("hostile/64 KiB of one letter each", &"a,".repeat(SIZE / 2));
    case("hostile/64 KiB of one allowed name", &"content-type,".repeat(SIZE / 13));

    let origin = format!("https://{}example.com", "a.".repeat(4 * 1024));
    Case { cors, request: &actual(&origin), verdict: DENIED }
        .decide(criterion, "hostile/8 KiB of origin");
}

criterion_group!(benches, kinds, origins, patterns, paths, hostile);
criterion_main!(benches);
