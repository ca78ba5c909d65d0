//! Links between the pages, and the paths that CONTRIBUTING names, lead somewhere.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The Markdown pages that are committed.
fn pages() -> Vec<PathBuf> {
    let output = Command::new("git").args(["ls-files", "*.md"]).current_dir(root()).output();
    let list = String::from_utf8(output.expect("git is installed").stdout).expect("UTF-8");
    let pages: Vec<PathBuf> = list.lines().map(|line| root().join(line)).collect();
    // Parts of generated pages link from where they end up.
    let is_page =
        |page: &PathBuf| page.exists() && !page.components().any(|part| part.as_os_str() == "src");
    pages.into_iter().filter(is_page).collect()
}

/// The lines outside code blocks.
fn prose(text: &str) -> Vec<&str> {
    let mut in_code = false;
    let is_prose = |line: &&str| {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        !in_code && !is_fence
    };
    text.lines().filter(is_prose).collect()
}

/// The anchors of a page's headings, as repositories and mdBook make them.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = prose(text).into_iter().filter(|line| line.starts_with('#'));
    let mut anchors: BTreeSet<String> =
        headings.map(|line| slug(line.trim_start_matches('#'))).collect();
    for mark in ["id=\"", "name=\""] {
        let named = text.split(mark).skip(1).filter_map(|rest| rest.split('"').next());
        anchors.extend(named.map(str::to_owned));
    }
    anchors
}

fn slug(heading: &str) -> String {
    let kept = |character: char| match character {
        ' ' => Some('-'),
        '-' | '_' => Some(character),
        character if character.is_alphanumeric() => character.to_lowercase().next(),
        _ => None,
    };
    heading.trim().chars().filter_map(kept).collect()
}

#[test]
fn every_relative_link_leads_to_a_file_and_a_heading() {
    let mut broken = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        let folder = page.parent().expect("a folder");
        for part in prose(&text).join("\n").split("](").skip(1) {
            let Some((target, _)) = part.split_once(')') else { continue };
            if target.contains(':') || target.contains(char::is_whitespace) {
                continue;
            }
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = if path.is_empty() { page.clone() } else { folder.join(path) };
            let found = match (file.exists(), anchor) {
                (false, _) => false,
                (true, "") => true,
                // An anchor in code is a line.
                (true, _) if file.extension().is_none_or(|extension| extension != "md") => true,
                (true, anchor) => {
                    anchors(&fs::read_to_string(&file).expect("a page")).contains(anchor)
                }
            };
            if !found {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "links that lead nowhere:\n{}", broken.join("\n"));
}

#[test]
fn every_path_that_contributing_names_exists() {
    let text = fs::read_to_string(root().join("CONTRIBUTING.md")).expect("the page");
    let text = prose(&text).join("\n");
    let paths = text.split('`').skip(1).step_by(2).filter(|code| {
        let folder = code.split('/').next().unwrap_or_default();
        let is_path = !code.contains(char::is_whitespace) && code.contains('/');
        is_path && !code.contains("NAME") && root().join(folder).is_dir()
    });
    let missing: Vec<&str> = paths.filter(|path| !root().join(path).exists()).collect();
    // Commands create these.
    let made = |path: &&str| path.starts_with("target/");
    let missing: Vec<&str> = missing.into_iter().filter(|path| !made(path)).collect();
    assert!(missing.is_empty(), "CONTRIBUTING names what does not exist: {missing:?}");
}

#[test]
fn anchors_are_those_of_the_headings() {
    let page = "# The `Vary` header\n```\n# no\n```\n## What's new?\n<a id=\"x\">";
    let wanted = ["the-vary-header", "whats-new", "x"].map(str::to_owned);
    assert_eq!(anchors(page), BTreeSet::from(wanted));
}
