//! The one writer of standard output and standard error.
//!
//! It escapes what a terminal or an editor would obey, since names and values come from servers,
//! recordings and files. It also outlives its reader, so a command always ends with its own status.

use std::io::{self, Write};

/// A writer that escapes control characters and goes on once its reader has left.
pub(crate) struct Out<W> {
    inner: W,
    /// The beginning of a character whose other bytes have not been written yet.
    partial: Vec<u8>,
    is_closed: bool,
}

impl<W: Write> Out<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self { inner, partial: Vec::new(), is_closed: false }
    }

    /// The result of a write. A reader that has left, such as `head`, is not an error.
    fn heed(&mut self, written: io::Result<()>) -> io::Result<()> {
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            written => written,
        }
    }
}

impl<W: Write> Write for Out<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_closed {
            return Ok(bytes.len());
        }
        let mut all = std::mem::take(&mut self.partial);
        all.extend_from_slice(bytes);
        let mut text = String::with_capacity(all.len());
        for chunk in all.utf8_chunks() {
            text.push_str(chunk.valid());
            match chunk.invalid() {
                [] => {}
                start if is_incomplete(start, &all) => self.partial = start.to_vec(),
                _ => text.push(char::REPLACEMENT_CHARACTER),
            }
        }
        let written = self.inner.write_all(escaped(&text).as_bytes());
        self.heed(written)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_closed {
            return Ok(());
        }
        let flushed = self.inner.flush();
        self.heed(flushed)
    }
}

/// Returns true if these invalid bytes are the end of `all`, and could be completed by what follows.
fn is_incomplete(invalid: &[u8], all: &[u8]) -> bool {
    let at_end = invalid.as_ptr_range().end == all.as_ptr_range().end;
    at_end && std::str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none())
}

/// The text with its control characters escaped as JSON and TOML write them. Line breaks, tabs and
/// sequences that only choose a color stay.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let color = color(rest);
        let (piece, after) = rest.split_at(if color > 0 { color } else { letter.len_utf8() });
        match color == 0 && is_obeyed(letter) {
            true => letter
                .encode_utf16(&mut [0; 2])
                .iter()
                .for_each(|unit| safe.push_str(&format!("\\u{unit:04x}"))),
            false => safe.push_str(piece),
        }
        rest = after;
    }
    safe
}

/// The length of the sequence at the start that chooses a color, as `ESC [ 1 ; 31 m` does.
fn color(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("\u{1b}[") else { return 0 };
    let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != ';');
    end.filter(|&end| rest[end..].starts_with('m')).map_or(0, |end| end + 3)
}

/// Returns true if a terminal or an editor obeys a character instead of showing it: controls (C0, DEL and
/// C1), the directions of text, other line breaks, and what has no width.
pub(crate) fn is_obeyed(letter: char) -> bool {
    match letter {
        '\n' | '\t' => false,
        '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => {
            true
        }
        '\u{ad}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        _ => letter.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_passes() {
        for (text, wanted) in [
            ("a\tb\n", "a\tb\n"),
            ("\u{1b}[1;31mred\u{1b}[0m", "\u{1b}[1;31mred\u{1b}[0m"),
            ("\u{1b}[2J", "\\u001b[2J"),
            ("\u{1b}]8;;http://evil.test\u{7}", "\\u001b]8;;http://evil.test\\u0007"),
            ("\u{9b}31m\u{202e}\r", "\\u009b31m\\u202e\\u000d"),
            ("\u{e0041}", "\\udb40\\udc41"),
            ("\u{fc}\u{20ac}", "\u{fc}\u{20ac}"),
        ] {
            assert_eq!(escaped(text), wanted);
        }
    }

    #[test]
    fn a_character_in_two_writes_is_one() {
        let mut out = Out::new(Vec::new());
        for byte in "\u{20ac}\u{9b}".bytes() {
            out.write_all(&[byte]).expect("memory can be written");
        }
        out.write_all(b"\xff").expect("memory can be written");
        assert_eq!(String::from_utf8_lossy(&out.inner), "\u{20ac}\\u009b\u{fffd}");
    }
}
