//! What `cargo xtask` does. It drives the other crates, and none depends on it.

pub mod browser;
pub mod compat;
pub mod demo;
pub mod pages;
mod processes;
pub mod schema;
mod server;
pub mod suite;
pub mod tidy;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
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
