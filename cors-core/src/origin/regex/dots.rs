//! Dots that are not escaped, and so are any character.

use alloc::{string::String, vec::Vec};

/// The places of the dots that stand for one character, in bytes. One that is repeated was meant.
pub(super) fn bare(pattern: &str) -> Vec<usize> {
    let bytes = pattern.as_bytes();
    let (mut dots, mut at, mut class) = (Vec::new(), 0, 0_usize);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => class += 1,
            b']' => class = class.saturating_sub(1),
            b'.' if class == 0 => {
                let repeated = matches!(bytes.get(at + 1), Some(b'*' | b'+' | b'?' | b'{'));
                if !repeated {
                    dots.push(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    dots
}

/// The pattern with one bare dot as an `x`, and the others as dots.
pub(super) fn with_x(pattern: &str, dots: &[usize], x: usize) -> String {
    let mut text = String::new();
    for (at, character) in pattern.char_indices() {
        match () {
            () if at == x => text.push('x'),
            () if dots.contains(&at) => text.push_str("\\."),
            () => text.push(character),
        }
    }
    text
}
