//! The site's table of contents.

use std::{fs, path::Path};

#[test]
fn every_page_of_the_documentation_is_in_the_table_of_contents() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let summary = fs::read_to_string(docs.join("SUMMARY.md")).expect("there is a summary");
    let mut missing = Vec::new();
    let mut folders = vec![docs.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of docs") {
            let path = entry.expect("a file of docs").path();
            let relative = path.strip_prefix(&docs).expect("inside docs").display().to_string();
            if path.is_dir() {
                folders.push(path);
            } else if relative.ends_with(".md")
                && relative != "SUMMARY.md"
                && !summary.contains(&format!("({relative})"))
            {
                missing.push(relative);
            }
        }
    }
    assert!(missing.is_empty(), "add to docs/SUMMARY.md: {missing:?}");
}
