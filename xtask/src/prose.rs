//! `cargo xtask prose`: phrases that the project does not use, and how many are left in each file.
//!
//! The number for a file may only go down. `xtask/prose.toml` has the numbers; files that are not
//! in it have none left.

mod phrases;
mod text;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

pub use phrases::Finding;

use crate::root;

/// The number of findings in each file, where there are some.
pub type Counts = BTreeMap<String, usize>;

const FILE: &str = "xtask/prose.toml";

const HEAD: &str = "\
# How many phrases that the project does not use are left in each file. A number may only go down:
# `cargo xtask prose` writes this file, and `cargo xtask prose FILE` shows the findings.

";

/// Shows the findings in these files, or writes the numbers of all.
///
/// # Errors
///
/// A file cannot be read or written.
pub fn run(files: &[PathBuf]) -> Result<ExitCode, String> {
    if files.is_empty() {
        let counts = counts()?;
        let lines = counts.iter().map(|(file, count)| format!("{file:?} = {count}\n"));
        let text = format!("{HEAD}{}", lines.collect::<String>());
        fs::write(root().join(FILE), text).map_err(|error| format!("{FILE}: {error}"))?;
        println!("{} findings in {} files", counts.values().sum::<usize>(), counts.len());
        return Ok(ExitCode::SUCCESS);
    }
    for file in files {
        let name = file.display().to_string();
        for finding in findings(&name)? {
            println!("{name}:{}: {}", finding.line, finding.message);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The numbers that are allowed.
///
/// # Errors
///
/// The file cannot be read.
pub fn allowed() -> Result<Counts, String> {
    let text = fs::read_to_string(root().join(FILE)).map_err(|error| format!("{FILE}: {error}"))?;
    toml::from_str(&text).map_err(|error| format!("{FILE}: {error}"))
}

/// The numbers of all files that are committed.
///
/// # Errors
///
/// A file cannot be read.
pub fn counts() -> Result<Counts, String> {
    let output =
        Command::new("git").args(["ls-files", "*.md", "*.rs"]).current_dir(root()).output();
    let output = output.map_err(|error| format!("git: {error}"))?;
    let mut counts = Counts::new();
    for file in String::from_utf8_lossy(&output.stdout).lines() {
        if root().join(file).exists() {
            let count = findings(file)?.len();
            if count > 0 {
                counts.insert(file.to_owned(), count);
            }
        }
    }
    Ok(counts)
}

/// What is found in a file, in the order of its lines.
///
/// # Errors
///
/// The file cannot be read.
pub fn findings(file: &str) -> Result<Vec<Finding>, String> {
    let text = fs::read_to_string(root().join(file)).map_err(|error| format!("{file}: {error}"))?;
    let is_code = Path::new(file).extension().is_some_and(|extension| extension == "rs");
    if is_code {
        // Tests are not what users read, and the last are the lists of phrases themselves.
        let is_read = file.contains("src/") && !file.starts_with("xtask/src/prose");
        return Ok(if is_read { text::of_code(&text) } else { Vec::new() });
    }
    Ok(text::of_page(&text, file.starts_with("docs/")))
}
