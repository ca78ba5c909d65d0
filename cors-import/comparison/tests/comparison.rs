//! The recordings of seven libraries, beside ours.

use std::fs;

use cors_import_comparison as compat;

#[test]
fn browsers_conclude_the_same_or_less_for_a_reason_and_the_docs_say_how_often() {
    let report = compat::compare(&compat::recordings()).expect("the recordings are there");
    assert!(report.is_clean(), "{report}");
    let docs = fs::read_to_string(compat::docs()).expect("the page is there");
    let wanted = compat::with_counts(&docs, &report).expect("the page has a place for them");
    assert_eq!(docs, wanted, "cargo xtask compat --docs writes the counts");
}
