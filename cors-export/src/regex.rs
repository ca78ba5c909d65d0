//! Regular expressions in the dialect that PCRE, RE2 and Go share, without anchors and quotes.

/// One character of a `token`
/// ([RFC 9110, 5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2)). `#`, `'` and the
/// backtick are escaped, because configurations quote with them.
const TOKEN_BYTE: &str = r"[!\x23$%&\x27*+.^_\x60|~0-9A-Za-z-]";

/// A text, matched literally.
pub(crate) fn literal(text: &str) -> String {
    text.chars().map(literal_char).collect()
}

pub(crate) fn literal_char(character: char) -> String {
    match character {
        'a'..='z'
        | 'A'..='Z'
        | '0'..='9'
        | '-'
        | '_'
        | ':'
        | '/'
        | '~'
        | '!'
        | '&'
        | ','
        | ';'
        | '='
        | '@'
        | '%' => character.to_string(),
        '.' | '*' | '+' | '(' | ')' | '[' | ']' | '|' | '^' => format!("\\{character}"),
        // What configurations quote with, and whatever else.
        other => format!("\\x{:02x}", u32::from(other)),
    }
}

/// What a header's value must match whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Named {
    regex: String,
    /// The value is echoed, so its length is limited as the engine limits it.
    echoed: bool,
}

impl Named {
    pub(crate) fn listed(regex: String) -> Self {
        Self { regex, echoed: false }
    }

    pub(crate) fn echoed(regex: String) -> Self {
        Self { regex, echoed: true }
    }

    /// For PCRE, which looks ahead.
    pub(crate) fn pcre(&self) -> String {
        let limit = if self.echoed { "(?=.{0,4096}$)" } else { "" };
        format!("{limit}{}", self.regex)
    }

    /// For RE2 and Go, which repeat a thousand times at most: each must match.
    pub(crate) fn re2(&self) -> Vec<String> {
        let limit = self.echoed.then(|| ".{0,1000}".repeat(4));
        [self.regex.clone()].into_iter().chain(limit).collect()
    }
}

/// One of these.
pub(crate) fn any_of(alternatives: &[String]) -> String {
    match alternatives {
        [only] => only.clone(),
        several => format!("(?:{})", several.join("|")),
    }
}

/// A method name of any kind.
pub(crate) fn token() -> String {
    format!("{TOKEN_BYTE}+")
}

/// A list of names as browsers write it, or nothing: each is one of these in any case, or any name.
pub(crate) fn names(names: Option<&[String]>) -> String {
    let one = match names {
        Some([]) => return "(?:)".into(),
        Some(names) => any_of(&names.iter().map(|name| literal(name)).collect::<Vec<_>>()),
        None => token(),
    };
    match names {
        Some(_) => format!("(?i:(?:{one}(?:, ?{one})*)?)"),
        None => format!("(?:{one}(?:, ?{one})*)?"),
    }
}

/// A port as browsers write it, but for the scheme's default.
pub(crate) fn port_but(default: Option<u16>) -> String {
    let longest = "[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]";
    let Some(default) = default.map(|port| port.to_string()) else {
        return format!("(?:0|[1-9][0-9]{{0,3}}|{longest})");
    };
    let mut ways = vec!["0".to_owned()];
    for length in 1..=4 {
        match length == default.len() {
            true => ways.extend(other_numbers(&default)),
            false => ways.push(format!("[1-9]{}", digits(length - 1))),
        }
    }
    format!("(?:{}|{longest})", ways.join("|"))
}

/// Numbers with as many digits, but for this one.
fn other_numbers(number: &str) -> Vec<String> {
    let place = |(at, digit): (usize, char)| {
        let least = if at == 0 { '1' } else { '0' };
        let others: String = (least..='9').filter(|other| *other != digit).collect();
        format!("{}[{others}]{}", &number[..at], digits(number.len() - at - 1))
    };
    number.chars().enumerate().map(place).collect()
}

fn digits(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "[0-9]".into(),
        more => format!("[0-9]{{{more}}}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether all of the text matches.
    #[track_caller]
    fn matches(regex: &str, text: &str) -> bool {
        use regex_automata::{Anchored, Input, meta::Regex};
        let regex = Regex::new(&format!(r"^(?:{regex})$")).expect(regex);
        regex.is_match(Input::new(text).anchored(Anchored::Yes))
    }

    #[test]
    fn every_port_but_the_default() {
        for default in [None, Some(80), Some(443), Some(21)] {
            let regex = port_but(default);
            for port in 0..=65_600_u32 {
                let expected = port <= 65_535 && default.map(u32::from) != Some(port);
                if !(700..=65_000).contains(&port) || port % 997 == 0 {
                    assert_eq!(matches(&regex, &port.to_string()), expected, "{default:?} {port}");
                }
            }
            for text in ["", "00", "080", "99999", "65536", "1e3"] {
                assert!(!matches(&regex, text), "{default:?} {text}");
            }
        }
    }

    #[test]
    fn a_list_of_names_as_browsers_write_it() {
        let listed = names(Some(&["x-a".into(), "content-type".into()]));
        for text in ["", "x-a", "content-type,x-a", "X-A, Content-Type"] {
            assert!(matches(&listed, text), "{text}");
        }
        for text in [",", "x-b", "x-a,x-b", "x-a;content-type", "x-a,"] {
            assert!(!matches(&listed, text), "{text}");
        }
        assert!(matches(&names(Some(&[])), "") && !matches(&names(Some(&[])), "x"));
        assert!(matches(&names(None), "x'`#$,y") && !matches(&names(None), "x y"));
    }

    #[test]
    fn a_literal_is_itself() {
        for text in ["https://a.example", "x+y.z://app", "[::1]", "a'b`c\"d#e$f{g}h\\i?"] {
            assert!(matches(&literal(text), text), "{}", literal(text));
        }
    }
}
