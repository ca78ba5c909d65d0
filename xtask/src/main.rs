//! `cargo xtask`: for whoever changes the code.

use std::process::ExitCode;

use clap::Parser;
use xtask::{browser, compat, demo, pages, schema, suite, tidy};

/// For whoever changes the code.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Start a server, send it real requests, and compare its answers with the policy
    Demo(demo::Options),
    /// Compare what a real browser does with every server with what the engine says
    Browser(browser::Options),
    /// Test everything: the workspace, each package and feature alone, the documentation, the conventions
    Test,
    /// Time everything side by side, and write docs/performance.md
    Bench {
        /// Fewer rounds: under two minutes
        #[arg(long)]
        quick: bool,
    },
    /// Write docs/policy.schema.json, by which editors complete policy files
    Schema,
    /// Write the examples' code into docs/coming-from
    Pages,
    /// Compare with seven libraries of other languages, by their recorded answers
    Compat(compat::Options),
    /// Look for what must be absent from the tree
    Tidy,
}

fn main() -> ExitCode {
    let done = match Task::parse() {
        Task::Demo(options) => demo::run(&options),
        Task::Browser(options) => browser::run(&options),
        Task::Test => suite::test(),
        Task::Bench { quick } => suite::bench(quick),
        Task::Schema => schema::write(),
        Task::Pages => pages::write(),
        Task::Compat(options) => compat::run(&options),
        Task::Tidy => tidy::run(),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::from(2)
    })
}
