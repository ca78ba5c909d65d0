//! `cargo xtask`: commands for contributors.

use std::process::ExitCode;

use clap::{Args, Parser};
use xtask::{
    fuzz, pages, playground, prose, rename, row, run, schema, site, suffixes, suite, tidy, wasm,
};

/// Commands for contributors.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Start a server in each framework, send it requests, and compare its answers with the policy
    Demo(Passed),
    /// Compare what a real browser does with every server with what the engine says
    Browser(Passed),
    /// Run exported configurations in real servers, and compare their answers with the engine's
    Edge(Passed),
    /// Paste every remedy that can be run here into its real server, and ask again
    Servers(Passed),
    /// Import applications with the real libraries, serve them in axum, and verify both
    Imported(Passed),
    /// Test everything: the workspace, each package and feature alone, the documentation, the conventions
    Test {
        /// Run these lanes only; "all" is what .ci/run runs
        #[arg(long = "lane", value_name = "NAME")]
        lanes: Vec<String>,
        /// List the lanes
        #[arg(long)]
        list: bool,
    },
    /// Run rows of the conformance suite in every adapter; with BLESS=1, rewrite them first
    Row {
        /// A part of their names, such as 'preflight/denied method'
        name: String,
    },
    /// Count the phrases that the project does not use, and write the numbers to xtask/prose.toml
    Prose {
        /// Show the findings in these files instead
        files: Vec<std::path::PathBuf>,
    },
    /// Run the fuzz targets, each for 30 seconds
    Fuzz(fuzz::Options),
    /// Time everything side by side, and write docs/performance.md
    Bench {
        /// Fewer rounds: under two minutes
        #[arg(long)]
        quick: bool,
    },
    /// Write docs/policy.schema.json, by which editors complete policy files
    Schema,
    /// Write the table of public suffixes from the list that the crate psl ships
    Suffixes,
    /// Write the examples' code into docs/coming-from
    Pages,
    /// Compare with seven libraries of other languages, by their recorded answers
    Compat(Passed),
    /// Build the playground as a page that needs no server (needs the target wasm32-unknown-unknown)
    Playground,
    /// Build the documentation and the playground as a site in target/site, and check its links
    /// (needs mdbook)
    Site,
    /// Build the filter for Envoy and Istio as a WebAssembly module in target/wasm
    Wasm(wasm::Options),
    /// Rename the published packages from cors-... to FAMILY-..., for a first release
    Rename {
        /// The new family name, such as "fetch-policy"
        family: String,
    },
    /// Look for what must be absent from the tree
    Tidy,
}

/// The arguments of a program that is run, which reads them itself.
#[derive(Args)]
#[command(disable_help_flag = true)]
struct Passed {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

fn main() -> ExitCode {
    let done = match Task::parse() {
        Task::Demo(passed) => run("cors-lab", Some("demo"), &passed.arguments),
        Task::Browser(passed) => run("cors-lab", Some("browser"), &passed.arguments),
        Task::Servers(passed) => run("cors-edge", Some("servers"), &passed.arguments),
        Task::Imported(passed) => run("cors-edge", Some("imported"), &passed.arguments),
        Task::Edge(passed) => wasm::build_if_possible()
            .and_then(|()| run("cors-edge", Some("edge"), &passed.arguments)),
        Task::Test { list: true, .. } => suite::list(),
        Task::Test { lanes, .. } => suite::test(&lanes),
        Task::Row { name } => row::run(&name),
        Task::Prose { files } => prose::run(&files),
        Task::Fuzz(options) => fuzz::run(&options),
        Task::Bench { quick } => suite::bench(quick),
        Task::Schema => schema::write(),
        Task::Suffixes => suffixes::write(),
        Task::Pages => pages::write(),
        Task::Compat(passed) => run("cors-import-comparison", None, &passed.arguments),
        Task::Playground => playground::run(),
        Task::Wasm(options) => wasm::run(&options),
        Task::Site => site::build(),
        Task::Rename { family } => rename::run(&family),
        Task::Tidy => tidy::run(),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::from(2)
    })
}
