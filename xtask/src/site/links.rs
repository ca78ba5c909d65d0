//! Links: those of Markdown pages, and those of the built site that lead nowhere.

use std::{
    collections::BTreeSet,
    fs,
    path::{Component, Path, PathBuf},
};

/// A relative link of a Markdown page.
pub(super) struct Link<'a> {
    pub(super) path: &'a str,
    /// With its `#`, or empty.
    pub(super) fragment: &'a str,
}

/// The text with other paths in its relative links.
pub(super) fn rewritten(text: &str, path: impl Fn(&Link<'_>) -> String) -> String {
    let mut rewritten = text.to_owned();
    for link in of_markdown(text) {
        let written = |path: &str| format!("]({path}{})", link.fragment);
        rewritten = rewritten.replace(&written(link.path), &written(&path(&link)));
    }
    rewritten
}

/// The relative links to other files, outside code blocks.
pub(super) fn of_markdown(text: &str) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    let mut in_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        for part in line.split("](").skip(1) {
            let Some((target, _)) = part.split_once(')') else { continue };
            let (path, fragment) = target.split_at(target.find('#').unwrap_or(target.len()));
            if !path.is_empty() && !path.contains(':') && !path.contains(' ') {
                links.push(Link { path, fragment });
            }
        }
    }
    links
}

/// A relative path seen from a folder, without `..`.
pub(super) fn join(folder: &Path, path: &str) -> PathBuf {
    let mut joined = PathBuf::new();
    for component in folder.join(path).components() {
        match component {
            Component::ParentDir => drop(joined.pop()),
            Component::CurDir => {}
            other => joined.push(other),
        }
    }
    joined
}

/// Every link of the site's pages to a file or an anchor that does not exist.
pub(super) fn broken(site: &Path) -> Result<Vec<String>, String> {
    let mut pages = Vec::new();
    html_files(site, &mut pages)?;
    let mut broken = BTreeSet::new();
    for page in &pages {
        // Both repeat the pages, at another place.
        if page.ends_with("print.html") || page.ends_with("404.html") {
            continue;
        }
        let text = read(page)?;
        for part in text.split("href=\"").skip(1) {
            let Some((link, _)) = part.split_once('"') else { continue };
            if link.contains(':') || link.starts_with("//") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let folder = page.parent().unwrap_or(site);
            let target = if path.is_empty() { page.clone() } else { join(folder, path) };
            let target = if target.is_dir() { target.join("index.html") } else { target };
            let is_page = target.extension().is_some_and(|extension| extension == "html");
            let found = target.is_file()
                && (anchor.is_empty()
                    || !is_page
                    || read(&target)?.contains(&format!("id=\"{anchor}\"")));
            if !found {
                let page = page.strip_prefix(site).unwrap_or(page);
                broken.insert(format!("{}: {link} leads nowhere", page.display()));
            }
        }
    }
    Ok(broken.into_iter().collect())
}

fn html_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|error| super::failed(folder, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| super::failed(folder, &error))?.path();
        if path.is_dir() {
            html_files(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "html") {
            files.push(path);
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| super::failed(path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_in_code_and_to_other_sites_do_not_count() {
        let text = "[a](b.md#c) [d](https://x.test)\n```\n[e](f.md)\n```\n[g](#h)";
        let links: Vec<_> =
            of_markdown(text).iter().map(|link| (link.path, link.fragment)).collect();
        assert_eq!(links, [("b.md", "#c")]);
    }

    #[test]
    fn a_path_is_seen_from_its_folder() {
        assert_eq!(join(Path::new("docs/a"), "../../README.md"), Path::new("README.md"));
        assert_eq!(join(Path::new("docs"), "./b.md"), Path::new("docs/b.md"));
    }
}
