//! The pages of `docs/coming-from` show the examples as they are, each in the same order.

use std::fs;

use xtask::pages::{self, LIBRARIES};

const PARTS: [&str; 6] = [
    "What differs",
    "By hand",
    "For all routes",
    "For one route",
    "From configuration",
    "Credentials",
];

#[test]
fn every_library_has_the_same_parts_and_the_code_of_the_examples() {
    for path in LIBRARIES.map(pages::path) {
        let page = fs::read_to_string(&path).expect("the page is there");
        let parts: Vec<_> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(parts, PARTS, "{}", path.display());
        let wanted = pages::filled(&page).expect("every mark names an anchor");
        assert!(page == wanted, "{} is old: run cargo xtask pages", path.display());
    }
}

#[track_caller]
fn fails(page: &str, message: &str) {
    assert_eq!(pages::filled(page), Err(message.to_owned()));
}

#[test]
fn a_mark_names_what_is_there() {
    fails("<!-- code: global#layer -->", "global#layer: no <!-- end -->");
    fails("<!-- code: global -->\n<!-- end -->", "global: write program#anchor");
    fails("<!-- code: global#other -->\n<!-- end -->", "examples/axum/src/bin/global.rs: no other");
}
