//! What Rust files say.

use super::{
    Finding, Tree,
    package::{Package, Role, Source, is_code},
};

/// The longest file, in lines, its unit tests aside.
const LONGEST_FILE: usize = 300;

/// The largest adapter, in lines of code, its unit tests aside. Size is the weaker rule: an adapter
/// spells no CORS header, which [`header_names_in_adapters`] checks. Frameworks that are not on
/// `http` 1.x need their own types for heads, and are the largest.
const LARGEST_ADAPTER: usize = 600;

/// Words that code does not have, in two pieces because this is code too, and what to do instead.
const FORBIDDEN_WORDS: [(&str, &str, &str); 5] = [
    ("#[ign", "ore", "make the test pass, or remove it"),
    ("#[should", "_panic", "compare the error instead"),
    ("tod", "o!(", "write it, or leave it out"),
    ("unimple", "mented!(", "write it, or leave it out"),
    ("deny(warn", "ings)", "leave that to CI: a new compiler must not break a build"),
];

/// Files that hold more than one concept.
pub(super) fn long_files(tree: &Tree) -> Vec<Finding> {
    let sources = tree.packages.iter().flat_map(|package| &package.sources);
    let long = sources.filter_map(|source| {
        let lines = source.lines().count();
        let message = format!("has {lines} lines, more than {LONGEST_FILE}: split it by concept");
        (lines > LONGEST_FILE).then(|| Finding::new(&source.path, message))
    });
    long.collect()
}

/// Adapters that do more than carry bytes.
pub(super) fn large_adapters(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (_, package) in adapters(tree) {
        let code = |source: &Source| source.lines().filter(|line| is_code(line)).count();
        let lines: usize = library(package).map(code).sum();
        if lines > LARGEST_ADAPTER {
            let message = format!(
                "has {lines} lines of code, more than {LARGEST_ADAPTER}: adapters carry, the core decides"
            );
            found.push(Finding::new(format!("{}/src", package.folder), message));
        }
    }
    found
}

/// CORS headers that an adapter spells.
pub(super) fn header_names_in_adapters(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for source in adapters(tree).flat_map(|(_, package)| library(package)) {
        for (number, line) in source.code() {
            let line = line.to_ascii_lowercase().replace('_', "-");
            if line.contains("access-control-") {
                let place = format!("{}:{number}", source.path);
                found.push(Finding::new(
                    place,
                    "spells a CORS header: use ResponseField or RequestField",
                ));
            }
        }
    }
    found
}

/// A core that the compiler does not prove to do no I/O and nothing unsafe.
pub(super) fn promises_of_the_core(tree: &Tree) -> Vec<Finding> {
    let core = tree.packages.iter().filter(|package| package.role() == Role::Core);
    let roots = core.flat_map(|package| &package.sources);
    let roots = roots.filter(|source| source.path == "cors-core/src/lib.rs");
    roots
        .flat_map(|source| {
            let missing = |attribute: &&str| !source.code().any(|(_, line)| line == *attribute);
            let attributes = ["#![no_std]", "#![forbid(unsafe_code)]"].into_iter().filter(missing);
            attributes.map(|attribute| {
                Finding::new(
                    &source.path,
                    format!("does not say {attribute}: it is the compiler's proof"),
                )
            })
        })
        .collect()
}

/// Tests that do not run, and code that is not written.
pub(super) fn forbidden_words(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for source in tree.packages.iter().flat_map(|package| &package.sources) {
        for (number, line) in source.code() {
            for (start, end, what_to_do) in FORBIDDEN_WORDS {
                let word = format!("{start}{end}");
                if line.contains(&word) {
                    let place = format!("{}:{number}", source.path);
                    found.push(Finding::new(place, format!("has `{word}`: {what_to_do}")));
                }
            }
        }
    }
    found
}

fn adapters(tree: &Tree) -> impl Iterator<Item = (&str, &Package)> {
    tree.packages.iter().filter_map(|package| match package.role() {
        Role::Adapter(framework) => Some((framework, package)),
        _ => None,
    })
}

/// A package's files without its tests, examples and benches.
fn library(package: &Package) -> impl Iterator<Item = &Source> {
    let folder = format!("{}/src/", package.folder);
    package.sources.iter().filter(move |source| source.path.starts_with(&folder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::{check, tree};

    fn one(folder: &str, lib: &str) -> Tree {
        tree("", &[(folder, "[package]\nname = \"x\"", lib)])
    }

    #[test]
    fn a_file_is_short() {
        let lines = "//! x\n".repeat(LONGEST_FILE);
        check(&long_files(&one("x", &lines)), None);
        check(&long_files(&one("x", &format!("{lines}mod tests {{\n}}\n"))), None);
        check(&long_files(&one("x", &format!("{lines}\n"))), Some("x/src/lib.rs: has 301 lines"));
    }

    #[test]
    fn an_adapter_is_small() {
        let lines = "// why\n\nx();\n".repeat(LARGEST_ADAPTER);
        check(&large_adapters(&one("adapters/ntex", &lines)), None);
        let more = format!("{lines}x();");
        check(
            &large_adapters(&one("adapters/ntex", &more)),
            Some("adapters/ntex/src: has 601 lines"),
        );
        check(&large_adapters(&one("cli", &more)), None);
    }

    #[test]
    fn an_adapter_spells_no_header() {
        let found = |lib| header_names_in_adapters(&one("adapters/ntex", lib));
        check(&found("/// access-control-allow-origin\nx();"), None);
        check(&found("\n\"Access-Control-Max-Age\""), Some("adapters/ntex/src/lib.rs:2: spells"));
        check(&found("ACCESS_CONTROL_MAX_AGE"), Some("adapters/ntex/src/lib.rs:1: spells"));
    }

    #[test]
    fn the_core_keeps_its_promises() {
        let found = |lib| promises_of_the_core(&one("cors-core", lib));
        check(&found("#![no_std]\n#![forbid(unsafe_code)]"), None);
        check(&found("#![no_std]\n"), Some("cors-core/src/lib.rs: does not say #![forbid("));
        check(
            &found("// #![no_std]\n#![forbid(unsafe_code)]"),
            Some("cors-core/src/lib.rs: does not say #![no_std]"),
        );
    }

    #[test]
    fn nothing_is_left_for_later() {
        for (start, end, _) in FORBIDDEN_WORDS {
            let line = format!("    {start}{end})]");
            check(&forbidden_words(&one("x", &line)), Some("x/src/lib.rs:1: has `"));
            check(&forbidden_words(&one("x", &format!("// {line}"))), None);
        }
    }
}
