//! The oldest compiler that each published package states, and whether that can be true.

use std::{collections::BTreeMap, process::Command};

use serde_json::Value;

use crate::{
    cargo,
    lane::Step,
    tidy::{Package, Tree},
};

/// A minor version of Rust 1.
type Minor = u32;

/// `if let … && …` is stable in edition 2024 since this one.
const LET_CHAINS: Minor = 88;

/// The package that all others build on.
const ENGINE: &str = "cors-core";

/// Where dependencies are counted: those for other systems differ, and few of them matter.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// Edition 2024 itself.
const EDITION: Minor = 85;

/// Builds each published package with the compiler that it states, where that is installed; clippy
/// finds newer parts of the standard library in any case.
pub(crate) fn steps(tree: &Tree) -> Vec<Step> {
    let installed = installed();
    let mut steps = vec![Step::cargo("test --locked --package xtask --test msrv")];
    let mut missing = Vec::new();
    for package in tree.packages.iter().filter(|package| package.is_published()) {
        let lint = Step::cargo("clippy --locked --all-features --package");
        let denied = ["--", "-D", "clippy::incompatible_msrv"];
        steps.push(lint.args(&[package.name()]).args(&denied));
        let Some(version) = package.rust_version() else { continue };
        if let Some(toolchain) = installed.iter().find(|name| {
            name.starts_with(&format!("{version}.")) || name.starts_with(&format!("{version}-"))
        }) {
            let check =
                format!("+{toolchain} check --locked --all-features --target-dir target/msrv");
            steps.push(Step::cargo(&check).args(&["--package", package.name()]));
        } else if !missing.contains(&version) {
            missing.push(version);
        }
    }
    for version in missing {
        eprintln!("not built with Rust {version}: rustup toolchain install {version}");
    }
    steps
}

/// The toolchains that rustup has.
fn installed() -> Vec<String> {
    let list = Command::new("rustup").args(["toolchain", "list"]).output();
    let list = list.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let list = list.unwrap_or_default();
    list.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

/// The published packages whose stated compiler is too old, and what asks for a newer one.
///
/// # Errors
///
/// `cargo metadata` fails.
pub fn untrue(tree: &Tree) -> Result<Vec<String>, String> {
    let metadata = metadata()?;
    let needed = needed_by_dependencies(&metadata);
    let mut found = Vec::new();
    for package in tree.packages.iter().filter(|package| package.is_published()) {
        let name = package.name();
        let stated = package.rust_version().and_then(minor).unwrap_or(0);
        // The facade's own is that of the engine: a feature adds the adapter's, which cargo reports.
        let of = if package.is_facade() { ENGINE } else { name };
        let (dependency, oldest) =
            needed.get(of).cloned().unwrap_or_else(|| ("edition 2024".to_owned(), EDITION));
        if stated < oldest {
            found.push(format!("{name}: states 1.{stated}, and {dependency} needs 1.{oldest}"));
        }
        if let Some(place) = let_chain(package).filter(|_| stated < LET_CHAINS) {
            found.push(format!(
                "{name}: states 1.{stated}, and {place} has a let chain, which needs 1.{LET_CHAINS}"
            ));
        }
    }
    Ok(found)
}

fn metadata() -> Result<Value, String> {
    let output = cargo()
        .args(["metadata", "--locked", "--all-features", "--format-version", "1"])
        .args(["--filter-platform", PLATFORM])
        .output()
        .map_err(|error| format!("cargo metadata: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr)));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata: {error}"))
}

/// For each package, the dependency that needs the newest compiler, and which. Dependencies of tests
/// do not count: users do not build them.
fn needed_by_dependencies(metadata: &Value) -> BTreeMap<String, (String, Minor)> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut versions = BTreeMap::new();
    for package in list(&metadata["packages"]) {
        let oldest = package["rust_version"].as_str().and_then(minor).unwrap_or(0);
        let name = format!("{} {}", text(&package["name"]), text(&package["version"]));
        versions.insert(text(&package["id"]), (text(&package["name"]), name, oldest));
    }
    let mut edges: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for node in list(&metadata["resolve"]["nodes"]) {
        let used = list(&node["deps"]).into_iter().filter(|dependency| {
            let kinds = list(&dependency["dep_kinds"]);
            kinds.iter().any(|kind| kind["kind"].as_str() != Some("dev"))
        });
        edges.insert(text(&node["id"]), used.map(|dependency| text(&dependency["pkg"])).collect());
    }
    let members = list(&metadata["workspace_members"]);
    let newest = |member: &Value| {
        let mut seen = vec![text(member)];
        let mut next = 0;
        while let Some(id) = seen.get(next).cloned() {
            for dependency in edges.get(&id).into_iter().flatten() {
                if !seen.contains(dependency) {
                    seen.push(dependency.clone());
                }
            }
            next += 1;
        }
        let (package, ..) = versions.get(&seen[0])?;
        let others = seen[1..].iter().filter_map(|id| versions.get(id));
        let (_, name, oldest) = others.max_by_key(|(_, _, oldest)| *oldest)?;
        Some((package.clone(), (name.clone(), *oldest)))
    };
    members.iter().filter_map(newest).collect()
}

/// `95` of `1.95` or `1.95.0`.
fn minor(version: &str) -> Option<Minor> {
    version.strip_prefix("1.")?.split('.').next()?.parse().ok()
}

/// Where the library has a let chain: a condition with `let` and `&&` outside of brackets.
fn let_chain(package: &Package) -> Option<String> {
    let library = format!("{}/src/", package.folder());
    let files = package.sources().filter(|(path, _)| path.starts_with(&library));
    files.into_iter().find_map(|(path, text)| {
        let code: Vec<&str> =
            text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
        has_let_chain(&code.join("\n")).then(|| path.to_owned())
    })
}

fn has_let_chain(code: &str) -> bool {
    let chained = |start: usize| {
        let mut depth = 0;
        let mut rest = code[start..].chars().peekable();
        while let Some(character) = rest.next() {
            match character {
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                '{' | ';' if depth == 0 => return false,
                '&' if depth == 0 && rest.peek() == Some(&'&') => return true,
                _ => {}
            }
        }
        false
    };
    code.contains("&& let ")
        || ["if let ", "while let "]
            .iter()
            .any(|words| code.match_indices(words).any(|(at, _)| chained(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, wanted: bool) {
        assert_eq!(has_let_chain(code), wanted, "{code}");
    }

    #[test]
    fn a_let_chain_is_found() {
        check("if let Some(a) = b && a {", true);
        check("if let Some(a) = b\n    && a > 1\n{", true);
        check("if a && let Some(b) = c {", true);
        check("while let Some(a) = b.next() && a {", true);
        check("if let Some(a) = b(c && d) {", false);
        check("if let Some(a) = b { c && d }", false);
        check("if a && b {", false);
    }

    #[test]
    fn a_version_has_a_minor() {
        assert_eq!(minor("1.95"), Some(95));
        assert_eq!(minor("1.85.1"), Some(85));
        assert_eq!(minor("stable"), None);
    }

    #[test]
    fn the_newest_dependency_counts_unless_only_tests_use_it() {
        let metadata = serde_json::json!({
            "packages": [
                { "id": "a", "name": "a", "version": "1.0.0", "rust_version": "1.85" },
                { "id": "b", "name": "b", "version": "2.0.0", "rust_version": "1.90" },
                { "id": "c", "name": "c", "version": "3.0.0", "rust_version": "1.94" },
            ],
            "workspace_members": ["a"],
            "resolve": { "nodes": [
                { "id": "a", "deps": [
                    { "pkg": "b", "dep_kinds": [{ "kind": null, "target": null }] },
                    { "pkg": "c", "dep_kinds": [{ "kind": "dev", "target": null }] },
                ] },
            ] },
        });
        let needed = needed_by_dependencies(&metadata);
        assert_eq!(needed.get("a"), Some(&("b 2.0.0".to_owned(), 90)));
    }
}
