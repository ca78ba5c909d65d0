//! Origins as regular expressions: anchored for the author, matched on a parsed origin.
//!
//! A dense automaton is used, not the `regex` crate: it is built whole at compile time, so that
//! matching allocates nothing and is linear, whatever the pattern.

use alloc::{format, string::String, vec::Vec};

use regex_automata::{
    Anchored, Input,
    dfa::{Automaton, StartKind, dense},
    nfa::thompson,
    util::syntax,
};

use super::Origin;
use crate::{error::PolicyError, reason::Reason};

/// The most memory that a policy's patterns compile to, in bytes.
const SIZE_LIMIT: usize = 1 << 20;

pub(crate) struct Regexes(dense::DFA<Vec<u32>>);

impl Regexes {
    /// Compiles all patterns to one automaton, or says which cannot be.
    pub(crate) fn new(patterns: &[String]) -> Result<Option<Self>, Vec<PolicyError>> {
        if patterns.is_empty() {
            return Ok(None);
        }
        // Each by itself first: one with a group too few would take the anchors of another apart.
        let errors: Vec<_> = patterns
            .iter()
            .filter_map(|pattern| {
                build(&[pattern.as_str()]).err().map(|reason| PolicyError::new(reason, pattern))
            })
            .collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        let anchored: Vec<_> = patterns.iter().map(|pattern| format!("(?:{pattern})\\z")).collect();
        match build(&anchored) {
            Ok(dfa) => Ok(Some(Self(dfa))),
            Err(reason) => Err([PolicyError::new(reason, patterns.join(" "))].into()),
        }
    }

    pub(crate) fn matches(&self, origin: &Origin<'_>) -> bool {
        let input = Input::new(origin.as_str()).anchored(Anchored::Yes);
        matches!(self.0.try_search_fwd(&input), Ok(Some(_)))
    }
}

impl Regexes {
    /// The place of a pattern that matches.
    pub(crate) fn which(&self, origin: &Origin<'_>) -> Option<usize> {
        let input = Input::new(origin.as_str()).anchored(Anchored::Yes);
        self.0.try_search_fwd(&input).ok()?.map(|found| found.pattern().as_usize())
    }

    /// Whether a name matches that nobody would have written, under a domain that is open to all.
    pub(crate) fn matches_strangers(&self) -> bool {
        let domains = ["invalid", "com", "org", "net", "io", "dev", "app"];
        ["https", "http"].into_iter().any(|scheme| {
            domains.into_iter().any(|domain| {
                let stranger = format!("{scheme}://qzxkvjw.{domain}");
                Origin::parse(stranger.as_bytes()).is_some_and(|origin| self.matches(&origin))
            })
        })
    }

    /// Whether a plain `http:` origin may match.
    pub(crate) fn matches_insecure(&self) -> bool {
        let input = Input::new("").anchored(Anchored::Yes);
        let Ok(start) = self.0.start_state_forward(&input) else { return false };
        let behind = b"http://".iter().fold(start, |state, &byte| self.0.next_state(state, byte));
        !self.0.is_dead_state(behind)
    }
}

fn build(patterns: &[impl AsRef<str>]) -> Result<dense::DFA<Vec<u32>>, Reason> {
    let patterns: Vec<&str> = patterns.iter().map(AsRef::as_ref).collect();
    // An origin is ASCII: letters of other scripts would only make the automaton larger.
    let syntax = syntax::Config::new().unicode(false).utf8(false);
    for pattern in &patterns {
        syntax::parse_with(pattern, &syntax).map_err(|_| Reason::RegexSyntax)?;
    }
    dense::Builder::new()
        .configure(
            dense::Config::new()
                .start_kind(StartKind::Anchored)
                .dfa_size_limit(Some(SIZE_LIMIT))
                .determinize_size_limit(Some(4 * SIZE_LIMIT)),
        )
        .thompson(thompson::Config::new().utf8(false).nfa_size_limit(Some(SIZE_LIMIT)))
        .syntax(syntax)
        .build_many(&patterns)
        .map_err(|_| Reason::RegexTooLarge)
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[track_caller]
    fn check(pattern: &str, origin: &str, expected: bool) {
        let regexes = Regexes::new(&[pattern.to_string()]).ok().flatten().expect("a valid pattern");
        let origin = Origin::parse(origin.as_bytes()).expect("a valid origin");
        assert_eq!(regexes.matches(&origin), expected, "{pattern} {origin}");
    }

    #[test]
    fn anchored_at_both_ends_for_the_author() {
        check("https://pr-[0-9]+\\.example\\.com", "https://pr-12.example.com", true);
        check("https://pr-[0-9]+\\.example\\.com", "https://pr-12.example.com.evil.test", false);
        check("example\\.com", "https://example.com", false);
        check("https://a|https://b", "https://b", true);
        check("https://a|https://b", "https://a.evil.test", false);
        check("https://.", "https://ab", false);
        check("https://[a-z]+", "https://abc", true);
    }

    #[test]
    fn a_pattern_that_cannot_be_is_named() {
        for (pattern, code) in [
            ("(", "regex-syntax"),
            ("a)|(b", "regex-syntax"),
            ("(?=a)", "regex-syntax"),
            ("(a)\\1", "regex-syntax"),
            ("(?:[a-z]{0,1000}){1000}", "regex-too-large"),
            ("(?:.*a.{24}){2}", "regex-too-large"),
        ] {
            let errors = Regexes::new(&["https://ok".to_string(), pattern.to_string()]);
            let errors: Vec<_> = errors.err().into_iter().flatten().collect();
            let found: Vec<_> = errors.iter().map(|error| (error.value(), error.code())).collect();
            assert_eq!(found, [(pattern, code)]);
        }
    }
}
