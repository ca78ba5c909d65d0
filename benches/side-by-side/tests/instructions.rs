//! 64 KiB of request list cost the instructions of a short one that is refused by its length, since
//! neither is read. Instructions are exact, and so a test; times are not.

use std::process::ExitCode;

use cors_side_by_side::{
    counted::{NO_VALGRIND, count, has_valgrind},
    request::SHAPES,
};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = SHAPES.map(|(shape, _)| {
        let trial = Trial::test(shape, move || check(shape));
        // Told as ignored, with what is missing, and never as passed.
        if has_valgrind() { trial } else { trial.with_kind(NO_VALGRIND).with_ignored_flag(true) }
    });
    libtest_mimic::run(&arguments, trials.into()).exit_code()
}

fn check(shape: &str) -> Result<(), Failed> {
    let program = env!("CARGO_BIN_EXE_cors-side-by-side");
    let short = count(program, "decide", "a list refused by its length")?;
    let large = count(program, "decide", shape)?;
    if large == short {
        Ok(())
    } else {
        Err(format!("{large} instructions, and the short list {short}").into())
    }
}
