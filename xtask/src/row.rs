//! `cargo xtask row`: rows of the conformance suite, in every adapter.

use std::process::ExitCode;

use crate::{
    frameworks,
    lane::{Step, Tally},
};

/// Runs the rows with this text in their names against the engine, and then in every adapter.
///
/// # Errors
///
/// No row has the text in its name, or a row fails.
pub fn run(name: &str) -> Result<ExitCode, String> {
    let mut tally = Tally::default();
    let core = Step::cargo("test --quiet --package cors-conformance --test core");
    core.args(&["--", "--quiet", name]).run(&mut tally)?;
    if tally.tests() == 0 {
        return Err(format!("no row has {name:?} in its name"));
    }
    let mut adapters = Step::cargo("test --quiet --no-fail-fast --test conformance");
    for framework in frameworks::all()? {
        adapters = adapters.args(&["--package", &format!("cors-{}", framework.name)]);
    }
    let done = adapters.args(&["--", "--quiet", name]).run(&mut tally);
    println!("{}", tally.line());
    done.map(|()| ExitCode::SUCCESS)
}
