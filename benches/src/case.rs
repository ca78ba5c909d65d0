//! One thing that is timed.

use std::hint::black_box;

use cors_core::{Decision, Verdict};
use cors_http::{HttpCors, RequestView, ResponseView};
use criterion::Criterion;
use http::{HeaderMap, Request};

use crate::response;

/// A policy, a request, and the verdict that the one gives of the other.
pub struct Case<'a> {
    /// The policy.
    pub cors: &'a HttpCors,
    /// The request.
    pub request: &'a Request<()>,
    /// What [`Cors::decide`](cors_core::Cors::decide) must say before anything is timed.
    pub verdict: Verdict,
}

impl Case<'_> {
    /// Times the decision alone.
    pub fn decide(&self, criterion: &mut Criterion, name: &str) {
        let decide = || {
            let view = RequestView::from(black_box(self.request));
            black_box(self.cors.decide(&view)).verdict()
        };
        self.check(name, decide);
        criterion.bench_function(name, |bencher| bencher.iter(decide));
    }

    /// Times the decision and its writing to a response that has room.
    pub fn apply(&self, criterion: &mut Criterion, name: &str) {
        let mut headers = response();
        self.check(name, || self.write(&mut headers));
        headers.clear();
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| {
                self.write(&mut headers);
                black_box(&mut headers).clear();
            });
        });
    }

    /// What is written to an empty response.
    pub fn written(&self) -> HeaderMap {
        let mut headers = response();
        self.write(&mut headers);
        headers
    }

    fn write(&self, headers: &mut HeaderMap) -> Verdict {
        let view = RequestView::from(black_box(self.request));
        let decision = self.cors.decide(&view);
        let verdict = decision.verdict();
        match decision {
            Decision::Forward(forward) => {
                let _ = black_box(forward.apply(&mut ResponseView(headers), None));
            }
            Decision::Answer(answer) => answer.apply(&mut ResponseView(headers)),
        }
        verdict
    }

    /// Asserts the answer, and prints what it allocated.
    fn check(&self, name: &str, mut run: impl FnMut() -> Verdict) {
        let mut verdict = None;
        let count = allocation_counter::measure(|| verdict = Some(run())).count_total;
        assert_eq!(verdict, Some(self.verdict), "{name}");
        println!("{name}: {count} allocations");
        assert_eq!(count, 0, "{name}: what is decided and written allocates nothing");
    }
}
