//! Times everything side by side, and writes `docs/performance.md`, its picture, and the README's table.

use std::{fs, path::PathBuf, process::ExitCode, time::Instant};

use clap::Parser;
use cors_side_by_side::{
    counted, engine, framework, measured::Measured, page, plot, scale::SCALES, series, threads,
};

/// Our adapters and the frameworks' own CORS libraries, timed in one run.
#[derive(Parser)]
struct Options {
    /// Fewer rounds: under two minutes
    #[arg(long)]
    quick: bool,
    /// The workspace's folder, with README.md and docs
    #[arg(long, default_value = ".", value_name = "FOLDER")]
    to: PathBuf,
    /// Decide about one request, and do nothing else, for valgrind
    #[arg(long, hide = true, value_name = "REQUEST")]
    decide: Option<String>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let done = match &options.decide {
        Some(request) => counted::decide(request),
        None => run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    let rounds = if options.quick { 31 } else { 201 };
    let start = Instant::now();
    let mut measured = Measured::default();
    eprintln!("counting allocations and instructions");
    counted::allocations(&mut measured)?;
    counted::instructions(&mut measured)?;
    eprintln!("compiling large policies");
    for scale in &SCALES {
        for (what, fact) in [
            ("seconds", scale.seconds()),
            ("text", scale.text() as f64),
            ("count", scale.count as f64),
        ] {
            measured.facts.insert(format!("{what}/{}", scale.name), fact);
        }
    }
    eprintln!("timing, {rounds} rounds");
    // Apart from each other: what is compared stands close together.
    for series in [engine::series(), framework::series()] {
        measured.samples.extend(series::round_robin(series, rounds));
    }
    measured.samples.extend(threads::samples(rounds));

    let kind = if options.quick { "quick, " } else { "" };
    let took = start.elapsed().as_secs();
    let page = page::page(&measured, &format!("{kind}{rounds} rounds, {took} s"));
    print!("{page}");
    write(options.to.join("docs/performance.md"), &page)?;
    write(options.to.join("docs/performance.svg"), &plot::plot(&measured))?;
    let readme = options.to.join("README.md");
    let text = fs::read_to_string(&readme).map_err(|error| format!("README.md: {error}"))?;
    write(readme, &page::quoted(&text, &measured).ok_or("README.md quotes nothing")?)
}

fn write(path: PathBuf, text: &str) -> Result<(), String> {
    fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
}
