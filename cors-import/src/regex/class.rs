//! Sets of characters in a pattern.

use regex_syntax::hir::Class;

/// Whether all of these ASCII characters are in the class.
pub(super) fn covers(class: &Class, bytes: &[u8]) -> bool {
    let has = |byte: u8| match class {
        Class::Unicode(set) => {
            let char = char::from(byte);
            set.iter().any(|range| range.start() <= char && char <= range.end())
        }
        Class::Bytes(set) => set.iter().any(|range| range.start() <= byte && byte <= range.end()),
    };
    bytes.iter().all(|byte| has(*byte))
}

/// The characters of a small class.
pub(super) fn width(class: &Class) -> Option<Vec<char>> {
    let Class::Unicode(set) = class else { return None };
    let chars = set.iter().flat_map(|range| (range.start()..=range.end()).take(5));
    let chars: Vec<char> = chars.take(5).collect();
    (chars.len() < 5).then_some(chars)
}

/// Whether the class is the digits.
pub(super) fn is_digits(class: &Class) -> bool {
    covers(class, b"09") && !covers(class, b"a") && !covers(class, b".")
}
