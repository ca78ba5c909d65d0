//! The fuzz targets, their seeds, and what the README says about both.

use std::{fs, path::Path, process::Command};

use xtask::fuzz;

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_readme_has_every_target_with_its_number_of_seeds() {
    let readme = read("README.md");
    let targets = fuzz::targets().expect("the targets");
    let rows: Vec<&str> = readme.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(rows.len(), targets.len(), "a row for each target");
    for target in &targets {
        let seeds = fuzz::parse(&read(&format!("seeds/{target}.txt"))).expect("seeds");
        let row = format!("| `{target}` | {} |", seeds.len());
        assert!(rows.iter().any(|found| found.starts_with(&row)), "the README has no {row:?}");
    }
    let words = ["Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    let count = format!("\n{} targets.", words[targets.len()]);
    assert!(readme.contains(&count), "the README does not say {count:?}");
}

#[test]
fn every_target_is_in_the_manifest() {
    let manifest: toml::Table = read("Cargo.toml").parse().expect("a manifest");
    let programs = manifest["bin"].as_array().expect("programs");
    let names: Vec<&str> = programs.iter().filter_map(|program| program["name"].as_str()).collect();
    for target in fuzz::targets().expect("the targets") {
        assert!(names.contains(&&*target), "{target}");
    }
}

/// It is a workspace of its own, so that a new dependency of the engine has to be locked there too.
#[test]
fn the_lockfile_is_current() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/Cargo.toml");
    let output = Command::new(cargo)
        .args(["metadata", "--locked", "--format-version", "1", "--manifest-path"])
        .arg(manifest)
        .output()
        .expect("cargo runs");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "fuzz/Cargo.lock is old: cargo update --workspace --manifest-path fuzz/Cargo.toml\n{error}"
    );
}
