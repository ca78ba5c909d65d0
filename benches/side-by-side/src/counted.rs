//! What is counted, and by other programs: allocations, bytes and instructions.

use std::{env, process::Command};

use crate::{
    engine::{Decided, listed, requests},
    measured::Measured,
};

/// How often a decision is made to count its instructions.
const TIMES: usize = 100;

/// What to say where valgrind is missing.
pub const NO_VALGRIND: &str = "not counted: valgrind is not installed (apt install valgrind)";

/// Adds what `cors-count-allocations` counts.
///
/// # Errors
///
/// Where that program is not beside this one, or fails.
pub fn allocations(measured: &mut Measured) -> Result<(), String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let program = program.with_file_name("cors-count-allocations");
    let output = Command::new(&program).output();
    let output = output.map_err(|error| format!("{}: {error}", program.display()))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let fact =
            line.split_once('\t').and_then(|(name, number)| Some((name, number.parse().ok()?)));
        let (name, number) = fact.ok_or_else(|| format!("no name and number: {line}"))?;
        measured.facts.insert(name.to_owned(), number);
    }
    Ok(())
}

/// Adds the instructions of each decision, or why there are none.
///
/// # Errors
///
/// Where valgrind fails.
pub fn instructions(measured: &mut Measured) -> Result<(), String> {
    if !has_valgrind() {
        measured.missing.push(format!("Instructions are {NO_VALGRIND}."));
        return Ok(());
    }
    let program = env::current_exe().map_err(|error| error.to_string())?;
    for (name, ..) in requests() {
        let count = of_decision(&program.display().to_string(), name)?;
        measured.facts.insert(format!("instructions/{name}"), count);
    }
    Ok(())
}

/// Whether instructions can be counted here.
pub fn has_valgrind() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok()
}

/// The instructions of one decision.
///
/// # Errors
///
/// Where valgrind fails.
pub fn of_decision(program: &str, request: &str) -> Result<f64, String> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        // Nothing but the decisions, so that the count is exact.
        .args(["--toggle-collect=*counted::decisions*", program, "--decide", request])
        .output()
        .map_err(|error| format!("valgrind: {error}"))?;
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    let collected = report.lines().find_map(|line| line.split_once("Collected : "));
    let count = collected.and_then(|(_, count)| count.trim().parse::<f64>().ok());
    let count = count.filter(|count| output.status.success() && *count > 0.0);
    Ok(count.ok_or(report)? / TIMES as f64)
}

/// Decides about this request and does nothing else: what is run inside valgrind.
///
/// # Errors
///
/// Where there is no such request.
pub fn decide(name: &str) -> Result<(), String> {
    let mut all = requests().into_iter();
    let found = all.find(|(of, ..)| *of == name).ok_or_else(|| format!("no request {name}"))?;
    decisions(&Decided::new(&listed(1), found.1, found.2));
    Ok(())
}

/// What valgrind knows by its name.
#[inline(never)]
fn decisions(decided: &Decided) {
    for _ in 0..TIMES {
        decided.decide();
    }
}
