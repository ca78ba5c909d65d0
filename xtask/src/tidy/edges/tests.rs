//! Each edge that is allowed, and each that is not.

use super::*;
use crate::tidy::tests;

const FOLDERS: [(&str, &str); 17] = [
    ("cors-core", "cors-core"),
    ("adapters", "cors-adapters"),
    ("cors-import", "cors-import"),
    ("cors-file", "cors-file"),
    ("adapters/http", "cors-http"),
    ("adapters/tower", "cors-tower"),
    ("adapters/ntex", "cors-ntex"),
    ("conformance", "cors-conformance"),
    ("examples/ntex", "cors-example-ntex"),
    ("benches", "cors-benches"),
    ("benches/peers", "cors-peers"),
    ("benches/side-by-side", "cors-side-by-side"),
    ("cli", "cors-cli"),
    ("cors-browser", "cors-browser"),
    ("cors-explain", "cors-explain"),
    ("lab", "cors-lab"),
    ("xtask", "xtask"),
];

/// A workspace in which one package has these lines in its manifest.
#[track_caller]
fn check(folder: &str, lines: &str, allowed: bool) {
    let manifests = FOLDERS.map(|(of, name)| {
        let lines = if of == folder { lines } else { "" };
        (of, format!("[package]\nname = \"{name}\"\n{lines}\n"))
    });
    let packages: Vec<_> = manifests.iter().map(|(of, text)| (*of, &**text, "")).collect();
    let found = forbidden_dependencies(&tests::tree("", &packages));
    let wanted = format!("{folder}/Cargo.toml: depends on ");
    tests::check(&found, (!allowed).then_some(&wanted));
}

#[test]
fn the_core_imports_nearly_nothing() {
    check("cors-core", "[dependencies]\nhashbrown.workspace = true", true);
    check("cors-core", "[dependencies]\nserde = { workspace = true, optional = true }", true);
    check("cors-core", "[dependencies]\nserde.workspace = true", false);
    check("cors-core", "[dependencies]\nlog = \"0.4\"", false);
    check("cors-core", "[target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"", false);
    check("cors-core", "[dependencies]\nhashbrown = { version = \"1\", package = \"url\" }", false);
    check("cors-core", "[dev-dependencies]\nproptest.workspace = true", true);
    check("cors-core", "[dev-dependencies]\naxum.workspace = true", false);
}

#[test]
fn an_adapter_imports_its_own_framework_alone() {
    check("adapters/ntex", "[dependencies]\nntex-web = \"3\"\ncors-core.workspace = true", true);
    check("adapters/ntex", "[dependencies]\naxum-core = \"0.5\"", false);
    check("adapters/ntex", "[dependencies]\nsalvo_core = \"0.8\"", false);
    check("adapters/http", "[dependencies]\nntex-web = \"3\"", false);
    check("adapters/ntex", "[dev-dependencies]\nhyper = \"1\"", true);
}

#[test]
fn an_adapter_imports_another_only_along_an_edge() {
    check("adapters/tower", "[dependencies]\ncors-http.workspace = true", true);
    check("adapters/http", "[dependencies]\ncors-tower.workspace = true", false);
    check("adapters/ntex", "[dependencies]\ncors-adapters.workspace = true", false);
}

#[test]
fn the_suite_is_for_tests_and_knows_no_framework() {
    check("adapters/ntex", "[dev-dependencies]\ncors-conformance.workspace = true", true);
    check("adapters/ntex", "[dependencies]\ncors-conformance.workspace = true", false);
    check("lab", "[dependencies]\ncors-conformance.workspace = true", true);
    check("conformance", "[dev-dependencies]\ncors-http.workspace = true", false);
    check("conformance", "[dependencies]\nhyper-util = \"0.1\"", true);
    check("conformance", "[dependencies]\naxum = \"0.8\"", false);
}

#[test]
fn the_facade_imports_adapters_behind_features() {
    check("adapters", "[dependencies]\ncors-ntex = { workspace = true, optional = true }", true);
    check("adapters", "[dependencies]\ncors-ntex.workspace = true", false);
    check("adapters", "[dependencies]\nbytes = \"1\"", false);
    check("adapters", "[dev-dependencies]\nbytes = \"1\"", true);
}

#[test]
fn an_example_imports_what_a_user_would() {
    check("examples/ntex", "[dependencies]\ncors-adapters.workspace = true\nntex = \"3\"", true);
    check("examples/ntex", "[dependencies]\ncors-core.workspace = true", false);
    check("examples/ntex", "[dependencies]\nwarp = \"0.4\"", false);
}

#[test]
fn files_are_read_for_every_framework() {
    check("cors-file", "[dependencies]\ncors-core.workspace = true", true);
    check("cors-file", "[dependencies]\ncors-http.workspace = true", false);
    check("cors-file", "[dependencies]\naxum.workspace = true", false);
    check("cli", "[dependencies]\ncors-file.workspace = true", true);
    check("adapters/ntex", "[dependencies]\ncors-file.workspace = true", false);
    check("adapters/ntex", "[dev-dependencies]\ncors-file.workspace = true", true);
    check("adapters", "[dependencies]\ncors-file = { workspace = true, optional = true }", true);
}

#[test]
fn configurations_are_converted_for_every_framework() {
    check("cors-import", "[dependencies]\ncors-core.workspace = true", true);
    check("cors-import", "[dependencies]\ncors-http.workspace = true", false);
    check("cors-import", "[dependencies]\naxum.workspace = true", false);
    check("cli", "[dependencies]\ncors-import.workspace = true", true);
    check("adapters/ntex", "[dependencies]\ncors-import.workspace = true", false);
}

#[test]
fn the_library_behind_explain_sends_nothing() {
    check("cors-explain", "[dependencies]\ncors-browser.workspace = true", true);
    check("cors-explain", "[dependencies]\nhyper-util.workspace = true", false);
    check("cors-explain", "[dependencies]\ncors-tower.workspace = true", false);
    check("cli", "[dependencies]\ncors-explain.workspace = true", true);
}

#[test]
fn programs_are_imported_by_nobody() {
    check("benches", "[dependencies]\nxtask = { path = \"../xtask\" }", false);
    check("xtask", "[dev-dependencies]\ncors-cli = { path = \"../cli\" }", false);
}

#[test]
fn the_applications_that_are_compared_are_timed_too() {
    let lines = "[dependencies]\ncors-peers = { path = \"../peers\" }";
    check("benches/side-by-side", lines, true);
    check("benches", lines, false);
    check("benches/peers", "[dependencies]\ncors-side-by-side = { path = \"../\" }", false);
}

#[test]
fn the_program_stands_on_no_framework() {
    check("cli", "[dependencies]\ncors-tower.workspace = true\nhyper-util = \"0.1\"", true);
    check("cli", "[dependencies]\ncors-adapters.workspace = true", false);
    check("cli", "[dependencies]\ncors-ntex.workspace = true", false);
    check("cli", "[dependencies]\nrocket = \"0.5\"", false);
}
