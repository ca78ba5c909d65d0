//! The run: every case against every adapter, each as its own named test.

use std::{
    panic::{self, AssertUnwindSafe},
    sync::Arc,
};

use libtest_mimic::{Arguments, Completion, Failed, Trial};

use crate::{Adapter, Test, bless, case::Case, row};

/// A case that an adapter cannot pass, and why. One that passes all the same fails the run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exception {
    /// The test's full name, such as `rocket::hostile/an origin with a byte of 0x80`.
    pub test: &'static str,
    /// What the framework does that the adapter cannot change.
    pub reason: &'static str,
}

/// Runs every case against every adapter, with the arguments that `cargo test` takes, and exits
/// with an error where one fails.
pub fn main(adapters: &[&'static dyn Adapter], exceptions: &[Exception]) {
    main_with(adapters, exceptions, Vec::new());
}

/// As [`main`], with these tests besides.
pub fn main_with(adapters: &[&'static dyn Adapter], exceptions: &[Exception], more: Vec<Test>) {
    let cases = row::read().unwrap_or_else(|errors| panic!("{}", errors.join("\n")));
    let mut trials = trials(cases.into_iter().map(Arc::new).collect(), adapters, exceptions);
    trials.extend(more.into_iter().map(|test| test.0));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_if_failed();
}

fn trials(
    cases: Vec<Arc<Case>>,
    adapters: &[&'static dyn Adapter],
    exceptions: &[Exception],
) -> Vec<Trial> {
    let mut trials = Vec::new();
    let mut unused = exceptions.to_vec();
    for &adapter in adapters {
        for case in &cases {
            let name = format!("{}::{}", adapter.name(), case.name);
            let reason =
                exceptions.iter().find(|known| known.test == name).map(|known| known.reason);
            unused.retain(|exception| exception.test != name);
            let case = Arc::clone(case);
            trials.push(Trial::ignorable_test(name, move || {
                let answered = match answer(&case, adapter) {
                    Err(_) if bless::is_wanted(adapter) => bless::bless(&case, adapter),
                    answered => answered,
                };
                judge(answered, reason)
            }));
        }
    }
    trials.extend(unused.into_iter().map(|exception| {
        Trial::test(exception.test, || {
            Err("listed as an exception, but this test does not exist: remove the exception".into())
        })
    }));
    trials
}

/// A panic on the way is a failure like any other, so that it can be excepted.
fn answer(case: &Case, adapter: &dyn Adapter) -> Result<(), String> {
    panic::catch_unwind(AssertUnwindSafe(|| case.run(adapter)))
        .unwrap_or_else(|_| Err("the adapter panicked".into()))
}

/// An exception is checked both ways.
fn judge(result: Result<(), String>, excepted: Option<&str>) -> Result<Completion, Failed> {
    match (result, excepted) {
        (Ok(()), None) => Ok(Completion::Completed),
        (Err(_), Some(reason)) => Ok(Completion::ignored_with(reason)),
        (Err(failure), None) => Err(failure.into()),
        (Ok(()), Some(reason)) => {
            Err(format!("passes, but is listed as an exception ({reason}): remove the exception")
                .into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{App, Request, Response};

    #[track_caller]
    fn check(result: Result<(), String>, excepted: Option<&str>, expected: Result<bool, &str>) {
        let judged = judge(result, excepted)
            .map(|completion| matches!(completion, Completion::Ignored { .. }))
            .map_err(|failed| failed.message().unwrap_or_default().to_owned());
        assert_eq!(judged, expected.map_err(str::to_owned));
    }

    #[test]
    fn an_exception_excuses_a_failure_and_fails_a_pass() {
        check(Ok(()), None, Ok(false));
        check(Err("status".into()), None, Err("status"));
        check(Err("status".into()), Some("no router"), Ok(true));
        check(
            Ok(()),
            Some("no router"),
            Err("passes, but is listed as an exception (no router): remove the exception"),
        );
    }

    struct Panics;

    impl Adapter for Panics {
        fn name(&self) -> &str {
            "panics"
        }

        fn answer(&self, _: &App, _: &Request) -> Response {
            panic::resume_unwind(Box::new("on purpose"))
        }
    }

    #[test]
    fn every_case_is_a_test_of_its_own_and_so_is_an_exception_of_no_case() {
        let cases: Vec<_> = row::read().expect("the rows").into_iter().map(Arc::new).collect();
        let exceptions = ["panics::actual/any", "panics::actual/no such row"]
            .map(|test| Exception { test, reason: "" });
        let trials = trials(cases.clone(), &[&Panics], &exceptions);
        assert_eq!(trials.len(), cases.len() + 1);
        assert_eq!(trials.last().map(Trial::name), Some("panics::actual/no such row"));
    }

    #[test]
    fn a_panic_of_the_adapter_is_a_failure() {
        let cases = row::read().expect("the rows");
        assert_eq!(answer(&cases[0], &Panics), Err("the adapter panicked".to_owned()));
    }
}
