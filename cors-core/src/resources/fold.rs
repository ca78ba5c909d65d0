//! Characters that lax readers of a path do not tell apart.

/// The character that a lax reader sees, and how often; `None` for one that it skips.
///
/// - Windows and NFKC map compatibility forms to ASCII: full-width forms, dots, slashes and letters.
/// - Some file systems ignore invisible characters.
/// - Case is not told apart.
pub(super) fn fold(character: char) -> Option<(char, usize)> {
    let plain = match character {
        // Nearly all are ASCII.
        '\0'..='\x7f' => return Some((character.to_ascii_lowercase(), 1)),
        // Invisible.
        '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' => return None,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => return None,
        '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => return None,
        // Spaces.
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => ' ',
        '\u{3000}' => ' ',
        // Dots.
        '\u{2024}' | '\u{3002}' | '\u{fe52}' | '\u{ff61}' => '.',
        '\u{2025}' => return Some(('.', 2)),
        '\u{2026}' => return Some(('.', 3)),
        // Slashes.
        '\u{2044}' | '\u{2215}' | '\u{29f8}' => '/',
        '\u{2216}' | '\u{29f5}' | '\u{29f9}' | '\u{fe68}' => '\\',
        // What ends a name.
        '\u{37e}' | '\u{fe54}' => ';',
        '\u{fe55}' | '\u{2236}' => ':',
        '\u{fe56}' => '?',
        '\u{fe5f}' => '#',
        '\u{fe6a}' => '%',
        // Letters and digits.
        '\u{24b6}'..='\u{24e9}' => letter(character, 0x24b6),
        '\u{1d400}'..='\u{1d6a3}' => letter(character, 0x1d400),
        '\u{1d7ce}'..='\u{1d7ff}' => nth(b'0', (character as u32 - 0x1d7ce) % 10),
        '\u{ff01}'..='\u{ff5e}' => nth(b'!', character as u32 - 0xff01),
        other => other,
    };
    Some((lower(plain), 1))
}

/// A text as a lax reader sees it.
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter_map(fold)
        .flat_map(|(character, times)| core::iter::repeat_n(character, times))
}

/// A letter of a block that has the 26 of the alphabet again and again.
fn letter(character: char, block: u32) -> char {
    nth(b'a', (character as u32 - block) % 26)
}

fn nth(first: u8, number: u32) -> char {
    char::from(first.saturating_add(number as u8))
}

/// Simple case folding: by way of upper case, in which more characters are the same.
fn lower(character: char) -> char {
    let upper = only(character.to_uppercase()).unwrap_or(character);
    only(upper.to_lowercase()).unwrap_or(upper)
}

fn only(mut characters: impl Iterator<Item = char>) -> Option<char> {
    characters.next().filter(|_| characters.next().is_none())
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: &str) {
        assert_eq!(folded(text).collect::<String>(), wanted, "{text:?}");
    }

    #[test]
    fn what_looks_like_ascii_is_ascii() {
        check("API", "api");
        check("\u{ff21}\u{ff30}\u{ff29}\u{ff0f}", "api/");
        check("\u{1d41a}\u{1d5a0}\u{24c5}\u{1d7d9}", "aap1");
        check("\u{2026}\u{ff0e}", "....");
        check("a\u{200b}p\u{ad}i\u{feff}", "api");
        check("\u{212a}\u{17f}", "ks");
        check("a+b\u{3000}", "a+b ");
        check("CAF\u{c9}", "caf\u{e9}");
    }
}
