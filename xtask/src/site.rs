//! `cargo xtask site`: the documentation as a site, built by mdBook, with the playground in front.
//!
//! The book's source has the repository's own layout, so relative links mean the same there as in
//! the repository. Only the README moves: the site's first page is the playground.

mod links;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

/// The table of contents, which also decides which pages there are.
const SUMMARY: &str = "docs/SUMMARY.md";

/// mdBook's configuration. It names no repository and loads nothing from other sites.
const BOOK: &str = r#"[book]
title = "cors"
description = "CORS for Rust, done once"
language = "en"
src = "source"

[build]
create-missing = false

[output.html]
default-theme = "light"
preferred-dark-theme = "navy"

[output.html.playground]
runnable = false
"#;

/// Builds the site in `target/site`, and reports every link that leads nowhere.
///
/// # Errors
///
/// A page cannot be read or written, or mdBook is missing or fails.
pub fn build() -> Result<ExitCode, String> {
    let root = crate::root();
    let site = root.join("target/site");
    let book = root.join("target/site-source");
    for folder in [&site, &book] {
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(|error| failed(folder, &error))?;
        }
    }
    write(&book.join("book.toml"), BOOK)?;
    let pages = copy_pages(&root, &book.join("source"))?;
    mdbook(&book, &site)?;
    // mdBook has written its first page there.
    let module = crate::playground::build(&site)?;
    let broken = links::broken(&site)?;
    for link in &broken {
        eprintln!("{link}");
    }
    println!("{pages} pages, {} broken links: {}/index.html", broken.len(), site.display());
    println!("the playground's module is {} KB compressed", module.div_ceil(1024));
    Ok(if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Copies the pages that the summary lists, and every file that they link to. Returns the number of
/// pages.
fn copy_pages(root: &Path, source: &Path) -> Result<usize, String> {
    let summary = read(&root.join(SUMMARY))?;
    let docs = Path::new("docs");
    let listed: Vec<PathBuf> =
        links::of_markdown(&summary).iter().map(|link| links::join(docs, link.path)).collect();
    let contents = links::rewritten(&summary, |link| {
        let page = links::join(docs, link.path);
        format!("/{}", as_index(&page, &page).display())
    });
    write(&source.join("SUMMARY.md"), &contents.replace("](/", "]("))?;
    for page in &listed {
        let text = read(&root.join(page))?;
        let folder = page.parent().unwrap_or(Path::new(""));
        let shown = links::rewritten(&text, |link| {
            let target = links::join(folder, link.path);
            let path = Path::new(link.path);
            match root.join(&target).is_dir() {
                // GitHub shows a folder by its README.
                true => path.join("index.md"),
                false => as_index(path, &target),
            }
            .display()
            .to_string()
        });
        for link in links::of_markdown(&text) {
            let target = links::join(folder, link.path);
            let is_folder = root.join(&target).is_dir();
            if is_folder && !listed.contains(&target.join("README.md")) {
                copy_folder(&root.join(&target), &source.join(&target))?;
            } else if !is_folder && !listed.contains(&target) {
                copy(&root.join(&target), &source.join(&target))?;
            }
        }
        write(&source.join(as_index(page, page)), &shown)?;
    }
    Ok(listed.len())
}

/// A site's name for a README: `index`, and `start` for the repository's own.
/// `path` may be relative, and `page` is the same from the repository's folder.
fn as_index(path: &Path, page: &Path) -> PathBuf {
    match page {
        page if page == Path::new("README.md") => path.with_file_name("start.md"),
        page if page.ends_with("README.md") => path.with_file_name("index.md"),
        _ => path.to_owned(),
    }
}

/// Copies the files of a folder that is not a page, and lists them in a page of links.
fn copy_folder(from: &Path, to: &Path) -> Result<(), String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(from).map_err(|error| failed(from, &error))? {
        let entry = entry.map_err(|error| failed(from, &error))?;
        // mdBook renders Markdown, and so copies none of it.
        let is_markdown = entry.path().extension().is_some_and(|extension| extension == "md");
        if entry.path().is_file() && !is_markdown {
            let name = entry.file_name().to_string_lossy().into_owned();
            copy(&entry.path(), &to.join(&name))?;
            names.push(name);
        }
    }
    names.sort();
    let rows: String =
        names.iter().map(|name| format!("<li><a href=\"{name}\">{name}</a></li>\n")).collect();
    write(&to.join("index.html"), &format!("<!doctype html>\n<ul>\n{rows}</ul>\n"))
}

fn mdbook(book: &Path, site: &Path) -> Result<(), String> {
    let status = Command::new("mdbook").arg("build").arg(book).arg("-d").arg(site).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("mdbook failed: {status}")),
        Err(error) => Err(format!(
            "cannot run mdbook ({error}): install it with `cargo install mdbook --locked`"
        )),
    }
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    // A link that leads nowhere is reported with all the others.
    if !from.is_file() {
        return Ok(());
    }
    let bytes = fs::read(from).map_err(|error| failed(from, &error))?;
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    }
    fs::write(to, bytes).map_err(|error| failed(to, &error))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| failed(path, &error))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    }
    fs::write(path, text).map_err(|error| failed(path, &error))
}

fn failed(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
