//! `--code`: the section of docs/codes.md about a code.

use std::io::{self, Write};

use crate::status::{Status, complain};

/// A section for each code, under a heading of the third level.
const PAGE: &str = include_str!("../../../docs/codes.md");

/// Prints the section of a code.
pub(crate) fn run(code: &str, out: &mut impl Write) -> io::Result<Status> {
    let code = code.trim_matches(['[', ']', '`', ' ']);
    let Some((_, section)) = sections().find(|(known, _)| *known == code) else {
        complain(format_args!(
            "cors: unknown code {code:?}: use one of {}",
            sections().map(|(code, _)| code).collect::<Vec<_>>().join(", ")
        ));
        return Ok(Status::Invalid);
    };
    writeln!(out, "{code}\n\n{section}")?;
    Ok(Status::Allowed)
}

/// Each code and its text, in the order of the page.
fn sections() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAGE.split("\n### `").skip(1).filter_map(|part| {
        let (code, text) = part.split_once("`\n")?;
        // The next part of the page begins with a heading.
        let text = text.split("\n## ").next()?;
        Some((code, text.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_section_and_every_section_a_code() {
        let mut written: Vec<_> = sections().map(|(code, _)| code).collect();
        written.sort_unstable();
        assert_eq!(written, cors_explain::codes());
    }

    #[test]
    fn a_section_says_what_to_do() {
        for (code, text) in sections() {
            assert!(text.contains("**Fix.** "), "{code}");
            assert!(!text.starts_with("**"), "{code} begins with what it means");
        }
    }
}
