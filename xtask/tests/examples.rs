//! The page that puts the examples side by side shows what stands in them.

use std::{fs, path::Path};

/// Below this line stands a code block of the file that it names.
const MARK: &str = "<!-- from ";

#[test]
fn every_block_of_the_page_stands_in_its_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let page = fs::read_to_string(folder.join("README.md")).expect("the page is there");
    let blocks: Vec<_> = page.split(MARK).skip(1).collect();
    assert!(blocks.len() >= 6, "{} blocks are marked", blocks.len());
    for block in blocks {
        let (file, rest) = block.split_once(" -->").expect("a mark ends with -->");
        let code = rest.split("```").nth(1).expect("a block of code follows the mark");
        let code = code.strip_prefix("rust").unwrap_or(code);
        let source = fs::read_to_string(folder.join(file)).expect("the file is there");
        assert!(unindented(&source).contains(&unindented(code)), "not in {file}:\n{code}");
    }
}

/// The lines without indentation, and without empty ones and anchors.
fn unindented(code: &str) -> String {
    let shown = |line: &&str| !line.is_empty() && !line.starts_with("// ANCHOR");
    let lines = code.lines().map(str::trim).filter(shown);
    lines.map(|line| format!("{line}\n")).collect()
}
