//! The workflow calls the lanes and nothing else, and every framework is everywhere.

use std::{fs, path::Path};

use xtask::{frameworks, lane, tidy::Tree};

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The lanes that run in no job of their own: each job runs a part of them.
const WHOLE: [&str; 2] = ["workspace", "alone"];

#[test]
fn the_workflow_runs_every_lane_and_nothing_else_of_cargo() {
    let workflow = read(".github/workflows/test.yml");
    let tree = Tree::read(&root()).expect("the workspace");
    for lane in lane::all(&tree).expect("the lanes") {
        let name = &lane.name;
        let listed = workflow.lines().any(|line| line.trim() == format!("- {name}"));
        let called = workflow.contains(&format!("cargo xtask test --lane {name}\n"));
        assert_eq!(listed || called, !WHOLE.contains(&&**name), "{name}");
    }
    for line in workflow.lines().filter(|line| line.contains("cargo ")) {
        let allowed = ["cargo xtask test --lane ", "cargo install --locked "];
        assert!(
            allowed.iter().any(|start| line.contains(start)) || line.starts_with('#'),
            "{line}"
        );
    }
}

#[test]
fn every_application_is_in_the_lane_and_says_how_to_run_it() {
    let entries = fs::read_dir(root().join("examples/apps")).expect("there are applications");
    let names = entries.map(|entry| entry.expect("a folder").file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    let mut listed = lane::APPS.to_vec();
    names.retain(|name| name != "README.md");
    names.sort_unstable();
    listed.sort_unstable();
    assert_eq!(names, listed);
    for name in names {
        let readme = read(&format!("examples/apps/{name}/README.md"));
        assert!(readme.contains("cargo run\n") && readme.contains("cargo test\n"), "{name}");
    }
}

#[test]
fn the_workspace_and_the_table_have_the_same_frameworks() {
    let manifest: toml::Table = read("Cargo.toml").parse().expect("a manifest");
    let members = manifest["workspace"]["members"].as_array().expect("members");
    let members = members.iter().filter_map(toml::Value::as_str);
    let mut members: Vec<&str> =
        members.filter_map(|name| name.strip_prefix("adapters/")).collect();
    let frameworks = frameworks::all().expect("the table");
    let mut names: Vec<&str> = frameworks.iter().map(|framework| &*framework.name).collect();
    members.sort_unstable();
    names.sort_unstable();
    assert_eq!(members, names);
}

/// The steps of "Add an adapter" name places, with NAME for the framework. Each of them exists for
/// each framework, so that the steps cannot grow old.
#[test]
fn the_steps_for_a_new_adapter_are_those_that_every_adapter_has() {
    let contributing = read("CONTRIBUTING.md");
    let (_, steps) = contributing.split_once("## Add an adapter\n").expect("the section");
    let steps = steps.split("\n## ").next().unwrap_or_default();
    let places: Vec<&str> =
        steps.split('`').skip(1).step_by(2).filter(|text| text.contains("NAME")).collect();
    assert!(places.len() >= 6, "{places:?}");
    for framework in frameworks::all().expect("the table") {
        for place in &places {
            let place = place.replace("NAME", &framework.name);
            let found = if let Some((file, text)) = place.split_once(": ") {
                read(file).contains(text)
            } else {
                root().join(&place).exists()
            };
            assert!(found, "CONTRIBUTING says {place:?}");
        }
    }
}

#[test]
fn every_framework_has_a_row_in_the_readme() {
    let readme = read("README.md");
    for framework in frameworks::all().expect("the table") {
        let feature = format!("| `{}` |", framework.name);
        assert!(
            readme.lines().any(|line| line.starts_with('|') && line.contains(&feature)),
            "{feature}"
        );
    }
}
