//! `cargo xtask tidy`: what must be absent from the tree, and is looked for.
//!
//! A check is a function from the tree to findings, and a finding says what to do.

mod edges;
mod manifest;
mod package;
mod source;

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

pub use package::Package;
use package::Source;

/// The packages of the workspace, as they are written.
pub struct Tree {
    /// The workspace's own manifest.
    manifest: toml::Table,
    /// The members, in the order written.
    pub packages: Vec<Package>,
}

/// Something that must not be there.
#[derive(Debug)]
pub struct Finding {
    /// A path from the workspace's folder, with a line where there is one.
    place: String,
    /// What it is, and what to do.
    message: String,
}

impl Finding {
    fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

const CHECKS: &[fn(&Tree) -> Vec<Finding>] = &[
    edges::forbidden_dependencies,
    manifest::lints_of_the_workspace,
    manifest::prose_above_features,
    manifest::features_on_by_default,
    manifest::rust_version_for_each_package,
    manifest::dependencies_from_git,
    source::long_files,
    source::large_adapters,
    source::header_names_in_adapters,
    source::promises_of_the_core,
    source::forbidden_words,
];

/// Prints every finding. The exit status is 1 where there is one.
///
/// # Errors
///
/// Where the tree cannot be read.
pub fn run() -> Result<ExitCode, String> {
    let findings = Tree::read(&crate::root())?.findings();
    for finding in &findings {
        eprintln!("{finding}");
    }
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Tree {
    /// Reads the workspace in this folder.
    ///
    /// # Errors
    ///
    /// Where a file cannot be read, or a manifest is none.
    pub fn read(root: &Path) -> Result<Self, String> {
        let manifest = package::parse("Cargo.toml", &read(&root.join("Cargo.toml"))?)?;
        let members = manifest.get("workspace").and_then(|workspace| workspace.get("members"));
        let members =
            members.and_then(toml::Value::as_array).ok_or("the workspace has no members")?;
        let mut packages = Vec::new();
        for folder in members.iter().filter_map(toml::Value::as_str) {
            let text = read(&root.join(folder).join("Cargo.toml"))?;
            let mut sources = Vec::new();
            read_sources(root, Path::new(folder), &mut sources)?;
            packages.push(Package::new(folder, text, sources)?);
        }
        Ok(Self { manifest, packages })
    }

    /// What every check finds.
    pub fn findings(&self) -> Vec<Finding> {
        CHECKS.iter().flat_map(|check| check(self)).collect()
    }

    fn package(&self, name: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.name() == name)
    }
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The Rust files in a package's folder, without those of packages inside it.
fn read_sources(root: &Path, folder: &Path, sources: &mut Vec<Source>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut names: Vec<PathBuf> = fs::read_dir(root.join(folder))
        .map_err(failed)?
        .map(|entry| entry.map(|entry| folder.join(entry.file_name())))
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    names.sort();
    for name in names {
        let path = root.join(&name);
        if path.is_dir() {
            if !path.join("Cargo.toml").exists() && !name.ends_with("target") {
                read_sources(root, &name, sources)?;
            }
        } else if name.extension().is_some_and(|extension| extension == "rs") {
            let shown = name.display().to_string().replace('\\', "/");
            sources.push(Source { path: shown, text: read(&path)? });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A made-up workspace: each package's folder, manifest and `src/lib.rs`.
    pub(super) fn tree(manifest: &str, packages: &[(&str, &str, &str)]) -> Tree {
        let package = |(folder, manifest, lib): &(&str, &str, &str)| {
            let source = Source { path: format!("{folder}/src/lib.rs"), text: (*lib).to_owned() };
            Package::new(folder, (*manifest).to_owned(), vec![source]).expect("a manifest")
        };
        Tree {
            manifest: manifest.parse().expect("a manifest"),
            packages: packages.iter().map(package).collect(),
        }
    }

    /// One finding, whose place and message start like this; or none.
    #[track_caller]
    pub(super) fn check(found: &[Finding], wanted: Option<&str>) {
        let found: Vec<String> = found.iter().map(Finding::to_string).collect();
        match (&*found, wanted) {
            ([], None) => {}
            ([found], Some(wanted)) if found.starts_with(wanted) => {}
            _ => panic!("wanted {wanted:?}, found {found:#?}"),
        }
    }
}
