//! `cors-edge`: the program behind `cargo xtask edge`, `cargo xtask servers` and
//! `cargo xtask imported`.

mod application;
mod filter;
mod imported;
mod matrix;
mod program;
mod report;
mod running;
mod scale;
mod server;
mod servers;
mod tally;
mod target;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Parser;

/// Real servers.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Run exported configurations in every installed server, and compare the answers with the engine's
    Edge(matrix::Options),
    /// Paste every remedy that can be run here into its real server, and ask again
    Servers(servers::Options),
    /// Import real applications by the printed command, and hold them and axum to the policy
    Imported(imported::Options),
}

fn main() -> ExitCode {
    let done = running::end_with_this().and_then(|()| match Task::parse() {
        Task::Edge(options) => matrix::run(&options),
        Task::Servers(options) => servers::run(&options),
        Task::Imported(options) => imported::run(&options),
    });
    done.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::from(2)
    })
}

/// The workspace's folder.
fn root() -> PathBuf {
    let edge = Path::new(env!("CARGO_MANIFEST_DIR"));
    edge.parent().unwrap_or(edge).to_owned()
}
