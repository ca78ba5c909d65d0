//! Regular expressions of other languages in the syntax of the regex crate, anchored at both ends.

mod class;
mod shape;

use cors_core::PatternReach;
use regex_syntax::hir::{Hir, HirKind, Look};

use self::shape::Shape;
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

/// What a pattern means here.
#[derive(Debug)]
pub(crate) struct Translated {
    /// Entries of `allow_origins` that say the same, or else empty.
    pub(crate) origins: Vec<String>,
    /// The regular expression, anchored at both ends; empty if there are entries.
    pub(crate) pattern: String,
    /// What was narrowed, with an origin that the library accepts.
    pub(crate) rules: Vec<(Rule, Option<String>)>,
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
    let mode = |modes: String, text: &str| match modes.is_empty() {
        true => text.to_owned(),
        false => format!("(?{modes}:{text})"),
    };
    let extended = mode(flags.chars().filter(|flag| *flag == 'x').collect(), &spelled);
    let lower = regex_syntax::parse(&extended).map_err(|_| Cause::Regex)?;
    let matches_null = is_literal(&lower, "null");
    if let Some(shape) = shape::of(&lower, anchors != Anchors::Search, anchors == Anchors::Full)
        && !matches_null
    {
        return Ok(Translated::of(shape));
    }

    let modes: String = flags.chars().filter(|flag| matches!(flag, 'i' | 'x')).collect();
    let mut rules = Vec::new();
    let mut spelled = spelled;
    if let Some(escaped) = escape_dots(&spelled) {
        spelled = escaped;
        let reach = PatternReach::new(unanchored(pattern)).unwrap_or_default();
        rules.push((Rule::RegexDot, reach.dots().first().map(|dot| dot.also().to_owned())));
    }
    let plain = |text: &str| text.starts_with(|c: char| c.is_ascii_alphanumeric());
    let bare = spelled.strip_prefix('^').unwrap_or(&spelled);
    let behind = bare.strip_prefix(".*").or_else(|| bare.strip_prefix(".+"));
    let mut widened = false;
    if let Some(rest) = behind.filter(|rest| plain(rest) && !rest.starts_with("http")) {
        spelled = rest.to_owned();
        widened = true;
    }
    let cut = spelled.strip_suffix('$').unwrap_or(&spelled).strip_suffix(".*");
    let ends_open = cut.is_some_and(|cut| cut.ends_with(|c: char| c.is_ascii_alphanumeric()));
    if let Some(cut) = cut.filter(|_| ends_open) {
        spelled = cut.to_owned();
    }
    let spelled = mode(modes, &spelled);
    let hir = regex_syntax::parse(&spelled).map_err(|_| Cause::Regex)?;
    let properties = hir.properties();
    let starts = anchors != Anchors::Search || properties.look_set_prefix().contains(Look::Start);
    let ends = anchors == Anchors::Full || properties.look_set_suffix().contains(Look::End);
    let before = match () {
        () if widened => {
            rules.push((Rule::RegexStartOpen, None));
            LABELS
        }
        () if starts || pattern.starts_with(".*") => "",
        () if pattern.starts_with("\\.") || pattern.starts_with("[.]") => LABELS_BEFORE_DOT,
        () => {
            rules.push((Rule::RegexStartOpen, None));
            LABELS
        }
    };
    if ends_open || !ends && !pattern.ends_with(".*") {
        rules.push((Rule::RegexEndOpen, None));
    }
    let alternatives = matches!(hir.kind(), HirKind::Alternation(_));
    let pattern = match before {
        "" if !alternatives => unanchored(&spelled).to_owned(),
        before => format!("{before}(?:{spelled})"),
    };
    Ok(Translated { origins: Vec::new(), pattern, rules, matches_null })
}

impl Translated {
    fn of(shape: Shape) -> Self {
        let mut rules = Vec::new();
        let mut push = |rule, stranger: Option<String>| {
            if stranger.is_some() {
                rules.push((rule, stranger));
            }
        };
        push(Rule::RegexStartOpen, shape.start_open);
        push(Rule::RegexEndOpen, shape.end_open);
        push(Rule::RegexDot, shape.dot);
        if shape.loopback {
            rules.push((Rule::LoopbackPorts, None));
        }
        let pattern = String::new();
        Self { origins: shape.origins, pattern, rules, matches_null: false }
    }
}

/// The pattern without the anchors that the engine adds to every pattern.
fn unanchored(pattern: &str) -> &str {
    let bare = pattern.strip_prefix('^').or_else(|| pattern.strip_prefix("\\A"));
    let pattern = bare.unwrap_or(pattern);
    let body = pattern.strip_suffix("\\z").or_else(|| pattern.strip_suffix('$'));
    body.filter(|body| !body.ends_with('\\')).unwrap_or(pattern)
}

/// The pattern with each dot between two letters escaped. `None` if there is none.
fn escape_dots(pattern: &str) -> Option<String> {
    let mut written = String::with_capacity(pattern.len() + 4);
    let (mut in_set, mut found) = (false, false);
    let mut before = ' ';
    let mut chars = pattern.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' => {
                written.push(char);
                written.extend(chars.next());
                before = ' ';
                continue;
            }
            '[' => in_set = true,
            ']' => in_set = false,
            '.' if !in_set
                && before.is_ascii_alphanumeric()
                && chars.peek().is_some_and(char::is_ascii_alphanumeric) =>
            {
                found = true;
                written.push('\\');
            }
            _ => {}
        }
        written.push(char);
        before = char;
    }
    found.then_some(written)
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
mod tests;
