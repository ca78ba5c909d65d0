//! What comes of a script's request: the answers that are compared.

use std::fmt;

/// What a script gets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// The response, and of its headers these, sorted.
    Readable(Vec<String>),
    /// A response of which nothing can be read.
    Opaque,
    /// An error, before anything is sent.
    Unsent,
    /// An error, for the reason that Chromium has this
    /// [word](https://chromedevtools.github.io/devtools-protocol/tot/Network/#type-CorsError) for.
    Refused(String),
    /// An error, and no word why.
    Error,
}

impl Outcome {
    /// The response, with these headers.
    pub(super) fn readable<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Self {
        let mut names: Vec<String> = names.into_iter().map(Into::into).collect();
        names.sort_unstable();
        names.dedup();
        Self::Readable(names)
    }

    /// What a row has this word for, whatever may be read.
    pub(super) fn of(word: &str) -> Self {
        match word {
            "readable" => Self::readable::<String>([]),
            "opaque" => Self::Opaque,
            "unsent" => Self::Unsent,
            word => Self::Refused(word.to_owned()),
        }
    }

    /// Whether a browser's outcome is of this kind, whatever may be read.
    pub(super) fn has_word_of(&self, browser: &Self) -> bool {
        self.agrees(browser) || self.word() == browser.word()
    }

    /// Whether it is the same, as far as this browser tells what it is.
    pub(super) fn agrees(&self, browser: &Self) -> bool {
        match browser {
            Self::Error => matches!(self, Self::Refused(_) | Self::Error),
            told => self == told,
        }
    }

    /// The word for it, which rows use.
    pub(super) fn word(&self) -> &str {
        match self {
            Self::Readable(_) => "readable",
            Self::Opaque => "opaque",
            Self::Unsent => "unsent",
            Self::Refused(word) => word,
            Self::Error => "an error",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())?;
        match self {
            Self::Readable(names) if !names.is_empty() => write!(f, ": {}", names.join(", ")),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(said: &Outcome, browser: &Outcome, agrees: bool, has_word_of: bool) {
        assert_eq!(said.agrees(browser), agrees, "{said}, {browser}");
        assert_eq!(said.has_word_of(browser), has_word_of, "{said}, {browser}");
    }

    #[test]
    fn what_may_be_read_counts_and_a_row_leaves_it_open() {
        let etag = Outcome::readable(["etag"]);
        check(&etag, &etag, true, true);
        check(&Outcome::of("readable"), &etag, false, true);
        check(&Outcome::of("opaque"), &etag, false, false);
    }

    #[test]
    fn a_browser_that_gives_no_word_has_refused_all_the_same() {
        let refused = Outcome::of("MissingAllowOriginHeader");
        check(&refused, &Outcome::Error, true, true);
        check(&refused, &Outcome::of("InvalidAllowCredentials"), false, false);
        check(&Outcome::Unsent, &Outcome::Error, false, false);
        check(&Outcome::Opaque, &Outcome::Error, false, false);
        check(&Outcome::of("readable"), &Outcome::Error, false, false);
    }
}
