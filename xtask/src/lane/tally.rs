//! The sum of all test results.

use std::time::Instant;

/// How many tests passed, failed and were skipped, as test programs print them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tally {
    passed: u64,
    failed: u64,
    ignored: u64,
    started: Instant,
}

impl Default for Tally {
    fn default() -> Self {
        Self { passed: 0, failed: 0, ignored: 0, started: Instant::now() }
    }
}

impl Tally {
    /// Adds the counts of a line such as `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    pub fn read(&mut self, line: &str) {
        let Some((_, counts)) =
            line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". "))
        else {
            return;
        };
        for count in counts.split("; ") {
            let Some((number, word)) = count.split_once(' ') else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            match word {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }

    /// How many tests were run.
    pub fn tests(&self) -> u64 {
        self.passed + self.failed + self.ignored
    }

    /// Counts a step that passed and has no tests of its own.
    pub(super) fn pass(&mut self) {
        self.passed += 1;
    }

    /// Counts a step that failed, unless its tests were counted.
    pub(super) fn fail(&mut self) {
        self.failed = self.failed.max(1);
    }

    /// Counts a step that could not be run.
    pub(super) fn skip(&mut self) {
        self.ignored += 1;
    }

    /// The sum, in the form of a test program's last line.
    pub fn line(&self) -> String {
        let Self { passed, failed, ignored, started } = self;
        let word = if *failed == 0 { "ok" } else { "FAILED" };
        format!(
            "test result: {word}. {passed} passed; {failed} failed; {ignored} ignored; \
             0 measured; 0 filtered out; finished in {:.2}s",
            started.elapsed().as_secs_f64()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], wanted: &str) {
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.read(line));
        let line = tally.line();
        assert!(line.starts_with(wanted), "{line}");
    }

    #[test]
    fn results_are_added() {
        let one = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.10s";
        let two = "test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out";
        check(&[one], "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured;");
        check(
            &[one, "running 9 tests", two],
            "test result: FAILED. 7 passed; 2 failed; 1 ignored;",
        );
    }

    #[test]
    fn other_lines_count_nothing() {
        check(&["", "test result: ", "test a ... ok", "3 passed"], "test result: ok. 0 passed;");
    }
}
