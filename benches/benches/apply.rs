//! The decision and its writing, beside the bare writing of the same headers: the floor that no
//! implementation can go below.

use std::hint::black_box;

use cors_benches::{Case, ORIGIN, SCALE, actual, listed, preflight, response};
use cors_core::Verdict;
use criterion::{Criterion, criterion_group, criterion_main};
use http::{HeaderMap, HeaderValue, header};

fn bare_actual(headers: &mut HeaderMap, origin: &HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
}

fn bare_preflight(headers: &mut HeaderMap, origin: &HeaderValue) {
    bare_actual(headers, origin);
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "PUT, DELETE"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, x-request-id"),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// Times the writing alone, of the headers that the decision writes.
fn bare(
    criterion: &mut Criterion,
    name: &str,
    case: &Case<'_>,
    write: fn(&mut HeaderMap, &HeaderValue),
) {
    let origin = &case.request.headers()[header::ORIGIN];
    let mut headers = response().into_parts().0.headers;
    write(&mut headers, origin);
    assert_eq!(headers, case.written(), "{name}");
    headers.clear();
    criterion.bench_function(name, |bencher| {
        bencher.iter(|| {
            write(&mut headers, black_box(origin));
            black_box(&mut headers).clear();
        });
    });
}

fn actual_requests(criterion: &mut Criterion) {
    let request = &actual(ORIGIN);
    let verdict = Verdict::Allow;
    let case = Case { cors: &listed(1), request, verdict };
    bare(criterion, "apply/actual, bare", &case, bare_actual);
    for origins in SCALE {
        let name = format!("apply/actual, among {origins}");
        Case { cors: &listed(origins), request, verdict }.apply(criterion, &name);
    }
}

fn preflights(criterion: &mut Criterion) {
    let request = &preflight(ORIGIN, "PUT", "authorization,content-type");
    let case = Case { cors: &listed(1), request, verdict: Verdict::Allow };
    bare(criterion, "apply/preflight, bare", &case, bare_preflight);
    case.apply(criterion, "apply/preflight, among 1");
}

criterion_group!(benches, actual_requests, preflights);
criterion_main!(benches);
