//! A policy that is being read: what was written under which key, and where.

use cors_core::{Policy, Resources, data::Key};

use crate::{document::Span, finding::Where, place::Place};

/// The policies of a file, before they are proved.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) entries: Vec<Entry>,
}

/// A policy, or none, and the path that it stands for.
pub(crate) struct Entry {
    /// Nothing for the one policy of all paths.
    pub(crate) path: Option<(String, Span)>,
    /// Nothing where the path is left without one.
    pub(crate) policy: Option<Policy>,
    pub(crate) written: Vec<(Key, Written)>,
    /// Its keys are written under another path, where their warnings are reported.
    pub(crate) shared: bool,
}

/// Where a key and its value are written.
#[derive(Clone)]
pub(crate) enum Written {
    /// In the file: the value, and the texts of a list.
    File { value: Span, items: Vec<(String, Span)> },
    /// In the environment variable of this name.
    Variable(String),
}

impl Draft {
    /// The policies as the engine takes them.
    pub(crate) fn resources(&self) -> Resources {
        self.entries.iter().fold(Resources::new(), |resources, entry| {
            match (&entry.path, &entry.policy) {
                (None, Some(policy)) => policy.clone().into(),
                (None, None) => resources,
                (Some((path, _)), Some(policy)) => resources.at(path, policy.clone()),
                (Some((path, _)), None) => resources.without(path),
            }
        })
    }
}

impl Entry {
    /// A path without a policy.
    pub(crate) fn without(path: Option<(String, Span)>) -> Self {
        Self { path, policy: None, written: Vec::new(), shared: false }
    }

    pub(crate) fn path(&self) -> Option<&str> {
        self.path.as_ref().map(|(path, _)| path.as_str())
    }

    fn written(&self, key: Key) -> Option<&Written> {
        self.written.iter().find(|(known, _)| *known == key).map(|(_, written)| written)
    }

    /// Where a value stands under one of the keys: the one after so many others that are the same.
    /// Or else where the first of the keys that is written has its value, or where the path is.
    pub(crate) fn find(&self, text: &str, keys: &[Key], value: &str, skip: usize) -> Where {
        let written = keys.iter().filter_map(|key| self.written(*key));
        let mut items = written.clone().filter_map(|written| match written {
            Written::File { items, .. } => Some(items),
            Written::Variable(_) => None,
        });
        let item = items.find_map(|items| items.iter().filter(|(item, _)| item == value).nth(skip));
        match (item, written.clone().next(), &self.path) {
            (Some((_, span)), ..) => Where::At(Place::of(text, span)),
            (None, Some(Written::File { value, .. }), _) => Where::At(Place::of(text, value)),
            (None, Some(Written::Variable(name)), _) => Where::Variable(name.clone()),
            (None, None, Some((_, span))) => Where::At(Place::of(text, span)),
            (None, None, None) => Where::File,
        }
    }
}
