//! Who may import whom.

use std::collections::BTreeSet;

use super::{
    Finding, Tree,
    package::{Dependency, Package, Role},
};

/// What the core is made of: hash maps, and values that are made once.
const CORE: [&str; 2] = ["hashbrown", "once_cell"];

/// What the core may use behind a feature.
const CORE_OPTIONAL: [&str; 3] = ["regex-automata", "serde", "tracing"];

/// The edges between adapters: from, to. Where a framework is on `http` 1.x, its adapter stands on
/// the one for those types; axum and warp take tower's layers.
const ADAPTER_EDGES: [(&str, &str); 6] = [
    ("axum", "http"),
    ("axum", "tower"),
    ("poem", "http"),
    ("salvo", "http"),
    ("tower", "http"),
    ("warp", "tower"),
];

/// Frameworks of which an adapter may import a type behind a feature: from, to. Inside axum's routers,
/// the target that the client sent is an extension of axum's own type.
const KNOWN: [(&str, &str); 1] = [("tower", "axum")];

/// What serves an example that has no framework of its own: from, to.
const SERVED_BY: [(&str, &str); 2] = [("http", "hyper"), ("tower", "hyper")];

/// Frameworks by the first word of their packages' names. Those that have an adapter are added.
const FRAMEWORKS: [&str; 9] =
    ["actix", "axum", "hyper", "poem", "rocket", "salvo", "tonic", "tower", "warp"];

/// What the program `cors` is a proxy with: adapters without a framework, and what they carry for.
const PROXY: [&str; 3] = ["http", "hyper", "tower"];

/// The packages that may use the suite outside their tests: they send its requests to real servers.
const DEMO: [&str; 2] = ["cors-lab", "cors-edge"];

/// The one library among the programs, and who imports it: the applications that are compared are
/// timed too.
const TIMED: (&str, &str) = ("cors-side-by-side", "cors-peers");

/// Dependencies that the architecture forbids.
pub(super) fn forbidden_dependencies(tree: &Tree) -> Vec<Finding> {
    let frameworks = frameworks(tree);
    let mut found = Vec::new();
    for from in &tree.packages {
        for dependency in from.dependencies() {
            let to = tree.package(dependency.name).map(Package::role);
            let framework = Some(family(dependency.name)).filter(|name| frameworks.contains(name));
            if let Some(what_to_do) = refusal(from, &dependency, to, framework) {
                let message = format!("depends on {}: {what_to_do}", dependency.name);
                found.push(Finding::new(from.manifest_path(), message));
            }
        }
    }
    found
}

/// Why an edge is forbidden, and what to do; nothing where it is allowed.
fn refusal(
    from: &Package,
    dependency: &Dependency<'_>,
    to: Option<Role<'_>>,
    framework: Option<&str>,
) -> Option<&'static str> {
    let adapter = matches!(to, Some(Role::Adapter(_) | Role::Facade));
    match (from.role(), to) {
        (_, Some(Role::Program | Role::Example(_))) if (from.name(), dependency.name) != TIMED => {
            Some("nothing imports a program; move what is shared into a library")
        }
        (_, Some(Role::Conformance)) if !dependency.dev && !DEMO.contains(&from.name()) => {
            Some("the suite is for tests; make it a dev-dependency")
        }
        (Role::Core, _) if dependency.dev => (adapter || framework.is_some())
            .then_some("the core knows no framework; test with cors_core::plain"),
        (Role::Core, _) => {
            let optional = dependency.optional && CORE_OPTIONAL.contains(&dependency.name);
            (!optional && !CORE.contains(&dependency.name)).then_some(
                "the core imports hashbrown and once_cell, and behind features \
                 regex-automata, serde and tracing; do without, or do it in an adapter",
            )
        }
        (Role::Conformance, _) => (adapter || framework.is_some_and(|name| name != "hyper"))
            .then_some("the suite knows no framework; put it into the adapter's tests"),
        (Role::Browser, _) if dependency.dev => None,
        (Role::Browser, to) => (to != Some(Role::Core))
            .then_some("the browser's half imports cors-core alone; do it in a tool"),
        (Role::Explain, _) => (adapter || framework.is_some())
            .then_some("what is blocked is explained for every framework; send requests in cli"),
        (Role::Import, _) => (adapter || framework.is_some())
            .then_some("configurations are converted for every framework; do it in an adapter"),
        // What adapters do is tested and shown in whatever serves it.
        (Role::Adapter(_) | Role::Facade | Role::File, _) if dependency.dev => None,
        (Role::File, _) => (adapter || framework.is_some())
            .then_some("files are read for every framework; do it in an adapter"),
        (Role::Adapter(name), Some(to)) => match to {
            Role::Core => None,
            Role::Adapter(to) if ADAPTER_EDGES.contains(&(name, to)) => None,
            _ => Some(
                "an adapter imports cors-core, and another adapter only where ADAPTER_EDGES says so",
            ),
        },
        (Role::Adapter(name) | Role::Example(name), None) => {
            let is_other = |to: &&str| {
                let edge = &(name, *to);
                let known = dependency.optional && KNOWN.contains(edge);
                family(name) != *to
                    && !known
                    && !ADAPTER_EDGES.contains(edge)
                    && !SERVED_BY.contains(edge)
            };
            let other = framework.filter(is_other);
            other.map(|_| "that is another framework; use its own adapter for it")
        }
        // The transcript that all examples are held against.
        (Role::Example(_), Some(Role::Conformance)) if dependency.dev => None,
        (Role::Example(_), Some(_)) => (!adapter)
            .then_some("an example imports what a user would; use what cors-adapters re-exports"),
        (Role::Facade, to) => match to {
            Some(Role::Core) => None,
            Some(Role::Adapter(_) | Role::File) if dependency.optional => None,
            _ => Some(
                "cors-adapters has no code; it imports cors-core, and adapters behind features",
            ),
        },
        (Role::Program, to) if from.folder == "cli" => {
            let allowed = match to {
                Some(Role::Adapter(name)) => PROXY.contains(&name),
                _ => !adapter && framework.is_none_or(|name| PROXY.contains(&name)),
            };
            (!allowed).then_some("the program `cors` knows no framework; do it with cors_tower")
        }
        (Role::Program, _) => None,
    }
}

/// The first word of a package's name: `axum-core` is of axum, `salvo_core` of salvo.
fn family(name: &str) -> &str {
    name.split(['-', '_']).next().unwrap_or(name)
}

fn frameworks(tree: &Tree) -> BTreeSet<&str> {
    let adapters = tree.packages.iter().filter_map(|package| match package.role() {
        // Types that frameworks share.
        Role::Adapter("http") => None,
        Role::Adapter(name) => Some(family(name)),
        _ => None,
    });
    adapters.chain(FRAMEWORKS).collect()
}

#[cfg(test)]
mod tests {
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
        check(
            "cors-core",
            "[dependencies]\nhashbrown = { version = \"1\", package = \"url\" }",
            false,
        );
        check("cors-core", "[dev-dependencies]\nproptest.workspace = true", true);
        check("cors-core", "[dev-dependencies]\naxum.workspace = true", false);
    }

    #[test]
    fn an_adapter_imports_its_own_framework_alone() {
        check(
            "adapters/ntex",
            "[dependencies]\nntex-web = \"3\"\ncors-core.workspace = true",
            true,
        );
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
        check(
            "adapters",
            "[dependencies]\ncors-ntex = { workspace = true, optional = true }",
            true,
        );
        check("adapters", "[dependencies]\ncors-ntex.workspace = true", false);
        check("adapters", "[dependencies]\nbytes = \"1\"", false);
        check("adapters", "[dev-dependencies]\nbytes = \"1\"", true);
    }

    #[test]
    fn an_example_imports_what_a_user_would() {
        check(
            "examples/ntex",
            "[dependencies]\ncors-adapters.workspace = true\nntex = \"3\"",
            true,
        );
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
        check(
            "adapters",
            "[dependencies]\ncors-file = { workspace = true, optional = true }",
            true,
        );
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
}
