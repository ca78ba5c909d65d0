//! `cargo xtask browser`: what a real browser does with every server, beside what the engine says.

mod chromium;
mod connection;
mod engine;
mod firefox;
mod matrix;
mod outcome;
mod playground;
mod program;
mod report;
mod scenario;
mod simulator;
mod static_page;
mod svg;
mod tab;
mod webkit;
mod wire;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use cors_browser::Profile;
use serde_json::Value;

use crate::{processes::Processes, server::SERVERS};
use chromium::Chromium;
use firefox::Firefox;
use matrix::{Row, Tally};
use scenario::Scenario;
use webkit::WebKit;
use wire::Wire;

/// The exit status where there is no browser to ask, unless `CI` is set: there it is an error.
const NO_BROWSER: u8 = 3;

/// The arguments of `cargo xtask browser`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only the scenarios that have this in their group's or their own name
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Only the playground without a server
    #[arg(long)]
    static_page: bool,
    /// Write the matrix of Chromium as a page
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Write the matrix of Chromium as a picture
    #[arg(long, value_name = "FILE.svg")]
    svg: Option<PathBuf>,
}

/// A browser that runs.
trait Browser {
    /// Its name and version.
    fn version(&self) -> &str;

    /// Whose rules it has.
    fn profile(&self) -> Profile;

    /// The scheme by which its pages reach the servers.
    fn scheme(&self) -> &'static str {
        "http"
    }

    /// Runs a script on an empty page of this origin, which nobody has to serve: what it comes to,
    /// and what was sent and received meanwhile.
    fn ask(&mut self, origin: &str, script: &str) -> Result<(Value, Wire), String>;

    /// Loads a page from its server and runs a script on it. Returns the script's value and the requests.
    fn visit(&mut self, url: &str, script: &str) -> Result<(Value, Wire), String>;

    /// Ends it, and so lets go of its profile before that is removed.
    fn close(self: Box<Self>, processes: &Processes) -> Result<(), String>;
}

/// Runs every scenario on every server, in Chromium and, if they are installed, in Firefox and WebKit. The
/// exit status is 1 where an answer disagrees, and 3 where there is no Chromium.
///
/// # Errors
///
/// Where the scenarios cannot be read, a server or the browser does not start, or either ends
/// before it is told to.
pub(crate) fn run(options: &Options) -> Result<ExitCode, String> {
    let Some(program) = chromium::find() else {
        eprintln!(
            "There is no Chromium to ask: install it (`apt-get install chromium`, say), or name it \
             in the variable CHROMIUM."
        );
        let ci = env::var_os("CI").is_some_and(|value| value == "true");
        return Ok(ExitCode::from(if ci { 2 } else { NO_BROWSER }));
    };
    if options.static_page {
        return static_page::run(program);
    }
    let data = crate::root().join("lab/data/browser");
    let mut scenarios = scenario::read(&data.join("scenarios"))?;
    if let Some(text) = &options.only {
        scenarios.retain(|row| row.name.contains(text) || row.group.contains(text));
    }
    let processes = Processes::new()?;
    let served = matrix::serve(&data.join("policies"), &processes)?;
    let playground = playground::serve(&crate::root().join("examples/policy.toml"), &processes)?;

    let mut chromium = Chromium::start(program, &processes)?;
    let faults = playground::faults(&playground, &mut chromium)?;
    for fault in &faults {
        println!("✗ playground/{fault}");
    }
    let held = playground::count() - faults.len();
    println!("{held} of {} behaviours of the playground hold.", playground::count());

    let mut browsers: Vec<Box<dyn Browser>> = vec![Box::new(chromium)];
    match firefox::find() {
        Some(program) => browsers.push(Box::new(Firefox::start(program, &processes)?)),
        None => println!("There is no Firefox to ask as well."),
    }
    match webkit::find() {
        Ok(programs) => browsers.push(Box::new(WebKit::start(&programs, &processes)?)),
        Err(missing) => println!(
            "WebKit is left out: {missing} is missing (`apt-get install webkit2gtk-driver xvfb`)."
        ),
    }
    let mut agree = faults.is_empty();
    let static_page = static_page::serve(&processes)?;
    for mut browser in browsers {
        if let Some(address) = static_page {
            agree &= static_page::holds(address, browser.as_mut())?;
        }
        let started = Instant::now();
        let mut scenarios: Vec<&Scenario> = scenarios.iter().collect();
        if browser.profile() == Profile::Firefox {
            scenarios.retain(|scenario| scenario.times == 1);
            println!(
                "\nWithout scenarios that ask twice: while it is driven, Firefox keeps no preflight."
            );
        }
        let rows = matrix::run(&scenarios, &served, browser.as_mut())?;
        println!(
            "\n{}: {} scenarios on {} servers under {} policies, {:.1} s",
            browser.version(),
            rows.len(),
            SERVERS.len(),
            served.len(),
            started.elapsed().as_secs_f32()
        );
        agree &= summarize(&rows);
        if browser.profile() == Profile::Chromium {
            write(options.report.as_deref(), || report::html(&rows, browser.version()))?;
            write(options.svg.as_deref(), || svg::svg(&rows, browser.version()))?;
        }
        browser.close(&processes)?;
    }
    Ok(if agree { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
