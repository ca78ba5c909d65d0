//! Regular expressions of other languages in the syntax of the regex crate, anchored at both ends.

use regex_syntax::hir::{Hir, HirKind, Look};

use crate::{Cause, Rule};

/// Where a library lets a match begin and end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Anchors {
    /// Anywhere.
    Search,
    /// At the start, and anywhere.
    Prefix,
    /// At both ends.
    Full,
}

#[derive(Debug)]
pub(crate) struct Translated {
    pub(crate) pattern: String,
    /// What was narrowed.
    pub(crate) rules: Vec<Rule>,
    /// Whether the origin `null` matches, which the engine asks no pattern about.
    pub(crate) matches_null: bool,
}

/// A scheme, and whole labels before a match.
const LABELS: &str = "(?:[a-z][a-z0-9+.-]*://(?:.+\\.)?)?";
/// The same before a match that begins with a dot.
const LABELS_BEFORE_DOT: &str = "[a-z][a-z0-9+.-]*://.+";

/// Whether every text matches, wherever the pattern is anchored.
pub(crate) fn is_everything(pattern: &str) -> bool {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    matches!(pattern.strip_suffix('$').unwrap_or(pattern), ".*" | ".+")
}

/// Anchors at both ends what may match in the middle: whole labels before it, and nothing behind.
pub(crate) fn translate(pattern: &str, flags: &str, anchors: Anchors) -> Result<Translated, Cause> {
    // `g` and `y` of JavaScript remember where the last match was. The others say where lines
    // end, of which an origin has one.
    if flags.contains(['g', 'y', 'A', 'D', 'U', 'X']) {
        return Err(Cause::RegexFlags);
    }
    if means_more_here(pattern) {
        return Err(Cause::Regex);
    }
    let spelled = pattern.replace("\\Z", "\\z");
    let modes: String = flags.chars().filter(|flag| matches!(flag, 'i' | 'x')).collect();
    let spelled = if modes.is_empty() { spelled } else { format!("(?{modes}:{spelled})") };
    let hir = regex_syntax::parse(&spelled).map_err(|_| Cause::Regex)?;
    let properties = hir.properties();

    let mut rules = Vec::new();
    let starts = anchors != Anchors::Search || properties.look_set_prefix().contains(Look::Start);
    let ends = anchors == Anchors::Full || properties.look_set_suffix().contains(Look::End);
    let before = match () {
        () if starts || pattern.starts_with(".*") => "",
        () if pattern.starts_with("\\.") || pattern.starts_with("[.]") => LABELS_BEFORE_DOT,
        () => {
            rules.push(Rule::RegexStartOpen);
            LABELS
        }
    };
    if !ends && !pattern.ends_with(".*") {
        rules.push(Rule::RegexEndOpen);
    }
    let matches_null = is_literal(&hir, "null");
    Ok(Translated { pattern: format!("{before}(?:{spelled})"), rules, matches_null })
}

/// Whether something is a notation of the regex crate that is plain text elsewhere: sets inside
/// sets, operators on them, and word boundaries in angle brackets.
fn means_more_here(pattern: &str) -> bool {
    let mut in_set = false;
    let mut rest = pattern;
    while let Some(char) = rest.chars().next() {
        let after = &rest[char.len_utf8()..];
        rest = match char {
            '\\' if after.starts_with(['<', '>']) || after.starts_with("b{") => return true,
            '\\' => after.strip_prefix(|_| true).unwrap_or_default(),
            '[' if in_set => return true,
            '&' | '-' | '~' if in_set && after.starts_with(char) => return true,
            '[' => {
                in_set = true;
                // Where it comes first it is a member.
                let after = after.strip_prefix('^').unwrap_or(after);
                after.strip_prefix(']').unwrap_or(after)
            }
            _ => {
                in_set &= char != ']';
                after
            }
        };
    }
    false
}

/// Whether a pattern is a text and anchors.
fn is_literal(hir: &Hir, text: &str) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => &*literal.0 == text.as_bytes(),
        HirKind::Capture(capture) => is_literal(&capture.sub, text),
        HirKind::Concat(parts) => {
            let mut parts = parts.iter().filter(|part| !matches!(part.kind(), HirKind::Look(_)));
            parts.next().is_some_and(|part| is_literal(part, text)) && parts.next().is_none()
        }
        HirKind::Alternation(parts) => parts.iter().any(|part| is_literal(part, text)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use cors_core::{Cors, Policy, Verdict, plain::Request};

    use super::*;

    #[track_caller]
    fn check(pattern: &str, flags: &str, anchors: Anchors, allowed: &[&str], denied: &[&str]) {
        let translated = translate(pattern, flags, anchors).expect("a pattern");
        let policy = Policy::new().allow_origin_patterns([translated.pattern]);
        let cors: Cors = policy.compile().expect("a policy");
        let verdict = |origin: &str| {
            cors.decide(&Request::new("GET", [("origin", origin.as_bytes())])).verdict()
        };
        for origin in allowed {
            assert_eq!(verdict(origin), Verdict::Allow, "{pattern} {origin}");
        }
        for origin in denied {
            assert_ne!(verdict(origin), Verdict::Allow, "{pattern} {origin}");
        }
    }

    #[test]
    fn what_stands_before_is_whole_labels() {
        check(
            r"example\.com$",
            "",
            Anchors::Search,
            &["https://example.com", "http://a.b.example.com"],
            &["https://notexample.com", "https://example.com:8443"],
        );
        check(
            r"\.example\.com$",
            "",
            Anchors::Search,
            &["https://a.example.com"],
            &["https://example.com", "https://a.example.com.evil.test"],
        );
        check(
            r"https?://(?:a|b)\.example",
            "i",
            Anchors::Search,
            &["https://a.example", "http://b.example"],
            &["https://c.example", "https://a.example.evil.test"],
        );
    }

    #[test]
    fn alternatives_are_anchored_one_by_one() {
        check(
            r"^https://a\.example$|b\.example$",
            "",
            Anchors::Search,
            &["https://a.example", "https://b.example", "https://x.b.example"],
            &["https://x.a.example", "https://xb.example"],
        );
    }

    #[test]
    fn prefixes_end_where_they_end() {
        let denied = ["https://a.example.evil.test", "https://xa.example"];
        check(r"https://a\.example", "", Anchors::Prefix, &["https://a.example"], &denied);
        check(r"\Ahttps://a\.example\Z", "", Anchors::Full, &["https://a.example"], &denied);
    }

    #[test]
    fn notation_that_is_plain_text_elsewhere_is_refused() {
        for pattern in
            ["[a[b]]", "[a&&b]", "[a--b]", "[a~~b]", r"\<a", r"\b{start}a", "(?=a)", r"(a)\1"]
        {
            assert_eq!(
                translate(pattern, "", Anchors::Full).err(),
                Some(Cause::Regex),
                "{pattern}"
            );
        }
        for pattern in ["[]a]", "[^]a]", r"[\[a]", "[a-z0-9-]+", "a&&b", r"\\["] {
            let refused = translate(pattern, "", Anchors::Full).err();
            assert_eq!(refused.is_some(), pattern == r"\\[", "{pattern}");
        }
    }
}
