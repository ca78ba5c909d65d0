//! What `cargo xtask` does. It drives the other crates, and none depends on it.

pub mod frameworks;
pub mod fuzz;
pub mod lane;
pub mod msrv;
pub mod pages;
pub mod playground;
pub mod prose;
pub mod rename;
pub mod row;
pub mod schema;
pub mod site;
pub mod suffixes;
pub mod suite;
pub mod tidy;
pub mod wasm;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

/// The workspace's folder.
fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// The cargo that runs this, in the workspace's folder.
fn cargo() -> Command {
    let mut cargo =
        Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    cargo.current_dir(root());
    cargo
}

/// Runs a program of the workspace with these arguments, and exits as it does.
///
/// # Errors
///
/// Where it cannot be run.
pub fn run(package: &str, command: Option<&str>, arguments: &[String]) -> Result<ExitCode, String> {
    let status = cargo()
        .args(["run", "--quiet", "--package", package, "--"])
        .args(command)
        .args(arguments)
        .status()
        .map_err(|error| format!("{package} cannot be run: {error}"))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
