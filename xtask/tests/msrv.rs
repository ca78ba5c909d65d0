//! The oldest compilers that the manifests state can be true.

use std::path::Path;

use xtask::{msrv, tidy::Tree};

#[test]
fn no_package_states_a_compiler_that_cannot_build_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let tree = Tree::read(&root).expect("the tree can be read");
    let untrue = msrv::untrue(&tree).expect("cargo has metadata");
    assert!(untrue.is_empty(), "\n{}", untrue.join("\n"));
}
