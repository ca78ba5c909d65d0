//! The places of the values that errors and warnings are about.

use cors_core::Diagnostic;

use crate::{
    draft::{Draft, Written},
    finding::Where,
    place::Lines,
};

/// A draft and the text that it was read from.
pub(crate) struct Locator<'d> {
    lines: Lines<'d>,
    draft: &'d Draft,
}

impl<'d> Locator<'d> {
    pub(crate) fn new(text: &'d str, draft: &'d Draft) -> Self {
        Self { lines: Lines::of(text), draft }
    }

    /// The place of a diagnostic: the value, or else that of its key, or else the path.
    pub(crate) fn of(&self, about: &Diagnostic) -> Where {
        // A policy of all paths is the only entry.
        let Some(entry) = self.draft.entries.get(about.entry().unwrap_or_default()) else {
            return Where::File;
        };
        let is_key = |known| about.key() == Some(known);
        let written = entry.written.iter().find(|(known, _)| is_key(*known));
        match (written, &entry.path) {
            (Some((_, Written::File { value, items })), _) => {
                let item = about.index().and_then(|index| items.get(index));
                Where::At(self.lines.place(item.map_or(value, |(_, span)| span)))
            }
            (Some((_, Written::Variable(name))), _) => Where::Variable(name.clone()),
            (None, Some((_, span))) => Where::At(self.lines.place(span)),
            (None, None) => Where::File,
        }
    }
}
