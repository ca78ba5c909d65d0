//! Where something stands in a file.

use std::fmt;

use crate::document::Span;

/// The longest line that is shown, in bytes.
const SHOWN: usize = 160;

/// A place in a file: a line, a column, and what of the line is meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    line: usize,
    column: usize,
    width: usize,
    text: String,
}

impl Place {
    pub(crate) fn of(text: &str, span: &Span) -> Self {
        let at = floor(text, span.start);
        let (before, rest) = text.split_at(at);
        let meant = &rest[..floor(rest, span.end.saturating_sub(at))];
        let (line, start) = match before.rsplit_once('\n') {
            Some((lines, start)) => (lines.matches('\n').count() + 2, start),
            None => (1, before),
        };
        let first_line = |text: &str| text.lines().next().unwrap_or_default().to_owned();
        Self {
            line,
            column: start.chars().count() + 1,
            width: first_line(meant).chars().count().max(1),
            text: format!("{start}{}", first_line(rest)).replace(is_unprintable, "\u{fffd}"),
        }
    }

    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column, from 1, in characters.
    pub fn column(&self) -> usize {
        self.column
    }
}

/// The last place in the text, up to this one, where a character begins or the text ends.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default()
}

/// What a terminal would act upon.
fn is_unprintable(char: char) -> bool {
    char.is_control() && char != '\t'
}

/// The line, and a mark below what is meant, unless the line is too long to be read.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.text.len() > SHOWN {
            return Ok(());
        }
        let line = self.line.to_string();
        let margin = " ".repeat(line.len());
        let before = self.text.chars().take(self.column - 1);
        let indent: String = before.map(|char| if char == '\t' { char } else { ' ' }).collect();
        let marks = "^".repeat(self.width);
        write!(f, "\n{margin} |\n{line} | {}\n{margin} | {indent}{marks}", self.text)
    }
}
