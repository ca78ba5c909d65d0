//! The committed page is what both sides answer today.

#[test]
fn the_page_is_true() {
    let committed = include_str!("../../../docs/migrating/differences.md");
    let made = cors_peers::differences();
    let differ = committed.lines().zip(made.lines()).find(|(committed, made)| committed != made);
    assert!(
        committed == made,
        "make it anew, as its first line says; the first lines that differ: {differ:#?}",
    );
}
