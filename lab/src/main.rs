//! `cors-lab`: the programs behind `cargo xtask demo` and `cargo xtask browser`.

mod background;
mod browser;
mod demo;
mod processes;
mod server;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use clap::Parser;

/// Real servers and real browsers.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Start a server in each framework, send it requests, and compare its answers with the policy
    Demo(demo::Options),
    /// Compare what a real browser does with every server with what the engine says
    Browser(browser::Options),
}

fn main() -> ExitCode {
    let done = match Task::parse() {
        Task::Demo(options) => demo::run(&options),
        Task::Browser(options) => browser::run(&options),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::from(2)
    })
}

/// The workspace's folder.
fn root() -> PathBuf {
    let lab = Path::new(env!("CARGO_MANIFEST_DIR"));
    lab.parent().unwrap_or(lab).to_owned()
}

/// The cargo that runs this, in the workspace's folder.
fn cargo() -> Command {
    let mut cargo =
        Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    cargo.current_dir(root());
    cargo
}
