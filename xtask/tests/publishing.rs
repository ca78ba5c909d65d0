//! Everything that is published has a README, and a place in the order of publishing.

use std::{fs, path::Path};

use xtask::tidy::Tree;

fn tree() -> Tree {
    Tree::read(&root()).expect("the workspace")
}

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

#[test]
fn each_published_package_has_a_readme_that_says_what_the_manifest_says() {
    for package in tree().packages.iter().filter(|package| package.is_published()) {
        let file = root().join(package.folder()).join("README.md");
        let text = fs::read_to_string(&file).unwrap_or_default();
        let opening = format!("# {}\n\n{}.\n", package.name(), package.description());
        assert!(text.starts_with(&opening), "{} does not start with\n{opening}", file.display());
    }
}

#[test]
fn the_order_of_publishing_has_every_package_after_its_dependencies() {
    let page = fs::read_to_string(root().join("docs/publishing.md")).expect("the page");
    let order: Vec<&str> =
        page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let tree = tree();
    let mut published: Vec<&str> = tree
        .packages
        .iter()
        .filter(|package| package.is_published())
        .map(|package| package.name())
        .collect();
    for (place, name) in order.iter().enumerate() {
        let package = tree.packages.iter().find(|package| package.name() == *name);
        let package = package.unwrap_or_else(|| panic!("{name} is not a package"));
        for needed in package.needs() {
            let known = published.contains(&needed);
            assert!(!known || order[..place].contains(&needed), "{name} needs {needed}");
        }
    }
    let mut listed = order;
    listed.sort_unstable();
    published.sort_unstable();
    assert_eq!(listed, published);
}

// The names are taken, or free for anyone to take: a dependency is by git or path.
#[test]
fn nothing_tells_a_user_to_take_a_package_from_a_registry() {
    let mut folders = vec![root()];
    let mut read = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "target" && !name.starts_with('.') {
                    folders.push(path);
                }
            } else if name.ends_with(".md") || name.ends_with(".rs") || name.ends_with(".js") {
                let text = fs::read_to_string(&path).expect("text");
                let wrong = concat!("cargo add ", "cors");
                assert!(!text.contains(wrong), "{}: has `{wrong}`", path.display());
                read += 1;
            }
        }
    }
    assert!(read > 500, "{read} files");
}
