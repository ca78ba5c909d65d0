//! Places in a file.

use std::fmt;

use crate::document::Span;

/// The longest line that is shown, in bytes.
const SHOWN: usize = 160;

/// The number of bytes whose characters are counted at once.
const BLOCK: usize = 256;

/// A place in a file: a line, a column, and what of the line is meant.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Place {
    line: usize,
    column: usize,
    width: usize,
    /// The line, unless it is too long to be read.
    text: Option<String>,
}

impl Place {
    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column, from 1, in characters.
    pub fn column(&self) -> usize {
        self.column
    }
}

/// A file's text, in which places are found without reading what comes before them.
pub(crate) struct Lines<'t> {
    text: &'t str,
    /// The start of each line.
    starts: Vec<usize>,
    /// The number of characters before each block of [`BLOCK`] bytes, and in all.
    characters: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        let mut characters = vec![0];
        for block in text.as_bytes().chunks(BLOCK) {
            characters.push(characters[characters.len() - 1] + start_in(block));
        }
        Self { text, starts, characters }
    }

    /// The place of a span: its line, its column, and what of the line is meant.
    pub(crate) fn place(&self, span: &Span) -> Place {
        let at = floor(self.text, span.start);
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts[line - 1];
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        let shown = self.text[start..end].trim_end_matches('\r');
        let meant_end = floor(self.text, span.end).clamp(at, end);
        let width = self.characters_before(meant_end) - self.characters_before(at);
        Place {
            line,
            column: self.characters_before(at) - self.characters_before(start) + 1,
            width: width.max(1),
            text: (shown.len() <= SHOWN).then(|| printable(shown)),
        }
    }

    fn characters_before(&self, at: usize) -> usize {
        let block = at / BLOCK;
        self.characters[block] + start_in(&self.text.as_bytes()[block * BLOCK..at])
    }
}

/// The number of characters that start in these bytes.
fn start_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count()
}

/// The last place in the text, up to this one, where a character begins or the text ends.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default()
}

/// Returns true if a terminal or an editor obeys a character instead of showing it: controls, the
/// directions of text, other line breaks, and what has no width.
fn is_unprintable(char: char) -> bool {
    match char {
        '\t' => false,
        '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => {
            true
        }
        '\u{ad}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        _ => char.is_control(),
    }
}

/// A text without what a terminal would obey.
pub(crate) fn printable(text: &str) -> String {
    text.replace(is_unprintable, "\u{fffd}")
}

/// The line, and a mark below what is meant, unless the line is too long to be read.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(text) = &self.text else { return Ok(()) };
        let line = self.line.to_string();
        let margin = " ".repeat(line.len());
        let before = text.chars().take(self.column - 1);
        let indent: String = before.map(|char| if char == '\t' { char } else { ' ' }).collect();
        let marks = "^".repeat(self.width);
        write!(f, "\n{margin} |\n{line} | {text}\n{margin} | {indent}{marks}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a place is, by reading all that comes before it.
    fn naive(text: &str, at: usize) -> (usize, usize) {
        let before = &text[..at];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
    }

    #[test]
    fn a_place_is_what_reading_from_the_start_finds() {
        let long = "\u{e9}x\u{1f980}".repeat(100);
        for text in ["", "a", "\n", "a\n", "a\r\nb\n\nc", &"x".repeat(BLOCK), &long] {
            let text = &[text, text].join("\n");
            let lines = Lines::of(text);
            for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let place = lines.place(&(at..at));
                assert_eq!((place.line(), place.column()), naive(text, at), "{at} in {text:?}");
            }
        }
    }

    #[test]
    fn the_end_of_a_span_is_on_its_line() {
        let lines = Lines::of("one = [\n1]\n");
        let place = lines.place(&(6..10));
        assert_eq!((place.width, place.text.as_deref()), (1, Some("one = [")));
    }
}
