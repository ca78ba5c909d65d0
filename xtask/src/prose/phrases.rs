//! The phrases, and what to write instead.

/// A phrase in a file.
#[derive(PartialEq, Eq, Debug)]
pub struct Finding {
    /// The number of its line.
    pub line: usize,
    /// The phrase, and what to write instead.
    pub message: String,
}

/// The longest sentence on a page of docs, in words.
const LONGEST: usize = 30;

/// Words that no page, doc comment or message uses, in lower case.
const PHRASES: [(&str, &str); 16] = [
    ("untold", "unknown"),
    ("is none", "is invalid"),
    ("is no ", "is not a"),
    ("by itself", "alone, on its own"),
    ("stands ", "is, means, applies to"),
    ("proved", "validated"),
    ("decides about", "decides"),
    ("nobody", "no one, or the actual subject"),
    ("whoever", "the actual subject"),
    ("whatever", "any"),
    ("in the place of", "instead of"),
    ("mended", "fixed"),
    ("comes of", "results in"),
    ("comes to", "results in"),
    ("so that", "so, or a new sentence"),
    (" told", "reported, sent, shown"),
];

/// Words that no doc comment starts with.
const OPENINGS: [&str; 7] = ["What", "Whether", "How", "Why", "Where", "Who", "Whoever"];

/// The phrases in a line of text.
pub(super) fn in_line(line: usize, text: &str) -> Vec<Finding> {
    let text = format!(" {} ", text.to_lowercase());
    let found = PHRASES.iter().flat_map(|(phrase, instead)| {
        let times =
            text.match_indices(phrase).filter(|(at, _)| is_word(&text, *at, phrase)).count();
        (0..times).map(move |_| Finding {
            line,
            message: format!("\"{}\": write {instead}", phrase.trim()),
        })
    });
    found.collect()
}

/// Returns whether the phrase ends and starts between words.
fn is_word(text: &str, at: usize, phrase: &str) -> bool {
    let letter = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    let before = text[..at].chars().next_back();
    let after = text[at + phrase.len()..].chars().next();
    let starts = phrase.starts_with(' ') || !letter(before);
    starts && (phrase.ends_with(' ') || !letter(after))
}

/// A doc comment's first line that opens with a relative clause.
pub(super) fn opening(line: usize, text: &str) -> Option<Finding> {
    let word = text.split_whitespace().next()?;
    let is_opening = OPENINGS.contains(&word) && !text.trim_end().ends_with('?');
    is_opening.then(|| Finding {
        line,
        message: format!("opens with \"{word}\": write a noun phrase or a verb"),
    })
}

/// Sentences of a paragraph that are too long.
pub(super) fn long_sentences(line: usize, paragraph: &str) -> Vec<Finding> {
    let sentences =
        paragraph.split_inclusive([' ', '\n']).fold(vec![0_usize], |mut counts, word| {
            let word = word.trim();
            if !word.is_empty() {
                *counts.last_mut().expect("there is one") += 1;
            }
            if word.ends_with(['.', ':', ';', '?']) {
                counts.push(0);
            }
            counts
        });
    let long = sentences.into_iter().filter(|words| *words > LONGEST);
    long.map(|words| Finding { line, message: format!("a sentence of {words} words: split it") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, phrases: usize) {
        assert_eq!(in_line(1, text).len(), phrases, "{text}");
    }

    #[test]
    fn a_phrase_is_found_between_words() {
        check("It is no origin, and nobody is told.", 3);
        check("Nobody", 1);
        check("It is not an origin. The policy is normal; improved.", 0);
        check("understands the header", 0);
    }

    #[test]
    fn a_relative_clause_at_the_start_is_found_and_a_question_is_not() {
        assert!(opening(1, "What the policy allows.").is_some());
        assert!(opening(1, "What does the policy allow?").is_none());
        assert!(opening(1, "The policy.").is_none());
    }

    #[test]
    fn a_long_sentence_is_found() {
        let words = |count: usize| "word ".repeat(count);
        assert_eq!(long_sentences(1, &format!("{}end.", words(29))), []);
        assert_eq!(long_sentences(1, &format!("{}end. Next.", words(30))).len(), 1);
        assert_eq!(long_sentences(1, &format!("{}end. {}end.", words(20), words(20))), []);
    }
}
