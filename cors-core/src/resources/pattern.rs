//! The strict parser of the paths that an author writes.

use alloc::vec::Vec;

use super::EVERY;
use crate::DiagnosticKind;

/// A path, and whether it stands for itself or for what is below it.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Pattern<'a> {
    pub(super) segments: Vec<&'a str>,
    pub(super) below: bool,
}

/// Reads a path, or says all that is wrong with it.
pub(super) fn parse(text: &str) -> Result<Pattern<'_>, Vec<DiagnosticKind>> {
    if text == EVERY {
        return Ok(Pattern { segments: Vec::new(), below: true });
    }
    let mut wrong = Vec::new();
    let path = text.strip_prefix('/').unwrap_or_else(|| {
        wrong.push(DiagnosticKind::PathSlash);
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
        wrong.push(DiagnosticKind::PathTrailingSlash);
        path = trimmed;
    }
    if path.contains('*') {
        wrong.push(DiagnosticKind::PathWildcard);
    }
    if path.contains(|c: char| c.is_control() || matches!(c, '%' | '?' | '#' | '\\')) {
        wrong.push(DiagnosticKind::PathCharacter);
    }
    let segments: Vec<_> = path.split('/').collect();
    if segments.iter().any(|segment| matches!(*segment, "" | "." | "..")) {
        wrong.push(DiagnosticKind::PathSegment);
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
    fn is_wrong(text: &str, reasons: &[DiagnosticKind]) {
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
        is_wrong("", &[DiagnosticKind::PathSlash]);
        is_wrong("api", &[DiagnosticKind::PathSlash]);
        is_wrong("/api/", &[DiagnosticKind::PathTrailingSlash]);
        is_wrong("//", &[DiagnosticKind::PathTrailingSlash, DiagnosticKind::PathSegment]);
        is_wrong("/api*", &[DiagnosticKind::PathWildcard]);
        is_wrong("/api/**", &[DiagnosticKind::PathWildcard]);
        is_wrong("/*/items", &[DiagnosticKind::PathWildcard]);
        is_wrong("/api//items", &[DiagnosticKind::PathSegment]);
        is_wrong("//*", &[DiagnosticKind::PathSegment]);
        is_wrong("/api/../items", &[DiagnosticKind::PathSegment]);
        is_wrong("/./*", &[DiagnosticKind::PathSegment]);
        is_wrong("/api%2Fitems", &[DiagnosticKind::PathCharacter]);
        is_wrong("/api?page=1", &[DiagnosticKind::PathCharacter]);
        is_wrong("/api\\items", &[DiagnosticKind::PathCharacter]);
        is_wrong("/a\nb", &[DiagnosticKind::PathCharacter]);
        is_wrong(
            "a//%/",
            &[
                DiagnosticKind::PathSlash,
                DiagnosticKind::PathTrailingSlash,
                DiagnosticKind::PathCharacter,
                DiagnosticKind::PathSegment,
            ],
        );
    }
}
