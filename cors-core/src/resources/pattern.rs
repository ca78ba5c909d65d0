//! The strict parser of the paths that an author writes.

use alloc::vec::Vec;

use super::EVERY;
use crate::reason::Reason;

/// A path, and whether it stands for itself or for what is below it.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Pattern<'a> {
    pub(super) segments: Vec<&'a str>,
    pub(super) below: bool,
}

/// Reads a path, or says all that is wrong with it.
pub(super) fn parse(text: &str) -> Result<Pattern<'_>, Vec<Reason>> {
    if text == EVERY {
        return Ok(Pattern { segments: Vec::new(), below: true });
    }
    let mut wrong = Vec::new();
    let path = text.strip_prefix('/').unwrap_or_else(|| {
        wrong.push(Reason::PathSlash);
        text
    });
    let (path, below) = match path {
        "" => (None, false),
        "*" => (None, true),
        path => match path.strip_suffix("/*") {
            Some(path) => (Some(path), true),
            None => (Some(path), false),
        },
    };
    let Some(mut path) = path else {
        return if wrong.is_empty() {
            Ok(Pattern { segments: Vec::new(), below })
        } else {
            Err(wrong)
        };
    };
    if let Some(trimmed) = path.strip_suffix('/').filter(|_| !below) {
        wrong.push(Reason::PathTrailingSlash);
        path = trimmed;
    }
    if path.contains('*') {
        wrong.push(Reason::PathWildcard);
    }
    if path.contains(|c: char| c.is_control() || matches!(c, '%' | '?' | '#' | '\\')) {
        wrong.push(Reason::PathCharacter);
    }
    let segments: Vec<_> = path.split('/').collect();
    if segments.iter().any(|segment| matches!(*segment, "" | "." | "..")) {
        wrong.push(Reason::PathSegment);
    }
    if wrong.is_empty() { Ok(Pattern { segments, below }) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(text: &str, segments: &[&str], below: bool) {
        assert_eq!(parse(text), Ok(Pattern { segments: segments.to_vec(), below }), "{text}");
    }

    #[track_caller]
    fn is_wrong(text: &str, reasons: &[Reason]) {
        assert_eq!(parse(text), Err(reasons.to_vec()), "{text}");
    }

    #[test]
    fn a_path_is_itself_or_what_is_below_it() {
        is("*", &[], true);
        is("/*", &[], true);
        is("/", &[], false);
        is("/api", &["api"], false);
        is("/api/*", &["api"], true);
        is("/api/v1/Items", &["api", "v1", "Items"], false);
        is("/caf\u{e9}/.well-known", &["caf\u{e9}", ".well-known"], false);
    }

    #[test]
    fn anything_else_is_refused() {
        is_wrong("", &[Reason::PathSlash]);
        is_wrong("api", &[Reason::PathSlash]);
        is_wrong("/api/", &[Reason::PathTrailingSlash]);
        is_wrong("//", &[Reason::PathTrailingSlash, Reason::PathSegment]);
        is_wrong("/api*", &[Reason::PathWildcard]);
        is_wrong("/api/**", &[Reason::PathWildcard]);
        is_wrong("/*/items", &[Reason::PathWildcard]);
        is_wrong("/api//items", &[Reason::PathSegment]);
        is_wrong("//*", &[Reason::PathSegment]);
        is_wrong("/api/../items", &[Reason::PathSegment]);
        is_wrong("/./*", &[Reason::PathSegment]);
        is_wrong("/api%2Fitems", &[Reason::PathCharacter]);
        is_wrong("/api?page=1", &[Reason::PathCharacter]);
        is_wrong("/api\\items", &[Reason::PathCharacter]);
        is_wrong("/a\nb", &[Reason::PathCharacter]);
        is_wrong(
            "a//%/",
            &[
                Reason::PathSlash,
                Reason::PathTrailingSlash,
                Reason::PathCharacter,
                Reason::PathSegment,
            ],
        );
    }
}
