//! `cargo xtask pages`: the code in `docs/coming-from` and `docs/recipes`, which is that of the
//! examples.

use std::{fs, path::PathBuf, process::ExitCode};

use crate::frameworks;

/// Begins what is written here, and names a program and an anchor in it: `global#layer`.
const BEGIN: &str = "<!-- code: ";
const END: &str = "<!-- end -->";

/// The libraries that have a page.
pub const LIBRARIES: [&str; 7] =
    ["express", "flask", "fastapi", "django", "sinatra", "rails", "laravel"];

/// The folder of the recipes, each of which is a program of `examples/axum/tests/recipes`.
const RECIPES: &str = "examples/axum/tests/recipes";

/// The pages of the recipes.
///
/// # Errors
///
/// Their folder cannot be read.
pub fn recipes() -> Result<Vec<PathBuf>, String> {
    let folder = crate::root().join("docs/recipes");
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(&folder).map_err(failed)?;
    let mut pages = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(failed)?;
    pages.sort();
    Ok(pages)
}

/// The page of a library.
pub fn path(library: &str) -> PathBuf {
    crate::root().join(format!("docs/coming-from/{library}.md"))
}

/// The page of what all libraries have in common, which shows the examples.
pub fn common() -> PathBuf {
    path("README")
}

/// The page with the code that the examples have now.
///
/// # Errors
///
/// Where a mark is not closed, or names what is not there.
pub fn filled(page: &str) -> Result<String, String> {
    let mut parts = page.split(BEGIN);
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(" -->").ok_or("a mark has no end of its own")?;
        let (_, after) = rest.split_once(END).ok_or_else(|| format!("{name}: no {END}"))?;
        filled.push_str(&format!("{BEGIN}{name} -->\n{}{END}{after}", shown(name)?));
    }
    Ok(filled)
}

/// The code of the first framework, and that of those where it differs, folded.
fn shown(name: &str) -> Result<String, String> {
    let (program, anchor) =
        name.split_once('#').ok_or_else(|| format!("{name}: write program#anchor"))?;
    if let Some(recipe) = program.strip_prefix("recipes/") {
        let file = format!("{RECIPES}/{recipe}.rs");
        return Ok(block(&read(&file, anchor)?));
    }
    let mut same = Vec::new();
    let mut first = String::new();
    let mut others: Vec<(String, String)> = Vec::new();
    for framework in frameworks::all()?.into_iter().filter(|framework| framework.migrants) {
        let title = framework.title;
        let file = format!("examples/{}/src/bin/{program}.rs", framework.name);
        let code = read(&file, anchor)?;
        if same.is_empty() || code == first {
            same.push(format!("[{title}](../../{file})"));
            first = code;
        } else {
            others.push((title, format!("// {file}\n{code}")));
        }
    }
    let first = format!("{}:\n{}", same.join(", "), block(&first));
    if others.is_empty() {
        return Ok(first);
    }
    let (titles, others): (Vec<_>, Vec<_>) = others.into_iter().unzip();
    let summary = format!("<details><summary>{}</summary>", titles.join(", "));
    Ok(format!("{first}\n{summary}\n\n{}</details>\n", block(&others.join("\n"))))
}

/// The code at an anchor of a file.
fn read(file: &str, anchor: &str) -> Result<String, String> {
    let source = fs::read_to_string(crate::root().join(file));
    let source = source.map_err(|error| format!("{file}: {error}"))?;
    anchored(&source, anchor).ok_or_else(|| format!("{file}: no {anchor}"))
}

fn block(code: &str) -> String {
    format!("```rust\n{code}```\n")
}

/// What stands between an anchor and its end, without the white space that all of it has before.
fn anchored(source: &str, anchor: &str) -> Option<String> {
    let (_, after) = source.split_once(&format!("// ANCHOR: {anchor}\n"))?;
    let (code, _) = after.split_once(&format!("// ANCHOR_END: {anchor}\n"))?;
    let (code, indent) = code.rsplit_once('\n')?;
    let lines = code.lines().map(|line| line.strip_prefix(indent).unwrap_or(line));
    Some(lines.map(|line| format!("{line}\n")).collect())
}

/// Writes the code into the page.
///
/// # Errors
///
/// If the page cannot be filled or written.
pub fn write() -> Result<ExitCode, String> {
    for path in [common()].into_iter().chain(recipes()?) {
        let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let page = fs::read_to_string(&path).map_err(|error| wrong(&error))?;
        fs::write(&path, filled(&page).map_err(|error| wrong(&error))?)
            .map_err(|error| wrong(&error))?;
    }
    Ok(ExitCode::SUCCESS)
}
