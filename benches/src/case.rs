//! One thing that is timed.

use std::hint::black_box;

use cors_core::{Decision, Verdict};
use cors_http::{HttpCors, Leave, RequestView, ResponseView};
use criterion::Criterion;
use http::{HeaderMap, Request, Response};

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
        let mut response = response();
        self.check(name, || self.write(&mut response));
        response.headers_mut().clear();
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| {
                self.write(&mut response);
                black_box(&mut response).headers_mut().clear();
            });
        });
    }

    /// What is written to an empty response.
    pub fn written(&self) -> HeaderMap {
        let mut response = response();
        self.write(&mut response);
        response.into_parts().0.headers
    }

    fn write(&self, response: &mut Response<()>) -> Verdict {
        let view = RequestView::from(black_box(self.request));
        let decision = self.cors.decide(&view);
        let verdict = decision.verdict();
        let mut head = ResponseView::new(response, Leave::WhenNeeded);
        match decision {
            Decision::Forward(forward) => forward.apply(&mut head),
            Decision::Answer(answer) => answer.apply(&mut head),
        }
        verdict
    }

    /// Asserts the answer, and prints what it allocated.
    fn check(&self, name: &str, mut run: impl FnMut() -> Verdict) {
        let mut verdict = None;
        let count = allocation_counter::measure(|| verdict = Some(run())).count_total;
        assert_eq!(verdict, Some(self.verdict), "{name}");
        println!("{name}: {count} allocations");
        // The head of a preflight's answer is a copy of one: a header map has two allocations.
        let is_copied = name.starts_with("apply/preflight");
        assert_eq!(count, if is_copied { 2 } else { 0 }, "{name}: allocations");
    }
}
