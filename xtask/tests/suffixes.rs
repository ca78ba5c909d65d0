//! The engine's table of public suffixes and the crate that it was made from say the same.

use std::collections::HashSet;

use cors_core::suffix::public_suffix;
use xtask::suffixes::{path, rules, table};

#[test]
fn the_table_is_that_of_the_list() {
    let rules = rules().expect("the crate psl ships its list");
    let written = std::fs::read(path()).expect("the table");
    assert!(table(&rules) == written, "run `cargo xtask suffixes`, and change LIST_DATE");
    assert!(written.len() <= 64 * 1024, "{} bytes", written.len());
}

#[test]
fn each_suffix_is_the_crate_s() {
    let rules = rules().expect("the crate psl ships its list");
    let wildcards: HashSet<_> =
        rules.iter().filter(|rule| rule.kind % 3 == 1).map(|rule| rule.domain.as_str()).collect();
    // The crate forgets `*.b` for `a.b` where the list has `*.a.b` too.
    let is_forgotten = |name: &str| {
        let parent = name.split_once('.').map(|(_, parent)| parent);
        wildcards.contains(name) && parent.is_some_and(|parent| wildcards.contains(parent))
    };
    for rule in &rules {
        let domain = &rule.domain;
        let above = domain.split_once('.').map_or(domain.as_str(), |(_, above)| above);
        let near = &domain[1..];
        let names = [
            domain.clone(),
            above.to_owned(),
            format!("a.{domain}"),
            format!("b.a.{domain}"),
            format!("c.b.a.{domain}"),
            format!("x{domain}"),
            format!("a.x{domain}"),
            format!("a.{near}"),
        ];
        for name in
            names.iter().filter(|name| !name.starts_with(['.', '-']) && !name.contains(".."))
        {
            if is_forgotten(name) {
                continue;
            }
            let theirs = psl::suffix(name.as_bytes()).expect("each domain has a suffix");
            assert_eq!(public_suffix(name).as_bytes(), theirs.as_bytes(), "{name}");
        }
    }
}
