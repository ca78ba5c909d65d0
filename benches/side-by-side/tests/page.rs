//! The committed page has every target, and the README quotes nothing else.

use cors_side_by_side::{page::QUOTE, target::targets};

const PAGE: &str = include_str!("../../../docs/performance.md");
const README: &str = include_str!("../../../README.md");

/// Counts are exact anywhere. Times, and servers, need a machine that runs nothing else.
fn is_counted(target: &str) -> bool {
    let counts = ["instructions", "allocations", "bytes"].iter().any(|unit| target.contains(unit));
    counts && !target.contains("whole server")
}

#[test]
fn every_target_has_its_figure() {
    for target in targets() {
        let row = format!("| {} | ≤ {} | ", target.what, target.limit);
        let found = PAGE.lines().find_map(|line| line.strip_prefix(&row));
        let found = found.unwrap_or_else(|| panic!("no row starts with {row}: cargo xtask bench"));
        let is_measured = !found.starts_with("not measured");
        assert!(is_measured || !is_counted(&target.what), "{row}: measure with valgrind");
    }
}

#[test]
fn the_readme_quotes_the_page() {
    let (_, rest) = README.split_once(QUOTE.0).expect("the README quotes the page");
    let (quoted, _) = rest.split_once(QUOTE.1).expect("the quotation ends");
    for line in quoted.lines() {
        assert!(PAGE.lines().any(|of_page| of_page == line), "not in docs/performance.md: {line}");
    }
}
