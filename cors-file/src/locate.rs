//! The places of the values that errors and warnings are about.

use std::collections::HashMap;

use cors_core::data::Key;

use crate::{
    document::Span,
    draft::{Draft, Entry, Written},
    finding::Where,
    place::Lines,
};

/// The values of a draft, each with the places at which it is written.
pub(crate) struct Locator<'d> {
    lines: Lines<'d>,
    /// The first entry of each path, and the place of the last one.
    entries: HashMap<Option<&'d str>, (usize, &'d Entry)>,
    last: HashMap<&'d str, &'d Span>,
    /// The texts of lists, by the number of the entry.
    items: HashMap<(usize, Key, &'d str), Vec<&'d Span>>,
    /// The number of places that were given for each value.
    located: HashMap<(usize, &'static str, String), usize>,
}

impl<'d> Locator<'d> {
    pub(crate) fn new(text: &'d str, draft: &'d Draft) -> Self {
        let (mut entries, mut last, mut items) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (number, entry) in draft.entries.iter().enumerate() {
            entries.entry(entry.path()).or_insert((number, entry));
            last.extend(entry.path.as_ref().map(|(path, span)| (path.as_str(), span)));
            for (key, written) in &entry.written {
                let Written::File { items: texts, .. } = written else { continue };
                for (text, span) in texts {
                    items.entry((number, *key, text.as_str())).or_insert_with(Vec::new).push(span);
                }
            }
        }
        Self { lines: Lines::of(text), entries, last, items, located: HashMap::new() }
    }

    /// The place of a path: the last one, if it is written twice.
    pub(crate) fn path(&self, path: &str) -> Where {
        self.last.get(path).map_or(Where::File, |span| Where::At(self.lines.place(span)))
    }

    /// The place of a value under one of the keys of a path. If the same was located before, it is
    /// the next place of that value.
    ///
    /// If the value is not an item of a list: the place of the first of the keys that is written, or
    /// that of the path.
    pub(crate) fn value(
        &mut self,
        path: Option<&str>,
        code: &'static str,
        keys: &[Key],
        value: &str,
    ) -> Where {
        let Some(&(number, entry)) = self.entries.get(&path) else { return Where::File };
        let located = self.located.entry((number, code, value.to_owned())).or_default();
        let nth = std::mem::replace(located, *located + 1);
        let items = |key: &Key| self.items.get(&(number, *key, value))?.get(nth);
        if let Some(span) = keys.iter().find_map(items) {
            return Where::At(self.lines.place(span));
        }
        let written = |key: &Key| entry.written.iter().find(|(known, _)| known == key);
        match (keys.iter().find_map(written), &entry.path) {
            (Some((_, Written::File { value, .. })), _) => Where::At(self.lines.place(value)),
            (Some((_, Written::Variable(name))), _) => Where::Variable(name.clone()),
            (None, Some((_, span))) => Where::At(self.lines.place(span)),
            (None, None) => Where::File,
        }
    }
}
