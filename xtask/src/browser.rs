//! `cargo xtask browser`: what a real browser does with every server, beside what the engine says.

mod chromium;
mod devtools;
mod engine;
mod matrix;
mod outcome;
mod playground;
mod report;
mod scenario;
mod simulator;
mod svg;
mod tab;
mod wire;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use crate::{processes::Processes, server::SERVERS};
use chromium::Chromium;
use matrix::{Row, Tally};

/// The exit status where there is no browser to ask, unless `CI` is set: there it is an error.
const NO_BROWSER: u8 = 3;

/// The arguments of `cargo xtask browser`.
#[derive(clap::Args)]
pub struct Options {
    /// Only the scenarios that have this in their group's or their own name
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Write the matrix as a page
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Write the matrix as a picture
    #[arg(long, value_name = "FILE.svg")]
    svg: Option<PathBuf>,
}

/// Runs every scenario on every server. The exit status is 1 where an answer disagrees, and 3 where
/// there is no browser.
///
/// # Errors
///
/// Where the scenarios cannot be read, a server or the browser does not start, or either ends
/// before it is told to.
pub fn run(options: &Options) -> Result<ExitCode, String> {
    let Some(program) = chromium::find() else {
        eprintln!(
            "There is no Chromium to ask: install it (`apt-get install chromium`, say), or name it \
             in the variable CHROMIUM."
        );
        let ci = env::var_os("CI").is_some_and(|value| value == "true");
        return Ok(ExitCode::from(if ci { 2 } else { NO_BROWSER }));
    };
    let data = crate::root().join("xtask/data/browser");
    let mut scenarios = scenario::read(&data.join("scenarios"))?;
    if let Some(text) = &options.only {
        scenarios.retain(|row| row.name.contains(text) || row.group.contains(text));
    }
    let processes = Processes::new()?;
    let served = matrix::serve(&data.join("policies"), &processes)?;
    let playground = playground::serve(&crate::root().join("examples/policy.toml"), &processes)?;
    let started = Instant::now();
    let mut browser = Chromium::start(program, &processes)?;
    let rows = matrix::run(&scenarios, &served, &mut browser)?;
    println!(
        "{}: {} scenarios on {} servers under {} policies, {:.1} s",
        browser.version,
        rows.len(),
        SERVERS.len(),
        served.len(),
        started.elapsed().as_secs_f32()
    );
    let faults = playground::faults(&playground, &mut browser)?;
    for fault in &faults {
        println!("✗ playground/{fault}");
    }
    println!(
        "{} of {} behaviours of the playground hold.",
        playground::count() - faults.len(),
        playground::count()
    );
    write(options.report.as_deref(), || report::html(&rows, &browser.version))?;
    write(options.svg.as_deref(), || svg::svg(&rows, &browser.version))?;
    browser.close(&processes)?;
    let agree = summarize(&rows);
    Ok(if agree && faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints every disagreement, every exception, and how many there are. Says whether all agree.
fn summarize(rows: &[Row<'_>]) -> bool {
    for row in rows {
        for fault in row.faults() {
            println!("✗ {}/{}: {fault}", row.scenario.group, row.scenario.name);
        }
    }
    let mut exceptions: Vec<String> = rows
        .iter()
        .flat_map(|row| &row.cells)
        .filter_map(|cell| Some(format!("{}: {}", cell.server, cell.except.as_ref()?)))
        .collect();
    exceptions.sort_unstable();
    for same in exceptions.chunk_by(|one, other| one == other) {
        println!("Known, {} times. {}", same.len(), same[0]);
    }
    let tally = Tally::of(rows);
    println!("{tally}.");
    tally.wrong == 0
}

/// Writes a file that was asked for.
fn write(file: Option<&Path>, text: impl Fn() -> String) -> Result<(), String> {
    let Some(file) = file else { return Ok(()) };
    fs::write(file, text()).map_err(|error| format!("{}: {error}", file.display()))
}

/// The TOML files in a folder, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut files = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(failed)?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    Ok(files)
}

/// A file's name without its extension.
fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
