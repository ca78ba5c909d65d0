//! What manifests say.

use toml::{Table, Value};

use super::{Finding, Tree};

/// Has lints of its own: an allocator that counts has to be unsafe.
const OWN_LINTS: &str = "benches";

/// Packages that do not take the workspace's lints.
pub(super) fn lints_of_the_workspace(tree: &Tree) -> Vec<Finding> {
    let packages = tree.packages.iter().filter(|package| {
        let lints = package.manifest.get("lints").and_then(|lints| lints.get("workspace"));
        package.folder != OWN_LINTS && lints.and_then(Value::as_bool) != Some(true)
    });
    packages
        .map(|package| {
            Finding::new(
                package.manifest_path(),
                "has lints of its own: write `[lints] workspace = true`",
            )
        })
        .collect()
}

/// Features that nobody has explained.
pub(super) fn prose_above_features(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for package in &tree.packages {
        let (mut inside, mut before) = (false, "");
        for (number, line) in (1..).zip(package.text.lines()) {
            if line.starts_with('[') {
                inside = line.trim() == "[features]";
            } else if let Some((name, _)) = line.split_once('=')
                && inside
                && !line.starts_with([' ', '#'])
                && name.trim() != "default"
                && !before.starts_with('#')
            {
                let place = format!("{}:{number}", package.manifest_path());
                let message =
                    format!("feature {} has no prose: say above it what it adds", name.trim());
                found.push(Finding::new(place, message));
            }
            before = line;
        }
    }
    found
}

/// Features that nobody asked for.
pub(super) fn features_on_by_default(tree: &Tree) -> Vec<Finding> {
    let packages = tree.packages.iter().filter(|package| {
        let features = package.manifest.get("features");
        let default = features.and_then(|features| features.get("default"));
        default.and_then(Value::as_array).is_some_and(|default| !default.is_empty())
    });
    packages
        .map(|package| {
            Finding::new(
                package.manifest_path(),
                "has features on by default: write `default = []`, and leave the choice to users",
            )
        })
        .collect()
}

/// Oldest compilers that are not each package's own. One for the workspace makes the resolver pick
/// old frameworks silently.
pub(super) fn rust_version_for_each_package(tree: &Tree) -> Vec<Finding> {
    let workspace = tree.manifest.get("workspace").and_then(|workspace| workspace.get("package"));
    let mut found = Vec::new();
    if workspace.is_some_and(|package| package.get("rust-version").is_some()) {
        found.push(Finding::new(
            "Cargo.toml",
            "has a rust-version for all: state it in each package",
        ));
    }
    for package in tree.packages.iter().filter(|package| package.is_published()) {
        if !package.manifest["package"].get("rust-version").is_some_and(Value::is_str) {
            found.push(Finding::new(
                package.manifest_path(),
                "has no rust-version: state the oldest that builds it",
            ));
        }
    }
    found
}

/// Dependencies that no registry has.
pub(super) fn dependencies_from_git(tree: &Tree) -> Vec<Finding> {
    let packages = tree.packages.iter().map(|package| (package.manifest_path(), &package.manifest));
    let mut found = Vec::new();
    for (place, manifest) in packages.chain([("Cargo.toml".to_owned(), &tree.manifest)]) {
        if has_git(manifest) {
            found.push(Finding::new(place, "depends on a git URL: use a published version"));
        }
    }
    found
}

fn has_git(table: &Table) -> bool {
    table.iter().any(|(key, value)| match value {
        Value::Table(_) if key == "package" => false,
        // A package that is called git has a version there.
        Value::Table(table) => {
            let url = table.get("git").and_then(Value::as_str);
            url.is_some_and(|url| url.contains(':')) || has_git(table)
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::{check, tree};

    const NAME: &str = "[package]\nname = \"x\"\n";

    fn one(lines: &str) -> Tree {
        tree("", &[("x", &format!("{NAME}{lines}"), "")])
    }

    #[test]
    fn lints_are_the_workspaces() {
        check(&lints_of_the_workspace(&one("[lints]\nworkspace = true")), None);
        check(&lints_of_the_workspace(&one("")), Some("x/Cargo.toml: has lints of its own"));
        check(&lints_of_the_workspace(&tree("", &[("benches", NAME, "")])), None);
    }

    #[test]
    fn features_have_prose() {
        let explained = "[features]\ndefault = []\n# Adds a.\na = [\n  \"b\",\n]\n";
        check(&prose_above_features(&one(explained)), None);
        let bare = format!("{explained}b = []\n[dependencies]\nc = \"1\"");
        check(&prose_above_features(&one(&bare)), Some("x/Cargo.toml:9: feature b has no prose"));
    }

    #[test]
    fn no_feature_is_on_by_default() {
        check(&features_on_by_default(&one("")), None);
        check(&features_on_by_default(&one("[features]\ndefault = []\na = []")), None);
        let on = one("[features]\ndefault = [\"a\"]\na = []");
        check(&features_on_by_default(&on), Some("x/Cargo.toml: has features on by default"));
    }

    #[test]
    fn each_published_package_has_its_own_rust_version() {
        check(&rust_version_for_each_package(&one("rust-version = \"1.85\"")), None);
        check(&rust_version_for_each_package(&one("publish = false")), None);
        check(&rust_version_for_each_package(&one("")), Some("x/Cargo.toml: has no rust-version"));
        let inherited = one("rust-version.workspace = true");
        check(
            &rust_version_for_each_package(&inherited),
            Some("x/Cargo.toml: has no rust-version"),
        );
        let shared = tree("[workspace.package]\nrust-version = \"1.85\"", &[]);
        check(
            &rust_version_for_each_package(&shared),
            Some("Cargo.toml: has a rust-version for all"),
        );
    }

    #[test]
    fn dependencies_are_published() {
        let git = "[dependencies]\na = { git = \"https://host.example/a\" }";
        check(&dependencies_from_git(&one(git)), Some("x/Cargo.toml: depends on a git URL"));
        let shared = tree(&git.replace("dependencies", "workspace.dependencies"), &[]);
        check(&dependencies_from_git(&shared), Some("Cargo.toml: depends on a git URL"));
        check(&dependencies_from_git(&one("[dependencies]\na = \"1\"\ngit = \"0.3\"")), None);
    }
}
