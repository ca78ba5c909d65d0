//! A browser's own work on a request: the steps one by one, and all of them together.

use std::hint::black_box;

use cors_benches::ORIGIN;
use cors_browser::{
    CorsRequest, Credentials, Fetch, Outcome, Profile, Request, Response, Step, Why,
};
use cors_core::Kind;
use criterion::{Criterion, criterion_group, criterion_main};

/// What a page asks of an API, with a preflight.
fn request() -> Request {
    Request::new(ORIGIN, "https://api.example.net/items/1", "PUT")
        .header("Content-Type", "application/json")
        .header("X-Request-Id", "1")
        .credentials(Credentials::Include)
}

fn preflighted() -> Response {
    Response::new(
        204,
        [
            ("access-control-allow-origin", ORIGIN),
            ("access-control-allow-credentials", "true"),
            ("access-control-allow-methods", "PUT, DELETE"),
            ("access-control-allow-headers", "authorization, content-type, x-request-id"),
            ("access-control-max-age", "600"),
            ("vary", "Origin"),
        ],
    )
}

fn answered() -> Response {
    Response::new(
        200,
        [
            ("content-type", "application/json"),
            ("content-length", "2"),
            ("etag", "\"1\""),
            ("access-control-allow-origin", ORIGIN),
            ("access-control-allow-credentials", "true"),
            ("access-control-expose-headers", "etag"),
            ("vary", "Origin"),
        ],
    )
}

fn steps(criterion: &mut Criterion) {
    let (request, preflighted, answered) = (request(), preflighted(), answered());
    let cors = CorsRequest::new(Profile::Fetch, &request).expect("a browser sends it");
    assert_eq!(cors.preflight_needed(), Some(Why::Method("PUT")));
    assert_eq!(cors.preflight_check(&preflighted), Ok(()));
    assert_eq!(cors.cors_check(&answered), Ok(()));
    assert_eq!(cors.readable(&answered), ["content-length", "content-type", "etag"]);

    let mut step = |name: &str, run: &dyn Fn()| {
        criterion.bench_function(&format!("browser/{name}"), |bencher| bencher.iter(run));
    };
    step("prepare", &|| drop(black_box(CorsRequest::new(Profile::Fetch, black_box(&request)))));
    step("preflight", &|| drop(black_box(black_box(&cors).preflight())));
    step("preflight check", &|| drop(black_box(cors.preflight_check(black_box(&preflighted)))));
    step("CORS check", &|| drop(black_box(cors.cors_check(black_box(&answered)))));
    step("readable", &|| drop(black_box(cors.readable(black_box(&answered)))));
}

/// What a request costs with its preflight.
fn all(criterion: &mut Criterion) {
    let (request, preflighted, answered) = (request(), preflighted(), answered());
    let run = || {
        let mut step = Fetch::start(Profile::Fetch, black_box(&request));
        loop {
            match step {
                Step::Send(fetch) => {
                    let sent = black_box(fetch.sent());
                    let is_preflight = sent.kind == Kind::Preflight;
                    let response = if is_preflight { &preflighted } else { &answered };
                    step = fetch.receive(Some(black_box(response)));
                }
                Step::Done(outcome) => break outcome,
            }
        }
    };
    let readable = ["content-length", "content-type", "etag"].map(Into::into).into();
    assert_eq!(run(), Outcome::Allowed { readable });
    criterion.bench_function("browser/preflighted", |bencher| bencher.iter(run));
}

criterion_group!(benches, steps, all);
criterion_main!(benches);
