//! How a header line is written in a row.
//!
//! `name: value`, where `ac-` at the start is short for `access-control-`. One character up to
//! U+00FF is one byte. `{20 * text}` is the text twenty times; around a whole line it is that line
//! twenty times.

use std::iter;

type Line = (String, Vec<u8>);

/// The lines that a text stands for: one, unless it is a line repeated.
pub(crate) fn lines(text: &str) -> Result<Vec<Line>, String> {
    match repetition(text)? {
        Some(Repetition { before: "", times, text, after: "" }) => {
            Ok(iter::repeat_n(line(text)?, times).collect())
        }
        _ => Ok(vec![line(text)?]),
    }
}

fn line(text: &str) -> Result<Line, String> {
    let (name, value) = text
        .split_once(':')
        .filter(|(name, _)| !name.is_empty() && !name.contains(char::is_whitespace))
        .ok_or_else(|| format!("{text:?} is no line"))?;
    let value = value.strip_prefix(' ').unwrap_or(value);
    if value.trim_matches([' ', '\t']) != value {
        return Err(format!("{text:?} has white space at an end, which servers take off"));
    }
    let name = match name.strip_prefix("ac-") {
        Some(rest) => format!("access-control-{rest}"),
        None => name.to_owned(),
    };
    Ok((name, bytes(&expand(value)?)?))
}

struct Repetition<'t> {
    before: &'t str,
    times: usize,
    text: &'t str,
    after: &'t str,
}

/// The first repetition in a text, if any.
fn repetition(text: &str) -> Result<Option<Repetition<'_>>, String> {
    let Some((before, rest)) = text.split_once('{') else { return Ok(None) };
    let parse = || {
        let (inside, after) = rest.split_once('}')?;
        let (times, text) = inside.split_once(" * ")?;
        Some(Repetition { before, times: times.parse().ok()?, text, after })
    };
    parse().map(Some).ok_or_else(|| format!("{text:?} has a brace that is not as in {{20 * text}}"))
}

fn expand(text: &str) -> Result<String, String> {
    Ok(match repetition(text)? {
        Some(Repetition { before, times, text, after }) => {
            [before, &text.repeat(times), &expand(after)?].concat()
        }
        None => text.to_owned(),
    })
}

fn bytes(text: &str) -> Result<Vec<u8>, String> {
    text.chars()
        .map(|character| {
            u8::try_from(character).map_err(|_| format!("{character:?} is beyond U+00FF"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&[(&str, &[u8])], &str>) {
        let expected = expected
            .map(|lines| {
                lines.iter().map(|&(name, value)| (name.to_owned(), value.to_vec())).collect()
            })
            .map_err(str::to_owned);
        assert_eq!(lines(text), expected);
    }

    #[test]
    fn a_line_is_a_name_and_bytes() {
        check("origin: null", Ok(&[("origin", b"null")]));
        check("origin:", Ok(&[("origin", b"")]));
        check("origin: http://[::1]", Ok(&[("origin", b"http://[::1]")]));
        check("ac-max-age: 0", Ok(&[("access-control-max-age", b"0")]));
        check("x: \u{80}\u{ff}", Ok(&[("x", b"\x80\xff")]));
    }

    #[test]
    fn repetitions() {
        check("x: a{3 * ,}b{2 * c d}", Ok(&[("x", b"a,,,bc dc d")]));
        check("x: {0 * a}", Ok(&[("x", b"")]));
        check("{2 * x: a}", Ok(&[("x", b"a"), ("x", b"a")]));
    }

    #[test]
    fn what_is_no_line() {
        check("origin", Err("\"origin\" is no line"));
        check("an origin: null", Err("\"an origin: null\" is no line"));
        check("x: \u{100}", Err("'\u{100}' is beyond U+00FF"));
        check("x: a ", Err("\"x: a \" has white space at an end, which servers take off"));
        check("x: {a", Err("\"x: {a\" has a brace that is not as in {20 * text}"));
        check("x: {b * a}", Err("\"x: {b * a}\" has a brace that is not as in {20 * text}"));
    }
}
