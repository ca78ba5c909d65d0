//! `cargo xtask rename FAMILY`: the published packages under another family name.

use std::{
    fs,
    path::Path,
    process::{Command, ExitCode},
};

use crate::{root, tidy::Tree};

/// Renames every published package from `cors-…` to `FAMILY-…`: in manifests, code, pages and folders.
/// `cargo update --workspace` and the formatter are run after it; the tests are not.
///
/// # Errors
///
/// The name is not one that a package may have, the tree has changes that are not committed, or a file
/// cannot be read or written.
pub fn run(family: &str) -> Result<ExitCode, String> {
    if !is_family(family) {
        return Err(format!(
            "{family:?} is not a package name: use lower-case letters, digits and single hyphens"
        ));
    }
    if !git(&["status", "--porcelain"])?.is_empty() {
        return Err("commit your changes first: this rewrites most files".to_owned());
    }
    let tree = Tree::read(&root())?;
    let published: Vec<&str> = tree
        .packages
        .iter()
        .filter(|package| package.is_published())
        .filter_map(|package| package.name().strip_prefix("cors-"))
        .collect();
    for file in git(&["ls-files"])?.lines() {
        let path = root().join(file);
        // What is not UTF-8, such as a picture, names no package.
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let renamed = rename(&text, &published, family);
        if renamed != text {
            fs::write(&path, renamed).map_err(|error| format!("{file}: {error}"))?;
        }
    }
    for name in &published {
        let (old, new) = (format!("cors-{name}"), format!("{family}-{name}"));
        if Path::new(&root()).join(&old).is_dir() {
            git(&["mv", &old, &new])?;
        }
    }
    for arguments in [&["update", "--workspace"][..], &["fmt", "--all"]] {
        let status = crate::cargo().args(arguments).status();
        let status = status.map_err(|error| format!("cargo: {error}"))?;
        if !status.success() {
            return Err(format!("cargo {} failed", arguments.join(" ")));
        }
    }
    println!("renamed {} packages: read `git diff`, then run `cargo xtask test`", published.len());
    Ok(ExitCode::SUCCESS)
}

fn is_family(name: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.split('-').all(part)
}

/// The text with these packages, as packages (`cors-core`) and as crates (`cors_core`), under another
/// family name. `cors-NAME` and `cors-{` are how the pages and xtask write any of them.
pub fn rename(text: &str, names: &[&str], family: &str) -> String {
    let mut renamed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("cors") {
        let (before, found) = rest.split_at(start);
        renamed.push_str(before);
        let after = &found["cors".len()..];
        // `\\n` in a string is no letter, and a hyphen may be part of a link to a heading.
        let is_start = before.ends_with("\\n")
            || !before.ends_with(|char: char| char.is_ascii_alphanumeric() || char == '_');
        let hyphen = after.strip_prefix('-').filter(|after| starts_a_name(after, names, false));
        let underscore = after.strip_prefix('_').filter(|after| starts_a_name(after, names, true));
        match (is_start, hyphen, underscore) {
            (true, Some(_), _) => renamed.push_str(family),
            (true, None, Some(_)) => renamed.push_str(&family.replace('-', "_")),
            _ => renamed.push_str("cors"),
        }
        rest = after;
    }
    renamed + rest
}

fn starts_a_name(text: &str, names: &[&str], is_crate: bool) -> bool {
    let placeholders = ["NAME", "{"].iter().any(|any| !is_crate && text.starts_with(any));
    placeholders
        || names.iter().any(|name| {
            let name = if is_crate { name.replace('-', "_") } else { (*name).to_owned() };
            text.strip_prefix(&name).is_some_and(|after| !after.starts_with(is_in_name))
        })
}

fn is_in_name(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '-' | '_')
}

/// What git prints.
fn git(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git").current_dir(root()).args(arguments).output();
    let output = output.map_err(|error| format!("git: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: &str) {
        assert_eq!(rename(text, &["core", "http", "actix-web"], "fetch-policy"), wanted);
    }

    #[test]
    fn packages_crates_and_folders_are_renamed() {
        check(
            "cors-core = { path = \"cors-core\" }",
            "fetch-policy-core = { path = \"fetch-policy-core\" }",
        );
        check("use cors_core::Policy;", "use fetch_policy_core::Policy;");
        check("#tower-and-cors-http", "#tower-and-fetch-policy-http");
        check(r#""[dependencies]\ncors-core""#, r#""[dependencies]\nfetch-policy-core""#);
        check("cors_actix_web::CorsMiddleware", "fetch_policy_actix_web::CorsMiddleware");
        check(
            "`cors-NAME`, format!(\"cors-{}\")",
            "`fetch-policy-NAME`, format!(\"fetch-policy-{}\")",
        );
    }

    #[test]
    fn everything_else_is_left() {
        for text in [
            "cors-headers",
            "cors_http_x",
            "rocket_cors",
            "actix_cors_core",
            "cors",
            "cors_NAME",
            "jub0bs/cors",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn a_family_is_a_package_name() {
        for name in ["fetch-policy", "a1"] {
            assert!(is_family(name), "{name}");
        }
        for name in ["", "-a", "a-", "a--b", "A", "1a", "a_b"] {
            assert!(!is_family(name), "{name}");
        }
    }
}
