//! A policy that is replaced under load: no request is lost, and each is answered by one policy.

use std::{
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use cors_core::{Cors, Framework, Live, Policy};
use libtest_mimic::Trial;

use crate::{Request, Response, Spy};

const THREADS: usize = 4;
const REQUESTS: usize = 100_000;
const SWAPS: usize = 1_000;

/// The policy that the load replaces: what an adapter's `live` takes.
pub struct Swapped<C: Framework>(Arc<RwLock<Cors<C>>>);

impl<C: Framework> Swapped<C> {
    fn swap(&self, cors: &Cors<C>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = cors.clone();
    }
}

impl<C: Framework> Live<C> for Swapped<C> {
    fn current(&self) -> Cors<C> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl<C: Framework> Clone for Swapped<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// A test for [`main_with`](crate::main_with).
pub struct Test(pub(crate) Trial);

impl Test {
    /// A test of this name, which fails where `run` panics.
    pub fn new(name: impl Into<String>, run: impl FnOnce() + Send + 'static) -> Self {
        Self(Trial::test(name, || {
            run();
            Ok(())
        }))
    }
}

/// The test of an adapter that its policy may be replaced while it serves: 100,000 requests across
/// 1,000 swaps, none lost, and each answer is wholly that of the old policy or wholly of the new.
///
/// `start` builds the application, once in each thread that asks it: the spy inside this policy.
pub fn swaps<C, A>(
    name: &str,
    start: impl Fn(&Spy, Swapped<C>) -> A + Send + Sync + 'static,
) -> Test
where
    C: Framework,
    A: FnMut(&Request) -> Response,
{
    Test(Trial::test(format!("{name}::swaps/under load"), move || Ok(run(&start)?)))
}

fn run<C, A>(start: &(impl Fn(&Spy, Swapped<C>) -> A + Sync)) -> Result<(), String>
where
    C: Framework,
    A: FnMut(&Request) -> Response,
{
    let policies = policies().map(|policy| policy.compile_for().expect("the policies are valid"));
    let live = Swapped(Arc::new(RwLock::new(policies[0].clone())));
    let spy = Spy::default();
    let whole = whole_answers(&live, &policies, &mut start(&spy, live.clone()))?;
    let (before, answered) = (spy.calls(), AtomicUsize::new(0));
    let ask = || {
        let mut app = start(&spy, live.clone());
        let mut seen = [0; 2];
        for (request, whole) in requests().iter().zip(&whole).cycle().take(REQUESTS / THREADS) {
            let answer = cors_lines(&app(request));
            let policy = whole.iter().position(|known| *known == answer);
            seen[policy.ok_or_else(|| format!("of no policy: {answer:?}"))?] += 1;
            answered.fetch_add(1, Ordering::Relaxed);
        }
        Ok(seen)
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(ask)).collect();
        for swap in 1..=SWAPS {
            live.swap(&policies[swap % 2]);
            while answered.load(Ordering::Relaxed) < swap * (REQUESTS / SWAPS)
                // One that has failed is waited for no longer.
                && threads.iter().any(|thread| !thread.is_finished())
            {
                thread::yield_now();
            }
        }
        let mut seen = [0; 2];
        for thread in threads {
            let of_thread: Result<[usize; 2], String> =
                thread.join().map_err(|_| "a request panicked")?;
            of_thread?.iter().zip(&mut seen).for_each(|(more, seen)| *seen += more);
        }
        match (seen, spy.calls() - before) {
            ([0, _] | [_, 0], _) => Err(format!("one policy answered nothing: {seen:?}")),
            (_, calls) if calls != REQUESTS / 2 => Err(format!("the handler ran {calls} times")),
            _ => Ok(()),
        }
    })
}

/// Two policies that share the origin, and differ in every line that they can.
fn policies() -> [Policy; 2] {
    let policy = || Policy::new().allow_origins(["https://app.example.com"]);
    [
        policy().allow_methods(["PUT"]).allow_headers(["x-a"]).expose_headers(["x-a"]).max_age(1),
        policy()
            .allow_methods(["PUT", "DELETE"])
            .allow_headers(["x-b"])
            .expose_headers(["x-b"])
            .max_age(2)
            .allow_credentials(true),
    ]
}

/// A preflight, and an actual request.
fn requests() -> [Request; 2] {
    let origin = ("origin", "https://app.example.com");
    [
        Request::new("OPTIONS", "/", [origin, ("access-control-request-method", "PUT")]),
        Request::new("GET", "/", [origin]),
    ]
}

/// For each request what each policy answers, without load.
fn whole_answers<C: Framework>(
    live: &Swapped<C>,
    policies: &[Cors<C>; 2],
    app: &mut impl FnMut(&Request) -> Response,
) -> Result<[[CorsLines; 2]; 2], String> {
    let answers = requests().map(|request| {
        policies.each_ref().map(|policy| {
            live.swap(policy);
            cors_lines(&app(&request))
        })
    });
    match answers.iter().find(|[old, new]| old == new) {
        Some([same, _]) => Err(format!("the policies answer the same: {same:?}")),
        None => Ok(answers),
    }
}

/// The status, and the lines that a policy may write, sorted.
type CorsLines = (u16, Vec<(String, Vec<u8>)>);

fn cors_lines(response: &Response) -> CorsLines {
    let lines = response.headers.iter();
    let lines = lines.map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
    let mut lines: Vec<_> =
        lines.filter(|(name, _)| name.starts_with("access-control-") || name == "vary").collect();
    lines.sort();
    (response.status, lines)
}

#[cfg(test)]
mod tests {
    use cors_core::plain::Plain;

    use super::*;

    /// The status is the number of the policy in force, as an answer that a policy makes.
    fn answer(live: &Swapped<Plain>) -> Response {
        let max_age = live.current().resources().only().map_or(0, |policy| policy.max_age);
        Response { status: max_age as u16, headers: Vec::new(), body: Vec::new() }
    }

    #[track_caller]
    fn fails<A: FnMut(&Request) -> Response>(
        start: impl Fn(&Spy, Swapped<Plain>) -> A + Sync,
        message: &str,
    ) {
        let failure = run(&start).expect_err(message);
        assert!(failure.starts_with(message), "{failure}");
    }

    #[test]
    fn an_adapter_that_keeps_its_first_policy() {
        let first = |_: &Spy, live: Swapped<Plain>| {
            let response = answer(&live);
            move |_: &Request| response.clone()
        };
        fails(first, "the policies answer the same");
    }

    #[test]
    fn an_adapter_that_loses_requests() {
        fails(|_, live| move |_: &Request| answer(&live), "the handler ran 0 times");
    }

    #[test]
    fn an_adapter_that_answers_as_no_policy_does() {
        let starts = AtomicUsize::new(0);
        let start = |_: &Spy, live: Swapped<Plain>| {
            let alone = starts.fetch_add(1, Ordering::Relaxed) == 0;
            move |_: &Request| {
                let mut response = answer(&live);
                response.status += if alone { 0 } else { 10 };
                response
            }
        };
        fails(start, "of no policy");
    }
}
