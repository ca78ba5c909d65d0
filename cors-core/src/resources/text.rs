//! A request's path as text in a buffer, decoded as often as a lax reader might.

use core::str;

use super::fold::fold;

/// The longest path with more than one reading that is read. A longer one is denied.
pub(super) const LONGEST: usize = 1_024;

/// Separates segments for every reader: a `/` as it was sent.
pub(super) const HARD: char = '\0';

/// Separates segments for lax readers: an encoded slash, or a backslash.
pub(super) const SOFT: char = '\u{1}';

/// A path that no reading is safe for: malformed, not UTF-8, or with control characters.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Unsound;

/// A path, decoded so far.
pub(super) struct Text {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Text {
    /// Decodes a path once.
    pub(super) fn new(path: &[u8]) -> Result<Self, Unsound> {
        let mut bytes = [0; LONGEST];
        bytes.get_mut(..path.len()).ok_or(Unsound)?.copy_from_slice(path);
        if path.iter().any(u8::is_ascii_control) {
            return Err(Unsound);
        }
        for byte in bytes[..path.len()].iter_mut().filter(|byte| **byte == b'/') {
            *byte = HARD as u8;
        }
        let mut text = Self { bytes, length: path.len() };
        text.decode(Malformed::IsUnsound)?;
        Ok(text)
    }

    /// Decodes once more. False: nothing is encoded any more.
    pub(super) fn decode_again(&mut self) -> Result<bool, Unsound> {
        self.decode(Malformed::IsText)
    }

    /// The text: UTF-8, with separators in the form of [`HARD`] and [`SOFT`].
    pub(super) fn as_str(&self) -> &str {
        str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }

    fn decode(&mut self, malformed: Malformed) -> Result<bool, Unsound> {
        let (mut read, mut write, mut decoded) = (0, 0, false);
        while read < self.length {
            let byte = match &self.bytes[read..self.length] {
                [b'%', high, low, ..] if digit(*high).and(digit(*low)).is_some() => {
                    read += 3;
                    decoded = true;
                    let byte = digit(*high).unwrap_or(0) << 4 | digit(*low).unwrap_or(0);
                    if byte.is_ascii_control() {
                        return Err(Unsound);
                    }
                    if byte == b'/' { SOFT as u8 } else { byte }
                }
                // `%u002e` is a dot for some.
                [b'%', b'u' | b'U', ..] => return Err(Unsound),
                [b'%', ..] if malformed == Malformed::IsUnsound => return Err(Unsound),
                [byte, ..] => {
                    read += 1;
                    *byte
                }
                [] => break,
            };
            self.bytes[write] = if byte == b'\\' { SOFT as u8 } else { byte };
            write += 1;
        }
        self.length = write;
        self.fold_syntax()?;
        Ok(decoded)
    }

    /// Replaces characters that some readers take for a separator or for a `%`.
    fn fold_syntax(&mut self) -> Result<(), Unsound> {
        let text = str::from_utf8(&self.bytes[..self.length]).map_err(|_| Unsound)?;
        if text.is_ascii() {
            return Ok(());
        }
        let (mut read, mut write) = (0, 0);
        while let Some(character) = self.character(read) {
            if matches!(character, '\u{80}'..='\u{9f}') {
                return Err(Unsound);
            }
            let length = character.len_utf8();
            let folded = match fold(character) {
                Some(('/' | '\\', _)) => Some(SOFT as u8),
                Some(('%', _)) => Some(b'%'),
                _ => None,
            };
            match folded {
                Some(byte) => {
                    self.bytes[write] = byte;
                    write += 1;
                }
                None => {
                    self.bytes.copy_within(read..read + length, write);
                    write += length;
                }
            }
            read += length;
        }
        self.length = write;
        Ok(())
    }

    fn character(&self, at: usize) -> Option<char> {
        let rest = self.bytes.get(at..self.length)?;
        let length = match rest.first()? {
            0..=0x7f => 1,
            0xc0..=0xdf => 2,
            0xe0..=0xef => 3,
            _ => 4,
        };
        str::from_utf8(rest.get(..length)?).ok()?.chars().next()
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Malformed {
    IsUnsound,
    IsText,
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};

    use super::*;

    fn read(path: &[u8]) -> Result<String, Unsound> {
        Text::new(path).map(|text| text.as_str().replace(HARD, "/").replace(SOFT, "|"))
    }

    #[track_caller]
    fn is_unsound(path: &str) {
        assert_eq!(read(path.as_bytes()), Err(Unsound), "{path}");
    }

    #[test]
    fn a_path_is_decoded_once_and_again() {
        assert_eq!(read(b"a%2Fb\\c%5cd/e%20f"), Ok("a|b|c|d/e f".to_string()));
        assert_eq!(read("\u{ff0f}caf%C3%A9".as_bytes()), Ok("|caf\u{e9}".to_string()));
        let mut text = Text::new(b"%25252e").expect("sound");
        assert_eq!(text.as_str(), "%252e");
        assert_eq!(text.decode_again(), Ok(true));
        assert_eq!(text.decode_again(), Ok(true));
        assert_eq!(text.as_str(), ".");
        assert_eq!(text.decode_again(), Ok(false));
    }

    #[test]
    fn what_is_not_text_is_unsound() {
        for path in ["%", "%6", "%zz", "%u0041", "%25u0041", "%ff", "%c0%af", "%c3", "%c3x"] {
            let text = Text::new(path.as_bytes()).and_then(|mut text| text.decode_again());
            assert_eq!(text.err(), Some(Unsound), "{path}");
        }
        is_unsound("%ed%a0%80");
        is_unsound("%00");
        is_unsound("%0a");
        is_unsound("%01");
        is_unsound("\u{7f}");
        is_unsound("%C2%85");
        is_unsound("\u{1}");
    }
}
