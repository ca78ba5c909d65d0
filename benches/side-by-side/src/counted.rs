//! What is counted, and by other programs: allocations, bytes and instructions.

use std::{env, process::Command};

use http::Response;

use crate::{
    engine::{Decided, listed, requests, room},
    measured::Measured,
};

/// How often something is done to count its instructions.
const TIMES: usize = 100;

type Work = fn(&Decided, &mut Response<()>);

/// What is counted: a decision, that with its headers, and the same headers by hand.
const WORK: [(&str, Work); 3] = [
    ("decide", |decided, _| _ = decided.decide()),
    ("apply", Decided::write),
    ("bare", Decided::bare),
];

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

/// Adds the instructions of each decision, and of the headers of those that are allowed, or why there are none.
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
    let program = program.display().to_string();
    let decisions = requests().into_iter().map(|(name, ..)| ("decide", name));
    let written = ["apply", "bare"].into_iter().flat_map(|work| ALLOWED.map(|name| (work, name)));
    for (work, name) in decisions.chain(written) {
        let count = count(&program, work, name)?;
        measured.facts.insert(format!("instructions/{work}/{name}"), count);
    }
    Ok(())
}

/// The requests that are allowed, whose headers are written.
const ALLOWED: [&str; 2] = ["actual", "preflight"];

/// Whether instructions can be counted here.
pub fn has_valgrind() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok()
}

/// The instructions of this work for a request.
///
/// # Errors
///
/// Where valgrind fails, or there is no such work or request.
pub fn count(program: &str, work: &str, request: &str) -> Result<f64, String> {
    let position = || {
        let work = WORK.iter().position(|(name, _)| *name == work)?;
        Some((work, requests().iter().position(|(name, ..)| *name == request)?))
    };
    let (work, request) = position().ok_or_else(|| format!("no {work} of {request}"))?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        // Nothing but the work, so that the count is exact.
        .args(["--toggle-collect=*counted::repeat*", program])
        // Of one length, since arguments lie on the stack.
        .args(["--count", &work.to_string(), &format!("{request:02}")])
        .output()
        .map_err(|error| format!("valgrind: {error}"))?;
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    let count = collected(&report).filter(|count| output.status.success() && *count > 0.0);
    Ok(count.ok_or(report)? / TIMES as f64)
}

/// The count in valgrind's report.
pub(crate) fn collected(report: &str) -> Option<f64> {
    let count = report.lines().find_map(|line| line.split_once("Collected : "))?.1;
    count.trim().parse().ok()
}

/// Does the work of this number for the request of that, and nothing else: what is run inside
/// valgrind.
///
/// # Errors
///
/// Where there is no such number.
pub fn work(work: usize, request: usize) -> Result<(), String> {
    let cors = listed(1);
    // All of them, whichever is asked for: memory has to lie alike, since how many instructions it
    // takes to compare depends on that. They are warm, since each has asserted its verdict.
    let all: Vec<_> = requests()
        .into_iter()
        .map(|(_, request, verdict)| Decided::new(&cors, request, verdict))
        .collect();
    let found = WORK.get(work).zip(all.get(request));
    let ((_, work), decided) = found.ok_or_else(|| format!("no {work} of {request}"))?;
    // A map for each time, so that no clearing is counted; one more is for warming up.
    let mut rooms: Vec<_> = (0..=TIMES).map(|_| room()).collect();
    if let Some((first, rooms)) = rooms.split_first_mut() {
        work(decided, first);
        repeat(*work, decided, rooms);
    }
    Ok(())
}

/// What valgrind knows by its name.
#[inline(never)]
fn repeat(work: Work, decided: &Decided, rooms: &mut [Response<()>]) {
    for room in rooms {
        work(decided, room);
    }
}
