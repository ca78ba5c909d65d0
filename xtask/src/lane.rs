//! The lanes of `cargo xtask test`: each is what one kind of change has to pass.

mod step;
mod tally;

pub use step::Step;
pub use tally::Tally;

use crate::{
    frameworks, msrv,
    tidy::{Package, Tree},
};

/// A named part of the tests.
pub struct Lane {
    /// The argument of `--lane`.
    pub name: String,
    /// One line for `--list`.
    pub about: String,
    /// The packages that it tests.
    pub packages: Vec<String>,
    /// What it runs, in this order. It stops at the first failure.
    pub steps: Vec<Step>,
}

/// The lanes that are not made of packages: name, and one line about it.
const CHECKS: [(&str, &str); 11] = [
    ("style", "rustfmt, and clippy with warnings denied, for the whole workspace"),
    ("workspace", "the tests of every package, built together with all features"),
    ("docs", "rustdoc with warnings denied, the conventions, and the links between pages"),
    ("msrv", "the stated oldest compilers"),
    ("minimal", "published packages with the oldest dependencies that their manifests allow"),
    ("apps", "the applications of examples/apps, each on its own (chromium for one of them)"),
    ("package", "everything that is published can be packaged"),
    ("instructions", "instructions of every framework against the committed figures (valgrind)"),
    ("deny", "licenses, sources and duplicates of all dependencies (needs cargo-deny)"),
    ("fuzz", "every fuzz target for FUZZ_SECONDS seconds, or 30"),
    ("miri", "the core's unit tests under miri (needs a nightly compiler)"),
];

/// The lanes that run servers.
const SERVERS: [(&str, &str, &str); 5] = [
    ("demo", "the demo, once: every server answers as the policy says", "demo --once"),
    ("browser", "real browsers on every server (exit status 3 where there is none)", "browser"),
    ("edge", "exported configurations in real servers, with the suite's rows", "edge"),
    ("servers", "every remedy that can be run here, pasted into its real server", "servers"),
    ("imported", "applications with the real libraries, imported and served in axum", "imported"),
];

/// The lanes that `.ci/run` runs, in this order. `instructions` is not one of them: linking its
/// program takes seven minutes.
pub const ALL: [&str; 14] = [
    "style",
    "workspace",
    "alone",
    "docs",
    "msrv",
    "package",
    "apps",
    "deny",
    "fuzz",
    "demo",
    "browser",
    "edge",
    "servers",
    "imported",
];

/// The folders of `examples/apps`.
pub const APPS: [&str; 4] = ["axum-sqlite", "axum-live", "actix-scopes", "rocket-state"];

/// Every lane.
///
/// # Errors
///
/// The table of frameworks does not parse.
pub fn all(tree: &Tree) -> Result<Vec<Lane>, String> {
    let mut lanes = Vec::new();
    let mut add = |name: &str, about: &str, steps: Vec<Step>, packages: Vec<String>| {
        lanes.push(Lane { name: name.to_owned(), about: about.to_owned(), packages, steps });
    };
    let mut groups = vec![
        ("core".to_owned(), "the engine, the browser simulator and the suite".to_owned()),
        ("files".to_owned(), "policy files, and configurations of other libraries".to_owned()),
        ("adapters".to_owned(), "the one dependency with a feature for each framework".to_owned()),
    ];
    for framework in frameworks::all()? {
        let about = format!("the adapter and the examples of {}", framework.title);
        groups.push((framework.name, about));
    }
    groups.push(("cli".to_owned(), "the program `cors`".to_owned()));
    groups.push(("tools".to_owned(), "the lab and xtask".to_owned()));
    groups.push(("benches".to_owned(), "benches, and other libraries beside ours".to_owned()));
    for (name, about) in &groups {
        let packages: Vec<&Package> =
            tree.packages.iter().filter(|package| package.lane() == name).collect();
        let steps = packages_together(&packages).into_iter().chain(packages_alone(&packages));
        let names = packages.iter().map(|package| package.name().to_owned()).collect();
        add(name, about, steps.collect(), names);
    }
    let published: Vec<&Package> =
        tree.packages.iter().filter(|package| package.is_published()).collect();
    add(
        "alone",
        "each published package and each feature alone, without what others turn on",
        packages_alone(&published),
        Vec::new(),
    );
    for (name, about) in CHECKS {
        add(name, about, check(name, tree, &published), Vec::new());
    }
    for (name, about, arguments) in SERVERS {
        let own_workspace = (name == "edge").then(filter_tests);
        add(
            name,
            about,
            own_workspace.into_iter().chain([Step::xtask(arguments)]).collect(),
            Vec::new(),
        );
    }
    Ok(lanes)
}

/// The tests of the filter for Envoy, which is its own workspace.
fn filter_tests() -> Step {
    let test = Step::cargo("test --locked --manifest-path adapters/proxy-wasm/Cargo.toml");
    test.args(&["--target-dir", "target/filter"])
}

/// Lints and tests a group of packages with all features.
fn packages_together(packages: &[&Package]) -> Vec<Step> {
    let names = packages.iter().flat_map(|package| ["--package", package.name()]);
    let names: Vec<&str> = names.collect();
    let lint = Step::cargo("clippy --locked --all-targets --all-features").args(&names);
    vec![
        lint.args(&["--", "-D", "warnings"]),
        Step::cargo("test --locked --all-features").args(&names),
    ]
}

/// Tests each package without features, and checks each feature without the others. Packages that
/// are built together get each other's features, which hides what one of them is missing.
fn packages_alone(packages: &[&Package]) -> Vec<Step> {
    let mut steps = Vec::new();
    for package in packages.iter().filter(|package| package.is_published()) {
        let package_argument = ["--package", package.name()];
        steps.push(Step::cargo("test --locked").args(&package_argument));
        for feature in package.features() {
            let check = Step::cargo("check --locked").args(&package_argument);
            steps.push(check.args(&["--features", feature]));
        }
    }
    steps
}

fn check(name: &str, tree: &Tree, published: &[&Package]) -> Vec<Step> {
    match name {
        "style" => vec![
            Step::cargo("fmt --all --check"),
            Step::cargo("clippy --locked --workspace --all-features --all-targets")
                .args(&["--", "-D", "warnings"]),
        ],
        "workspace" => vec![Step::cargo("test --locked --workspace --all-features")],
        "docs" => vec![
            Step::cargo("doc --locked --workspace --all-features --no-deps")
                .env("RUSTDOCFLAGS", "-D warnings"),
            Step::cargo("test --locked --package xtask"),
        ],
        "msrv" => msrv::steps(tree),
        "minimal" => published.iter().map(|package| minimal(package.name())).collect(),
        "apps" => APPS.iter().map(|name| app(name)).collect(),
        "package" => {
            let names: Vec<&str> =
                published.iter().flat_map(|package| ["--package", package.name()]).collect();
            let package = Step::cargo("package --locked --no-verify --allow-dirty --quiet");
            vec![package.args(&["--target-dir", "target/package-lane"]).args(&names)]
        }
        "instructions" => vec![
            Step::cargo("test --locked --profile bench --package cors-side-by-side")
                .args(&["--test", "instructions"]),
        ],
        "deny" => vec![
            Step::cargo("deny --locked --all-features check bans licenses sources")
                .needs("cargo-deny", "cargo install --locked cargo-deny"),
        ],
        "fuzz" => vec![Step::xtask("fuzz")],
        "miri" => vec![Step::cargo("+nightly miri test --package cors-core --lib --all-features")],
        _ => Vec::new(),
    }
}

/// Tests an application, which is its own workspace. All share a folder, as much of them is the same.
fn app(name: &str) -> Step {
    Step::cargo("test --locked --target-dir target/apps --manifest-path")
        .args(&[&format!("examples/apps/{name}/Cargo.toml")])
}

/// Checks a package with the oldest direct dependencies that its manifest allows, in a lockfile and
/// a folder of its own. The options are unstable, and a stable cargo takes them with this variable.
fn minimal(package: &str) -> Step {
    Step::cargo("check -Z direct-minimal-versions -Z unstable-options")
        .args(&["--lockfile-path", "target/minimal/Cargo.lock", "--target-dir", "target/minimal"])
        .args(&["--all-features", "--package", package])
        .env("RUSTC_BOOTSTRAP", "1")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_package_is_in_one_lane() {
        let tree = Tree::read(&crate::root()).expect("the workspace");
        let lanes = all(&tree).expect("the lanes");
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        for package in lanes.iter().flat_map(|lane| &lane.packages) {
            *found.entry(package).or_default() += 1;
        }
        for package in &tree.packages {
            assert_eq!(found.get(package.name()), Some(&1), "{}", package.name());
        }
    }

    #[test]
    fn every_lane_does_something_and_has_its_own_name() {
        let tree = Tree::read(&crate::root()).expect("the workspace");
        let lanes = all(&tree).expect("the lanes");
        let names: BTreeMap<&str, usize> =
            lanes.iter().map(|lane| (&*lane.name, lane.steps.len())).collect();
        assert_eq!(names.len(), lanes.len());
        for (name, steps) in &names {
            assert!(*steps > 0, "{name} does nothing");
        }
        for name in ALL {
            assert!(names.contains_key(name), "{name} is not a lane");
        }
    }
}
