//! The words of a command line, as a POSIX shell and `cmd.exe` read them.

use std::{iter::Peekable, str::Chars};

type Letters<'t> = Peekable<Chars<'t>>;

/// Splits a command into words. Browsers escape with `^` for Windows, and with `\` elsewhere.
///
/// # Errors
///
/// If a quote is not closed.
pub(super) fn words(text: &str) -> Result<Vec<String>, String> {
    match is_of_windows(text) {
        true => of_windows(text),
        false => of_posix(text),
    }
}

/// The first quote is escaped, or a line continues with `^`.
fn is_of_windows(text: &str) -> bool {
    let first = text.find(['\'', '"']);
    first.is_some_and(|at| text[..at].ends_with('^'))
        || first.is_some_and(|at| text[at..].starts_with('"'))
            && text.lines().any(|line| line.trim_end().ends_with('^'))
}

fn of_posix(text: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => single(&mut letters, word.get_or_insert_default())?,
            '"' => double(&mut letters, word.get_or_insert_default())?,
            '$' if letters.next_if_eq(&'\'').is_some() => {
                ansi(&mut letters, word.get_or_insert_default())?;
            }
            '\\' => match letters.next() {
                Some('\n') | None => {}
                Some('\r') if letters.next_if_eq(&'\n').is_some() => {}
                Some(escaped) => word.get_or_insert_default().push(escaped),
            },
            // Another command follows.
            ';' | '|' | '&' | '\n' if !words.is_empty() => {
                words.extend(word.take());
                let rest: String = letters.clone().collect();
                // A line break without its `\` is a slip of the one who pasted.
                if letter != '\n' || !rest.trim_start().starts_with('-') {
                    break;
                }
            }
            letter if letter.is_whitespace() => words.extend(word.take()),
            letter => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    Ok(words)
}

fn single(letters: &mut Letters<'_>, word: &mut String) -> Result<(), String> {
    for letter in letters {
        match letter {
            '\'' => return Ok(()),
            letter => word.push(letter),
        }
    }
    Err(unclosed('\''))
}

fn double(letters: &mut Letters<'_>, word: &mut String) -> Result<(), String> {
    while let Some(letter) = letters.next() {
        match letter {
            '"' => return Ok(()),
            '\\' => match letters.next() {
                Some('\n') | None => {}
                Some(escaped @ ('"' | '\\' | '$' | '`')) => word.push(escaped),
                Some(other) => word.extend(['\\', other]),
            },
            letter => word.push(letter),
        }
    }
    Err(unclosed('"'))
}

/// `$'...'`, with the escapes of C.
fn ansi(letters: &mut Letters<'_>, word: &mut String) -> Result<(), String> {
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => return Ok(()),
            '\\' => match letters.next() {
                Some('n') => word.push('\n'),
                Some('r') => word.push('\r'),
                Some('t') => word.push('\t'),
                Some('u') => word.extend(code(letters, 4)),
                Some('U') => word.extend(code(letters, 8)),
                Some('x') => word.extend(code(letters, 2)),
                Some(escaped) => word.push(escaped),
                None => {}
            },
            letter => word.push(letter),
        }
    }
    Err(unclosed('\''))
}

/// A character by its code, which has at most this many hexadecimal digits.
pub(super) fn code(letters: &mut Letters<'_>, most: usize) -> Option<char> {
    let mut value = 0;
    for _ in 0..most {
        let Some(digit) = letters.peek().and_then(|letter| letter.to_digit(16)) else { break };
        letters.next();
        value = value * 16 + digit;
    }
    char::from_u32(value)
}

/// Carets go first, as in `cmd.exe`. Then quotes are read as programs of Windows read them.
fn of_windows(text: &str) -> Result<Vec<String>, String> {
    let mut plain = String::new();
    let mut letters = text.chars().filter(|letter| *letter != '\r').peekable();
    // Between quotes that are not escaped, a caret is one.
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                is_quoted = !is_quoted;
                plain.push('"');
            }
            '^' if !is_quoted => match letters.next() {
                // `^`, a line break and another one is one line break of the text.
                Some('\n') if letters.next_if_eq(&'\n').is_some() => plain.push('\n'),
                Some('\n') | None => plain.push(' '),
                Some(escaped) => plain.push(escaped),
            },
            letter => plain.push(letter),
        }
    }
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = plain.chars().peekable();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                let mut count = 1;
                while letters.next_if_eq(&'\\').is_some() {
                    count += 1;
                }
                let word = word.get_or_insert_default();
                // Backslashes escape only in front of a quote. Chrome writes two for each.
                let is_before_quote = letters.peek() == Some(&'"');
                let kept = if is_before_quote || count > 1 { count / 2 } else { count };
                word.extend(std::iter::repeat_n('\\', kept));
                if is_before_quote && count % 2 == 1 {
                    word.extend(letters.next());
                }
            }
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => {
                word.get_or_insert_default().push('"');
            }
            '"' => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            letter if letter.is_whitespace() && !is_quoted => words.extend(word.take()),
            '&' | '|' if !is_quoted && !words.is_empty() => break,
            letter => word.get_or_insert_default().push(letter),
        }
    }
    if is_quoted {
        return Err(unclosed('"'));
    }
    words.extend(word);
    Ok(words)
}

fn unclosed(quote: char) -> String {
    format!("the command ends inside {quote}...{quote}: copy it whole")
}
