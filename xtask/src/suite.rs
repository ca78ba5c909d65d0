//! `cargo xtask test` and `cargo xtask bench`.

use std::{process::ExitCode, time::Instant};

use crate::{
    lane::{self, Lane, Step, Tally},
    root,
    tidy::Tree,
};

/// The lanes of a plain `cargo xtask test`: what needs Rust and nothing else.
const RUST_ALONE: [&str; 4] = ["workspace", "alone", "docs", "msrv"];

/// The name that means every lane of `.ci/run`.
const ALL: &str = "all";

/// Runs the lanes with these names, or everything that needs Rust alone, and stops at the first
/// failure. The last line is the sum of all test results.
///
/// # Errors
///
/// A lane is unknown, or the tree cannot be read.
pub fn test(names: &[String]) -> Result<ExitCode, String> {
    let lanes = lane::all(&Tree::read(&root())?)?;
    let wanted: Vec<&str> = match names {
        [] => RUST_ALONE.to_vec(),
        names if names.iter().any(|name| name == ALL) => lane::ALL.to_vec(),
        names => names.iter().map(String::as_str).collect(),
    };
    let lanes: Vec<&Lane> = wanted
        .iter()
        .map(|name| {
            let lane = lanes.iter().find(|lane| lane.name == *name);
            lane.ok_or_else(|| format!("unknown lane {name:?}: see cargo xtask test --list"))
        })
        .collect::<Result<_, _>>()?;
    let mut tally = Tally::default();
    let mut times = Vec::new();
    let mut failure = None;
    for lane in lanes {
        let started = Instant::now();
        println!("\n=== lane {}: {}", lane.name, lane.about);
        let done = lane.steps.iter().try_for_each(|step| step.run(&mut tally));
        times.push(format!("{} {:.0} s", lane.name, started.elapsed().as_secs_f64()));
        if let Err(error) = done {
            failure = Some(format!("lane {}: {error}", lane.name));
            break;
        }
    }
    println!("\nlanes: {}", times.join(", "));
    if let Some(failure) = &failure {
        println!("error: {failure}");
    }
    println!("{}", tally.line());
    Ok(if failure.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints every lane and its purpose.
///
/// # Errors
///
/// The tree cannot be read.
pub fn list() -> Result<ExitCode, String> {
    for lane in lane::all(&Tree::read(&root())?)? {
        let part = if lane::ALL.contains(&&*lane.name) { "*" } else { " " };
        println!("{part} {:<10} {}", lane.name, lane.about);
    }
    println!("\n* runs in .ci/run, as does `--lane {ALL}`");
    Ok(ExitCode::SUCCESS)
}

/// Measures everything side by side, and writes `docs/performance.md` with its picture.
///
/// # Errors
///
/// It fails or cannot be run.
pub fn bench(quick: bool) -> Result<ExitCode, String> {
    let package = ["--profile", "bench", "--package", "cors-side-by-side"];
    let mut tally = Tally::default();
    // Two programs: the one that is run starts the other.
    Step::cargo("build --locked --bins --features count").args(&package).run(&mut tally)?;
    let run = Step::cargo("run --locked --features count --bin cors-side-by-side")
        .args(&package)
        .args(&["--"]);
    let run = if quick { run.args(&["--quick"]) } else { run };
    run.run(&mut tally)?;
    Ok(ExitCode::SUCCESS)
}
