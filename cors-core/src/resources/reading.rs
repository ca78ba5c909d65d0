//! Reading a request's path: percent-decoded once, without a copy.

use core::str;

/// What is percent-encoded, decoded byte by byte. A `%` without two digits stands for itself: see
/// [`is_sound`].
#[derive(Clone)]
pub(super) struct Decoded<'a>(pub(super) &'a [u8]);

impl Iterator for Decoded<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if let [b'%', high, low, rest @ ..] = self.0
            && let (Some(high), Some(low)) = (digit(*high), digit(*low))
        {
            self.0 = rest;
            return Some(high << 4 | low);
        }
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// Whether a path is well encoded: every `%` with two digits, and all of it UTF-8 without control
/// characters, once decoded.
pub(super) fn is_sound(path: &[u8]) -> bool {
    let is_encoded = |window: &[u8]| matches!(window, [high, low, ..] if digit(*high).and(digit(*low)).is_some());
    let mut percents = path.iter().enumerate().filter(|(_, byte)| **byte == b'%');
    percents.all(|(at, _)| is_encoded(&path[at + 1..])) && is_text(Decoded(path))
}

fn is_text(mut bytes: Decoded<'_>) -> bool {
    while let Some(first) = bytes.next() {
        let length = match first {
            0x20..=0x7e => continue,
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => return false,
        };
        let mut character = [first, 0, 0, 0];
        for byte in &mut character[1..length] {
            *byte = bytes.next().unwrap_or_default();
        }
        if str::from_utf8(&character[..length]).is_err() {
            return false;
        }
    }
    true
}

/// The path's segments as a lax reader finds them, each still encoded: what separates them may be
/// encoded, and a `\`.
pub(super) struct LaxSegments<'a>(pub(super) Option<&'a [u8]>);

impl<'a> Iterator for LaxSegments<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let path = self.0?;
        let mut bytes = Decoded(path);
        loop {
            let before = path.len() - bytes.0.len();
            match bytes.next() {
                Some(b'/' | b'\\') => {
                    self.0 = Some(bytes.0);
                    return Some(&path[..before]);
                }
                Some(_) => {}
                None => {
                    self.0 = None;
                    return Some(path);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::{string::String, vec::Vec};

    use super::*;

    #[track_caller]
    fn decodes(path: &str, text: &str) {
        assert_eq!(String::from_utf8(Decoded(path.as_bytes()).collect()).as_deref(), Ok(text));
        assert!(is_sound(path.as_bytes()), "{path}");
    }

    #[track_caller]
    fn is_unsound(path: &str) {
        assert!(!is_sound(path.as_bytes()), "{path}");
    }

    #[test]
    fn decoding_happens_once() {
        decodes("/caf%C3%A9/%e2%82%ac/%F0%9F%A6%80", "/caf\u{e9}/\u{20ac}/\u{1f980}");
        decodes("/a+b%2B", "/a+b+");
        decodes("/%2561", "/%61");
        decodes("", "");
    }

    #[test]
    fn what_is_no_text_is_unsound() {
        is_unsound("/%");
        is_unsound("/%6");
        is_unsound("/%zz");
        is_unsound("/%u0041");
        is_unsound("/%ff");
        is_unsound("/%c0%af");
        is_unsound("/%c3");
        is_unsound("/%c3x");
        is_unsound("/%ed%a0%80");
        is_unsound("/%00");
        is_unsound("/%0a");
        is_unsound("/\u{7f}");
    }

    #[test]
    fn a_lax_reader_separates_at_every_slash() {
        let segments = |path: &'static str| -> Vec<_> {
            LaxSegments(Some(path.as_bytes()))
                .map(|segment| str::from_utf8(segment).expect("a part of text"))
                .collect()
        };
        assert_eq!(segments("a%2Fb\\c%5cd/e%20f"), ["a", "b", "c", "d", "e%20f"]);
        assert_eq!(segments("a//"), ["a", "", ""]);
        assert_eq!(segments(""), [""]);
    }
}
