//! Times everything side by side, and writes `docs/performance.md`, its picture, and the README's table.

use std::{fs, path::PathBuf, process::ExitCode, time::Instant};

use clap::Parser;
use cors_side_by_side::{
    counted, engine, framework, growth, instructions, measured::Measured, network, page, plot,
    scale::SCALES, series, threads,
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
    /// Do one kind of work for one request, and nothing else, for valgrind
    #[arg(long, hide = true, num_args = 2, value_names = ["WORK", "REQUEST"])]
    count: Option<Vec<usize>>,
    /// Answer every case of this framework, and do nothing else, for valgrind
    #[arg(long, hide = true, value_name = "FRAMEWORK")]
    answer: Option<usize>,
    /// Serve this, and do nothing else, for wrk
    #[arg(long, hide = true, value_name = "FRAMEWORK/SIDE", conflicts_with = "count")]
    serve: Option<String>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let done = match (options.count.as_deref(), options.answer, &options.serve) {
        (Some(&[work, request]), ..) => counted::work(work, request),
        (_, Some(framework), _) => instructions::answer(framework),
        (.., Some(server)) => network::serve(server),
        _ => run(&options),
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
    // A turn takes six seconds.
    let (rounds, turns) = if options.quick { (31, 2) } else { (201, 9) };
    let start = Instant::now();
    let mut measured = Measured::default();
    eprintln!("counting allocations and instructions");
    counted::allocations(&mut measured)?;
    counted::instructions(&mut measured)?;
    if counted::has_valgrind() {
        instructions::measure(&mut measured)?;
    }
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
    growth::measure(&mut measured);
    eprintln!("timing, {rounds} rounds");
    // Apart from each other: what is compared stands close together.
    for series in [engine::series(), framework::series()] {
        measured.samples.extend(series::round_robin(series, rounds));
    }
    measured.samples.extend(threads::samples(rounds));
    eprintln!("asking servers, {turns} turns");
    network::measure(&mut measured, turns)?;

    let quick = if options.quick { " --quick" } else { "" };
    let took = start.elapsed().as_secs();
    let run = format!("`cargo xtask bench{quick}`, profile `bench`, {rounds} rounds, {took} s");
    let page = page::page(&measured, &run);
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
