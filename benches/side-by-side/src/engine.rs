//! The engine by itself, beside the bare writing of the same headers: the floor that no
//! implementation can go below.

use std::hint::black_box;

use cors_core::{Decision, Denial, Policy, Verdict};
use cors_http::{HttpCors, Leave, RequestView, ResponseView};
use cors_peers::Request;
use http::{HeaderMap, HeaderValue, Response, header};

use crate::{
    request::{
        ASKED, ORIGIN, SHAPES, STRANGER, actual, asking, large, long_origin, origins, preflight,
        same_origin,
    },
    series::Series,
};

const DENIED: Verdict = Verdict::Deny(Denial::Origin);
const NO_METHOD: Verdict = Verdict::Deny(Denial::Method);
const NO_HEADER: Verdict = Verdict::Deny(Denial::Header);

/// What an ordinary policy says, the origins aside. It exposes nothing, so that an actual response
/// has three headers and a preflight's six.
fn policy() -> Policy {
    Policy::new()
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["authorization", "content-type", "x-request-id"])
        .allow_credentials(true)
}

/// An ordinary policy for so many origins.
pub fn listed(count: usize) -> HttpCors {
    compiled(policy().allow_origins(origins(count)))
}

fn compiled(policy: Policy) -> HttpCors {
    policy.compile_for().expect("the policies here are valid")
}

/// The requests of an ordinary policy, by what they are called, each with its verdict.
pub fn requests() -> Vec<(&'static str, Request, Verdict)> {
    let allowed = preflight(ORIGIN, "PUT", ASKED);
    let mut requests = vec![
        ("no Origin", same_origin(), Verdict::NotCors),
        ("actual", actual(ORIGIN), Verdict::Allow),
        ("actual, denied", actual(STRANGER), DENIED),
        ("preflight", preflight(ORIGIN, "PUT", ASKED), Verdict::Allow),
        ("preflight, origin denied", preflight(STRANGER, "PUT", ASKED), DENIED),
        ("preflight, method denied", preflight(ORIGIN, "PATCH", ASKED), NO_METHOD),
        ("preflight, header denied", asking(&allowed, "x-other"), NO_HEADER),
        ("a list refused by its length", asking(&allowed, &"a".repeat(1024)), NO_HEADER),
        ("8 KiB of Origin", long_origin(), DENIED),
    ];
    requests.extend(SHAPES.map(|(name, of)| (name, asking(&allowed, &large(of)), NO_HEADER)));
    requests
}

/// A request that one policy decides.
#[derive(Clone)]
pub struct Decided {
    cors: HttpCors,
    request: Request,
}

impl Decided {
    /// Asserts the verdict first: nothing else is timed or counted.
    ///
    /// # Panics
    ///
    /// Where the verdict is another.
    pub fn new(cors: &HttpCors, request: Request, verdict: Verdict) -> Self {
        let decided = Self { cors: cors.clone(), request };
        assert_eq!(decided.decide(), verdict);
        decided
    }

    /// Decides.
    pub fn decide(&self) -> Verdict {
        let view = RequestView::from(black_box(&self.request));
        black_box(self.cors.decide(&view)).verdict()
    }

    /// Decides, and asks a predicate about the origin.
    fn decide_with(&self) -> Verdict {
        let view = RequestView::from(black_box(&self.request));
        black_box(self.cors.decide_with(&view, |origin| origin.is_under("example.com"))).verdict()
    }

    /// Decides, and writes to these headers.
    pub fn write(&self, response: &mut Response<()>) {
        let mut head = ResponseView::new(response, Leave::WhenNeeded);
        let view = RequestView::from(black_box(&self.request));
        match self.cors.decide(&view) {
            Decision::Forward(forward) => forward.apply(&mut head),
            Decision::Answer(answer) => answer.apply(&mut head),
        }
    }

    /// Writes the same headers by hand.
    pub fn bare(&self, response: &mut Response<()>) {
        let headers = response.headers_mut();
        let origin = &black_box(&self.request).headers()[header::ORIGIN];
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        headers.insert(header::VARY, HeaderValue::from_static("Origin"));
        if *self.request.method() == http::Method::OPTIONS {
            for (name, value) in [
                (header::ACCESS_CONTROL_ALLOW_METHODS, "PUT, DELETE"),
                (header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, x-request-id"),
                (header::ACCESS_CONTROL_MAX_AGE, "600"),
            ] {
                headers.insert(name, HeaderValue::from_static(value));
            }
        }
    }

    fn decide_series(&self, name: String) -> Series {
        let decided = self.clone();
        Series::of(name, move || decided.decide())
    }

    fn write_series(&self, name: String, write: fn(&Self, &mut Response<()>)) -> Series {
        let decided = self.clone();
        let mut response = room();
        Series::of(name, move || {
            write(&decided, &mut response);
            black_box(&mut response).headers_mut().clear();
        })
    }
}

/// A response with room for the headers that CORS adds.
pub fn room() -> Response<()> {
    let mut response = Response::new(());
    *response.headers_mut() = HeaderMap::with_capacity(12);
    response
}

/// Every case of the engine.
///
/// # Panics
///
/// Where an answer is not the one that is to be timed.
pub fn series() -> Vec<Series> {
    let mut all = Vec::new();
    let one = listed(1);
    for (name, request, verdict) in requests() {
        all.push(Decided::new(&one, request, verdict).decide_series(format!("decide/{name}")));
    }
    for (count, name) in [(1_000, "1,000"), (1_000_000, "1,000,000")] {
        let cors = listed(count);
        let mut case = |what: &str, origin, verdict| {
            let decided = Decided::new(&cors, actual(origin), verdict);
            all.push(decided.decide_series(format!("decide/{what}, {name} origins")));
            all.push(decided.write_series(format!("apply/{what}, {name} origins"), Decided::write));
        };
        case("actual", ORIGIN, Verdict::Allow);
        case("actual, denied", STRANGER, DENIED);
    }
    let kinds = [
        ("subdomains", policy().allow_origins(["https://*.example.com"])),
        ("pattern", policy().allow_origin_patterns([r"https://[a-z]+\.example\.com"])),
        ("any", Policy::new().allow_any_origin()),
    ];
    for (name, policy) in kinds {
        let decided = Decided::new(&compiled(policy), actual(ORIGIN), Verdict::Allow);
        all.push(decided.decide_series(format!("decide/actual, {name}")));
    }
    let asked = Decided::new(&compiled(policy().dynamic_origins()), actual(ORIGIN), DENIED);
    assert_eq!(asked.decide_with(), Verdict::Allow);
    all.push(Series::of("decide/actual, predicate", move || asked.decide_with()));

    for (name, request) in
        [("actual", actual(ORIGIN)), ("preflight", preflight(ORIGIN, "PUT", ASKED))]
    {
        let decided = Decided::new(&one, request, Verdict::Allow);
        let (mut written, mut bare) = (room(), room());
        decided.write(&mut written);
        decided.bare(&mut bare);
        assert_eq!(written.headers(), bare.headers(), "{name}: the floor writes the same");
        all.push(decided.write_series(format!("apply/{name}"), Decided::write));
        all.push(decided.write_series(format!("bare/{name}"), Decided::bare));
    }
    all
}
