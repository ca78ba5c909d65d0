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

/// Frameworks that an adapter may import behind a feature: from, to. Inside axum's routers, the target
/// that the client sent is an extension of axum's own type. warp's own server takes no service, and
/// hyper serves it.
const KNOWN: [(&str, &str); 2] = [("tower", "axum"), ("warp", "hyper")];

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
mod tests;
