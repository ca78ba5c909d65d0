//! A pattern of `allow_origin_patterns` in the dialect that every server reads.

use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

use crate::regex::literal_char;

/// The pattern without what dialects disagree on, or nothing where that changes its meaning.
pub(crate) fn portable(pattern: &str) -> Option<String> {
    // As the engine reads it.
    let parser = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build();
    let mut text = String::new();
    write(&{ parser }.parse(pattern).ok()?, &mut text)?;
    Some(text)
}

fn write(hir: &Hir, text: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty => {}
        HirKind::Literal(literal) => {
            // An origin is ASCII: a byte beyond never matches, and no class says so briefly.
            let literal = std::str::from_utf8(&literal.0).ok().filter(|text| text.is_ascii())?;
            text.extend(literal.chars().map(literal_char));
        }
        HirKind::Class(class) => write_class(class, text)?,
        HirKind::Look(look) => match look {
            // Everything is anchored at both ends, and no header has lines.
            Look::Start => text.push('^'),
            Look::End => text.push('$'),
            _ => return None,
        },
        HirKind::Repetition(repetition) => write_repetition(repetition, text)?,
        HirKind::Capture(capture) => {
            text.push_str("(?:");
            write(&capture.sub, text)?;
            text.push(')');
        }
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, text))?,
        HirKind::Alternation(parts) => {
            text.push_str("(?:");
            for (at, part) in parts.iter().enumerate() {
                if at > 0 {
                    text.push('|');
                }
                write(part, text)?;
            }
            text.push(')');
        }
    }
    Some(())
}

fn write_repetition(repetition: &Repetition, text: &mut String) -> Option<()> {
    text.push_str("(?:");
    write(&repetition.sub, text)?;
    text.push(')');
    match (repetition.min, repetition.max) {
        (0, None) => text.push('*'),
        (1, None) => text.push('+'),
        (0, Some(1)) => text.push('?'),
        (least, None) => text.push_str(&format!("{{{least},}}")),
        (least, Some(most)) if least == most => text.push_str(&format!("{{{least}}}")),
        (least, Some(most)) => text.push_str(&format!("{{{least},{most}}}")),
    }
    Some(())
}

/// The printable ASCII characters of a class: no other byte is in an origin.
fn write_class(class: &Class, text: &mut String) -> Option<()> {
    let ranges: Vec<(u8, u8)> = match class {
        Class::Bytes(class) => class.iter().map(|range| (range.start(), range.end())).collect(),
        Class::Unicode(class) => class
            .iter()
            .filter_map(|range| {
                let end = range.end().min('\x7e');
                Some((u8::try_from(range.start()).ok()?, u8::try_from(end).ok()?))
            })
            .collect(),
    };
    let mut inside = String::new();
    for (start, end) in ranges {
        let (start, end) = (start.max(b'!'), end.min(b'~'));
        if start > end {
            continue;
        }
        inside.push_str(&in_class(start));
        if end > start {
            inside.push('-');
            inside.push_str(&in_class(end));
        }
    }
    // A class of nothing: the pattern never matches there.
    if inside.is_empty() {
        return None;
    }
    text.push_str(&format!("[{inside}]"));
    Some(())
}

fn in_class(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).into(),
        _ => format!("\\x{byte:02x}"),
    }
}

/// Whether the pattern could match an origin that [`shape::origin`](crate::shape::origin) does not.
pub(crate) fn reaches_beyond(pattern: &str) -> bool {
    !["https://", "http://", "https?://"].iter().any(|scheme| pattern.starts_with(scheme))
        || pattern.replace(r"\[", "").contains(r"\]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, expected: Option<&str>) {
        assert_eq!(portable(pattern).as_deref(), expected, "{pattern}");
    }

    #[test]
    fn a_pattern_keeps_its_meaning_in_every_dialect() {
        check(r"https://pr-[0-9]+\.example\.com", Some(r"https://pr-(?:[0-9])+\.example\.com"));
        check(r"https://\w+\.test", Some(r"https://(?:[0-9A-Z\x5fa-z])+\.test"));
        check(
            r"https://(a|b{2,3}|c{4})\.test",
            Some(r"https://(?:(?:a|(?:b){2,3}|(?:c){4}))\.test"),
        );
        check("^https://a$", Some("^https://a$"));
        check("https://.", Some(r"https://[\x21-\x7e]"));
        check("(?i)https://a", Some("[Hh][Tt][Tt][Pp][Ss]://[Aa]"));
    }

    #[test]
    fn what_does_not_carry_over_is_refused() {
        check(r"https://\bexample\.com", None);
        check("(?m)^https://a", None);
        check("(", None);
        check(r"https://\xff", None);
    }
}
