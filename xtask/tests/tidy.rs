//! The tree as it stands has nothing that must be absent.

use std::path::Path;

use xtask::tidy::{Finding, Tree};

#[test]
fn the_tree_is_tidy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let findings = Tree::read(&root).expect("the tree can be read").findings();
    let findings: Vec<String> = findings.iter().map(Finding::to_string).collect();
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
}
