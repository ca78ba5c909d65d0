//! Patterns of paths as the engine has them: everything, a path, or what is below one.

use crate::{Mistake, Rule, converted::EVERY};

/// What a library's pattern stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Paths {
    pub(crate) patterns: Vec<String>,
    /// What was narrowed.
    pub(crate) rule: Option<Rule>,
}

impl Paths {
    pub(crate) fn every() -> Self {
        Self { patterns: vec![EVERY.into()], rule: None }
    }

    /// One path, as it is written: with a slash at its end it is another one.
    pub(crate) fn exactly(path: &str) -> Self {
        Self { patterns: vec![path.into()], rule: None }
    }

    fn below(path: &str) -> Self {
        Self { patterns: vec![format!("{path}/*")], rule: None }
    }

    /// A path, what is below it, and what only begins so.
    fn beginning(path: &str) -> Self {
        let patterns = vec![path.to_owned(), format!("{path}/*")];
        Self { patterns, rule: Some(Rule::PathPrefix) }
    }
}

/// A regular expression that is matched at the start of a path. Alternatives are several paths.
pub(crate) fn of_regex(pattern: &str) -> Option<Paths> {
    let mut paths = Paths { patterns: Vec::new(), rule: None };
    for alternative in alternatives(pattern)? {
        let one = of_alternative(&alternative)?;
        paths.rule = paths.rule.or(one.rule);
        paths.patterns.extend(one.patterns);
    }
    Some(paths)
}

/// The alternatives of a pattern, spelled out. `None` if a group is repeated or says more.
fn alternatives(pattern: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    let mut group = None;
    let mut escaped = false;
    for (at, char) in pattern.char_indices() {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => {
                if depth == 0 && group.is_none() {
                    group = Some((at, 0));
                }
                depth += 1;
            }
            ')' => {
                depth = depth.checked_sub(1)?;
                if let (0, Some((open, 0))) = (depth, group) {
                    group = Some((open, at));
                }
            }
            '|' if depth == 0 => {
                parts.push(&pattern[start..at]);
                start = at + 1;
                group = None;
            }
            _ => {}
        }
    }
    if !parts.is_empty() {
        parts.push(&pattern[start..]);
        let all: Option<Vec<_>> = parts.into_iter().map(alternatives).collect();
        return Some(all?.concat());
    }
    let Some((open, close)) = group else { return Some(vec![pattern.to_owned()]) };
    let (before, after) = (&pattern[..open], &pattern[close + 1..]);
    let inner = &pattern[open + 1..close];
    let inner = inner.strip_prefix("?:").unwrap_or(inner);
    if after.starts_with(['*', '+', '?', '{']) || inner.starts_with('?') {
        return None;
    }
    let mut all = Vec::new();
    for middle in alternatives(inner)? {
        let (middle, end) = match middle.strip_suffix('$') {
            Some(middle) if after.is_empty() => (middle.to_owned(), "$"),
            Some(_) => return None,
            None => (middle, ""),
        };
        let middle = match before {
            "" | "^" => middle.strip_prefix('^').unwrap_or(&middle).to_owned(),
            _ => middle,
        };
        all.extend(alternatives(&format!("{before}{middle}{end}{after}"))?);
        if all.len() > 16 {
            return None;
        }
    }
    Some(all)
}

fn of_alternative(pattern: &str) -> Option<Paths> {
    let body = pattern.strip_prefix('^').unwrap_or(pattern);
    let (body, open) = match body.strip_suffix('$') {
        Some(body) => (body, false),
        None => (body, true),
    };
    if matches!(body, ".*" | "/.*" | "/*") || open && matches!(body, "" | "/") {
        return Some(Paths::every());
    }
    let beginning = |path: &str| literal(path).map(|path| Paths::beginning(&path));
    let below = |path: &str| literal(path).map(|path| Paths::below(&path));
    if let Some(path) = body.strip_suffix("/.*").or_else(|| body.strip_suffix("/.+")) {
        return below(path);
    }
    if let Some(path) = body.strip_suffix(".*") {
        return beginning(path);
    }
    match body.strip_suffix("/*") {
        Some(path) if open => return beginning(path),
        _ => {}
    }
    match body.strip_suffix('/') {
        Some(path) if open => below(path),
        _ if open => beginning(body),
        _ => literal(body).map(|path| Paths::exactly(&path)),
    }
}

/// A path without anything that a regular expression reads as more.
pub(crate) fn literal(text: &str) -> Option<String> {
    let mut path = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => path.push(chars.next().filter(char::is_ascii_punctuation)?),
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '^' | '$' => {
                return None;
            }
            char => path.push(char),
        }
    }
    path.starts_with('/').then_some(path)
}

/// A pattern of rack-cors: `*` is anything, and a slash before it may be missing.
pub(crate) fn of_rack(pattern: &str) -> Option<Paths> {
    match pattern {
        "*" | "/*" => Some(Paths::every()),
        pattern if pattern.contains(':') => None,
        pattern => match pattern.strip_suffix("/*") {
            Some(path) if !path.contains('*') => Some(Paths::beginning(path)),
            None if !pattern.contains('*') => Some(Paths::exactly(pattern)),
            _ => None,
        },
    }
}

/// A pattern of Laravel: without slashes at its ends, and `*` is anything.
pub(crate) fn of_laravel(pattern: &str) -> Option<Paths> {
    let pattern = pattern.trim_matches('/');
    match pattern {
        "*" => Some(Paths::every()),
        "" => Some(Paths::exactly("/")),
        pattern => {
            let path = format!("/{}", pattern.trim_end_matches('*').trim_end_matches('/'));
            match pattern.strip_suffix('*') {
                None if !pattern.contains('*') => Some(Paths::exactly(&path)),
                Some(before) if before.contains('*') => None,
                Some(before) if before.ends_with('/') => Some(Paths::below(&path)),
                Some(_) => Some(Paths::beginning(&path)),
                None => None,
            }
        }
    }
}

/// Whether all that the second pattern matches, the first one does.
pub(crate) fn contains(general: &str, special: &str) -> bool {
    general == EVERY
        || general == special
        || general.strip_suffix('*').is_some_and(|prefix| special.starts_with(prefix))
}

/// A mistake in a path.
pub(crate) fn mistake(option: &str, pattern: impl Into<String>) -> Mistake {
    Mistake {
        cause: crate::Cause::PathPattern,
        option: option.into(),
        value: pattern.into(),
        said: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(got: Option<Paths>, patterns: &[&str], narrowed: bool) {
        let got = got.expect("a pattern that can be said");
        assert_eq!(got.patterns, patterns);
        assert_eq!(got.rule.is_some(), narrowed);
    }

    #[test]
    fn a_regular_expression_that_is_a_path_and_what_follows() {
        check(of_regex("^/api/.*$"), &["/api/*"], false);
        check(of_regex("/api/"), &["/api/*"], false);
        check(of_regex("/api/*"), &["/api", "/api/*"], true);
        check(of_regex("^/api"), &["/api", "/api/*"], true);
        check(of_regex(r"^/api\.v1/.*"), &["/api.v1/*"], false);
        check(of_regex("^.*$"), &["*"], false);
        check(of_regex("(^/api/.*$)|(^/media/.*$)"), &["/api/*", "/media/*"], false);
        check(of_regex("^/(?:api|v(1|2))/.*$"), &["/api/*", "/v1/*", "/v2/*"], false);
        check(of_regex("/*"), &["*"], false);
        check(of_regex("^/(a|b)$"), &["/a", "/b"], false);
        check(of_regex(r"^/robots\.txt$"), &["/robots.txt"], false);
    }

    #[test]
    fn a_regular_expression_that_is_more() {
        for pattern in ["^/api/v[12]/", "/(a)+/", "api/", "/.+/x", "^/api/v1?$"] {
            assert_eq!(of_regex(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn globs() {
        check(of_rack("/api/*"), &["/api", "/api/*"], true);
        check(of_rack("/api/a+b"), &["/api/a+b"], false);
        assert_eq!(of_rack("/api/*/users/*"), None);
        assert_eq!(of_rack("/users/:id"), None);
        check(of_laravel("api/*"), &["/api/*"], false);
        check(of_laravel("/api/items/"), &["/api/items"], false);
        check(of_laravel("api*"), &["/api", "/api/*"], true);
        check(of_laravel("/"), &["/"], false);
        assert_eq!(of_laravel("*/items"), None);
    }
}
