//! The pages of `docs/coming-from` show what `cors import` prints: the command, the policy file and the
//! code.

use std::fs;

use crate::run::{policy, run};

/// Below this line stand a configuration and the policy file that it becomes.
const MARK: &str = "<!-- cors import --from ";

#[track_caller]
fn check(page: &str) {
    let file = format!("{page}.toml");
    let path = format!("{}/../docs/coming-from/{page}.md", env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(path).expect("the page is there");
    let (_, after) = page.split_once(MARK).expect("the page has the mark");
    let (library, rest) = after.split_once(" -->").expect("the mark ends");
    let block = |text: &'static str| {
        let (_, block) = rest.split_once(text).expect("there is such a block");
        block.split_once("```").expect("the block ends").0
    };
    let how = page.split_once("```sh\n").expect("the page has the command").1;
    let how = how.split_once("```").expect("the block ends").0;
    assert_eq!(run(&["import", "--how", library], b"").out, how);
    let config = block("```json\n").as_bytes();
    let code = run(&["import", "--from", library, "-", "--rust", "axum"], config);
    assert_eq!((code.err.as_str(), code.out.as_str()), ("", block("```rust\n")));
    let said = run(&["import", "--from", library, "-"], block("```json\n").as_bytes());
    assert_eq!((said.err.as_str(), said.status), ("", Some(0)));
    assert_eq!(said.out, block("```toml\n"));
    policy(&file, &said.out);
    let checked = run(&["check", &file], b"");
    assert_eq!(checked.status, Some(0), "{}", checked.err);
}

#[test]
fn express() {
    check("express");
}

#[test]
fn flask() {
    check("flask");
}

#[test]
fn fastapi() {
    check("fastapi");
}

#[test]
fn django() {
    check("django");
}

#[test]
fn sinatra() {
    check("sinatra");
}

#[test]
fn rails() {
    check("rails");
}

#[test]
fn laravel() {
    check("laravel");
}
