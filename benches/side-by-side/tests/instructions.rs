//! Counts of instructions. A list of 64 KiB costs what a short one costs that is denied by its
//! length, since neither is read. In the profile `bench`, each framework's figures are compared with
//! the committed ones. Counts are exact; times are not, and no test depends on one.

use std::{collections::BTreeMap, process::ExitCode};

use cors_side_by_side::{
    counted::{NO_VALGRIND, count, has_valgrind},
    gate::{CASES, GATES, MARGIN, figure},
    instructions,
    request::SHAPES,
};
use libtest_mimic::{Arguments, Failed, Trial};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cors-side-by-side");

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let shapes = SHAPES.map(|(shape, _)| Trial::test(shape, move || check(shape)));
    // What is not optimized has other figures.
    let gates = GATES.iter().filter(|_| !cfg!(debug_assertions));
    let gates =
        gates.map(|&(framework, most)| Trial::test(framework, move || gate(framework, most)));
    let trials = shapes.into_iter().chain(gates);
    // Reported as ignored, with what is missing, and never as passed.
    let trials = trials.map(|trial| {
        if has_valgrind() { trial } else { trial.with_kind(NO_VALGRIND).with_ignored_flag(true) }
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn check(shape: &str) -> Result<(), Failed> {
    let short = count(PROGRAM, "decide", "a list refused by its length")?;
    let large = count(PROGRAM, "decide", shape)?;
    if large == short {
        Ok(())
    } else {
        Err(format!("{large} instructions, and the short list {short}").into())
    }
}

fn gate(framework: &str, most: [f64; 4]) -> Result<(), Failed> {
    let facts: BTreeMap<String, f64> =
        instructions::application(PROGRAM, framework)?.into_iter().collect();
    let figures: Vec<f64> =
        CASES.iter().filter_map(|case| figure(&facts, framework, case)).collect();
    let is_kept = figures.len() == most.len()
        && figures.iter().zip(most).all(|(figure, most)| *figure <= most * MARGIN);
    if is_kept {
        Ok(())
    } else {
        Err(format!("{CASES:?}: {figures:.3?}, and at most {most:?} with a margin of 5 %").into())
    }
}
