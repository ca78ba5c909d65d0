//! Origins as regular expressions: anchored for the author, matched on a parsed origin.
//!
//! A dense automaton is used, not the `regex` crate: it is built whole at compile time, so that
//! matching allocates nothing and is linear, whatever the pattern.

mod addresses;
mod domains;
mod dots;
pub(crate) mod reach;
mod same;
mod shape;

use alloc::{format, string::String, vec::Vec};

use regex_automata::{
    Anchored, Input,
    dfa::{Automaton, StartKind, dense},
    nfa::thompson,
    util::syntax,
};

use self::reach::PatternReach;
use super::Origin;
use crate::{Diagnostic, DiagnosticKind};

/// The most memory that one pattern compiles to, in bytes.
const SIZE_LIMIT: usize = 1 << 20;

/// The most memory that all patterns of a policy compile to, each alone.
const TOTAL_LIMIT: usize = 16 << 20;

/// The most memory that is spent on building an automaton of several patterns. Beyond it there are
/// several automata.
const GROUP_LIMIT: usize = 4 << 20;

pub(crate) type Dfa = dense::DFA<Vec<u32>>;

/// The patterns of a policy: automata, each with the place of its first pattern.
pub(crate) struct Regexes(Vec<(usize, Dfa)>);

impl Regexes {
    /// Compiles all patterns, or says which cannot be. `inspect` sees what each lets in.
    pub(crate) fn new(
        patterns: &[String],
        mut inspect: impl FnMut(usize, &dyn Fn() -> PatternReach),
    ) -> Result<Option<Self>, Vec<Diagnostic>> {
        if patterns.is_empty() {
            return Ok(None);
        }
        let (mut errors, mut anchored, mut size) = (Vec::new(), Vec::new(), 0);
        for (at, pattern) in patterns.iter().enumerate() {
            match build_alone(pattern) {
                Ok((text, dfa)) if size <= TOTAL_LIMIT => {
                    size += dfa.memory_usage();
                    inspect(at, &|| PatternReach::of(pattern, &dfa));
                    anchored.push(text);
                }
                result => {
                    size += SIZE_LIMIT;
                    let reason = result.err().unwrap_or(DiagnosticKind::RegexTooLarge);
                    errors.push(Diagnostic::new(reason, pattern).at(at));
                }
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut groups = Vec::new();
        match build_groups(0, &anchored, &mut groups) {
            Ok(()) => Ok(Some(Self(groups))),
            Err(at) => {
                Err([Diagnostic::new(DiagnosticKind::RegexTooLarge, &patterns[at]).at(at)].into())
            }
        }
    }

    pub(crate) fn matches(&self, origin: &Origin<'_>) -> bool {
        self.which(origin).is_some()
    }

    /// The place of a pattern that matches.
    pub(crate) fn which(&self, origin: &Origin<'_>) -> Option<usize> {
        let input = Input::new(origin.as_str()).anchored(Anchored::Yes);
        self.0.iter().find_map(|(first, dfa)| {
            Some(first + dfa.try_search_fwd(&input).ok()??.pattern().as_usize())
        })
    }
}

/// One pattern, anchored, and its automaton.
fn build_alone(pattern: &str) -> Result<(String, Dfa), DiagnosticKind> {
    // An origin is ASCII: letters of other scripts only make the automaton larger. Where a pattern
    // names some, they are read as such and match nothing.
    let ascii = syntax::Config::new().unicode(false).utf8(false);
    let unicode = format!("(?u:{pattern})");
    let readable = if syntax::parse_with(pattern, &ascii).is_ok() {
        pattern
    } else if syntax::parse_with(pattern, &ascii.unicode(true)).is_ok() {
        unicode.as_str()
    } else {
        return Err(DiagnosticKind::RegexSyntax);
    };
    let anchored = format!("(?:{readable})\\z");
    build(&[anchored.as_str()], SIZE_LIMIT, 4 * SIZE_LIMIT).map(|dfa| (anchored, dfa))
}

/// One automaton where the patterns fit into one, or as few as they fit into by quarters. An error is
/// the place of one that does not fit.
fn build_groups(
    first: usize,
    patterns: &[String],
    groups: &mut Vec<(usize, Dfa)>,
) -> Result<(), usize> {
    let limit = if patterns.len() > 1 { GROUP_LIMIT } else { 4 * SIZE_LIMIT };
    if let Ok(dfa) = build(patterns, GROUP_LIMIT, limit) {
        groups.push((first, dfa));
        return Ok(());
    }
    let quarter = patterns.len().div_ceil(4);
    if patterns.len() < 2 {
        return Err(first);
    }
    patterns
        .chunks(quarter)
        .enumerate()
        .try_for_each(|(at, patterns)| build_groups(first + at * quarter, patterns, groups))
}

fn build(patterns: &[impl AsRef<str>], size: usize, working: usize) -> Result<Dfa, DiagnosticKind> {
    let patterns: Vec<&str> = patterns.iter().map(AsRef::as_ref).collect();
    dense::Builder::new()
        .configure(
            dense::Config::new()
                .start_kind(StartKind::Anchored)
                .dfa_size_limit(Some(size))
                .determinize_size_limit(Some(working)),
        )
        .thompson(thompson::Config::new().utf8(false).nfa_size_limit(Some(size)))
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .build_many(&patterns)
        .map_err(|_| DiagnosticKind::RegexTooLarge)
}

#[cfg(test)]
mod tests;
