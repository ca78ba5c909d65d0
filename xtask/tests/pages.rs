//! The pages of `docs/coming-from` and `docs/recipes` show the examples as they are, and each library's page
//! has the same parts.

use std::{fs, path::Path};

use xtask::pages::{self, LIBRARIES};

const PARTS: [&str; 6] = [
    "Import it",
    "In Rust",
    "Origins from the environment",
    "Mistakes in circulation",
    "Every option",
    "What differs",
];

#[test]
fn every_library_has_the_same_parts() {
    for path in LIBRARIES.map(pages::path) {
        let page = fs::read_to_string(&path).expect("the page is there");
        let parts: Vec<_> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(parts, PARTS, "{}", path.display());
        assert!(page.lines().count() <= 145, "{} says what all share", path.display());
    }
}

#[test]
fn the_common_page_has_the_code_of_the_examples() {
    let page = fs::read_to_string(pages::common()).expect("the page is there");
    let wanted = pages::filled(&page).expect("every mark names an anchor");
    assert!(page == wanted, "{} is old: run cargo xtask pages", pages::common().display());
}

#[test]
fn every_recipe_is_a_program_with_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let pages = pages::recipes().expect("the recipes are there");
    let mut programs = Vec::new();
    for path in pages.iter().filter(|path| !path.ends_with("README.md")) {
        let page = fs::read_to_string(path).expect("the page is there");
        let wanted = pages::filled(&page).expect("every mark names an anchor");
        assert!(page == wanted, "{} is old: run cargo xtask pages", path.display());
        let marks =
            page.split("<!-- code: recipes/").skip(1).filter_map(|mark| mark.split_once('#'));
        let before = programs.len();
        programs.extend(marks.map(|(program, _)| program.to_owned()));
        assert!(programs.len() > before, "{} shows no program", path.display());
    }
    for program in programs {
        let path = root.join(format!("examples/axum/tests/recipes/{program}.rs"));
        let source = fs::read_to_string(&path).expect("the program is there");
        assert!(source.contains("#[test]"), "{} has no test", path.display());
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
