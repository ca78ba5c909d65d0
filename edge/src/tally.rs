//! Results of real programs, printed one by one and counted.

use std::{fmt::Display, process::ExitCode};

/// The numbers of results so far.
#[derive(Default)]
pub(crate) struct Tally {
    passed: usize,
    failed: usize,
}

impl Tally {
    /// Prints a result and counts it.
    pub(crate) fn add(&mut self, name: impl Display, result: Result<impl Display, String>) {
        match result {
            Ok(said) => {
                self.passed += 1;
                println!("{name}: {said}");
            }
            Err(error) => {
                self.failed += 1;
                println!("{name}: {error}");
            }
        }
    }

    /// Prints both numbers. The status is a failure if one result is.
    pub(crate) fn end(self, things: &str) -> ExitCode {
        let Self { passed, failed } = self;
        println!("{passed} {things} pass, {failed} fail");
        if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
