//! `cargo xtask compat`: the comparison, printed.

use std::process::ExitCode;

use clap::Parser;
use cors_import_comparison::{Options, run};

/// Compare with seven libraries of other languages, by their recorded answers.
#[derive(Parser)]
#[command(name = "cargo xtask compat", bin_name = "cargo xtask compat")]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

fn main() -> ExitCode {
    run(&Arguments::parse().options).unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::from(2)
    })
}
