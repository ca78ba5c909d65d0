//! `cargo xtask fuzz`: the targets of `fuzz/`, each for a while.

mod seeds;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

pub use seeds::{Seed, parse};

use crate::{cargo, root};

/// Makes the compiler count which parts of the code run, as libFuzzer expects it.
const COVERAGE: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    --cfg fuzzing -Cdebug-assertions -Ccodegen-units=1";

/// The variable that says how many seconds each target runs.
const SECONDS: &str = "FUZZ_SECONDS";

/// The arguments of `cargo xtask fuzz`.
#[derive(clap::Args)]
pub struct Options {
    /// The targets to run, or all of them
    targets: Vec<String>,
    /// How long to run each target [default: FUZZ_SECONDS, or 30]
    #[arg(long)]
    seconds: Option<u32>,
    /// Run the target on this input alone
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
}

/// The names of the targets: the files in `fuzz/fuzz_targets`.
///
/// # Errors
///
/// The folder cannot be read.
pub fn targets() -> Result<Vec<String>, String> {
    let folder = root().join("fuzz/fuzz_targets");
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

/// Builds the targets and runs them one after the other. The exit status is 1 where an input fails.
///
/// # Errors
///
/// A target is unknown, does not build, or cannot be run.
pub fn run(options: &Options) -> Result<ExitCode, String> {
    let known = targets()?;
    let wanted = if options.targets.is_empty() { &known } else { &options.targets };
    if let Some(unknown) = wanted.iter().find(|target| !known.contains(target)) {
        return Err(format!("unknown target {unknown:?}: the targets are {}", known.join(", ")));
    }
    let seconds = match (options.seconds, env::var(SECONDS)) {
        (Some(seconds), _) => seconds,
        (None, Ok(text)) => {
            text.parse().map_err(|_| format!("{SECONDS}={text:?} is not a number"))?
        }
        (None, Err(_)) => 30,
    };
    let programs = build()?;
    let mut failed = Vec::new();
    for target in wanted {
        let mut command = Command::new(programs.join(target));
        command.current_dir(root());
        match &options.input {
            Some(input) => command.arg(env::current_dir().unwrap_or_default().join(input)),
            None => command.args(arguments(target, seconds)?),
        };
        println!("\n{target}:");
        let status = command.status().map_err(|error| format!("{target}: {error}"))?;
        if !status.success() {
            failed.push(target.as_str());
        }
    }
    if failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("an input fails: {}", failed.join(", "));
    Ok(ExitCode::FAILURE)
}

/// Builds the programs, and returns their folder.
fn build() -> Result<PathBuf, String> {
    let host = host()?;
    let target = root().join("target/fuzz");
    // With a target named, build scripts are built without the flags.
    let status = cargo()
        .args(["build", "--locked", "--release", "--bins", "--manifest-path", "fuzz/Cargo.toml"])
        .args(["--target", &host, "--target-dir"])
        .arg(&target)
        .env("RUSTFLAGS", COVERAGE)
        .env("CARGO_PROFILE_RELEASE_DEBUG", "line-tables-only")
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    if !status.success() {
        return Err("the fuzz targets do not build: libFuzzer needs a C++ compiler".to_owned());
    }
    Ok(target.join(host).join("release"))
}

/// The compiler's own target.
fn host() -> Result<String, String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output();
    let output = output.map_err(|error| format!("rustc: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not name its host".to_owned())
}

/// Where a target takes its inputs from and puts new ones, and how long it runs.
fn arguments(target: &str, seconds: u32) -> Result<Vec<String>, String> {
    let work = root().join("target/fuzz");
    let (corpus, seeds) = (work.join("corpus").join(target), work.join("seeds").join(target));
    let artifacts = work.join("artifacts");
    unpack(target, &seeds)?;
    for folder in [&corpus, &artifacts] {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    Ok(vec![
        corpus.display().to_string(),
        seeds.display().to_string(),
        format!("-artifact_prefix={}/{target}-", artifacts.display()),
        format!("-max_total_time={seconds}"),
        "-timeout=10".to_owned(),
        "-print_final_stats=1".to_owned(),
        "-verbosity=0".to_owned(),
    ])
}

/// Writes the seeds of a target into a folder, a file each.
fn unpack(target: &str, folder: &Path) -> Result<(), String> {
    let file = root().join(format!("fuzz/seeds/{target}.txt"));
    let failed =
        |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read_to_string(&file).map_err(|error| failed(&file, &error))?;
    let seeds = parse(&text).map_err(|error| failed(&file, &error))?;
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| failed(folder, &error))?;
    }
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    for seed in seeds {
        fs::write(folder.join(seed.name), seed.bytes).map_err(|error| failed(folder, &error))?;
    }
    Ok(())
}
