//! A policy that is being read: what was written under which key, and where.

use cors_core::{Policy, Resources, data::Key};

use crate::{document::Span, guard::Guard};

/// The policies of a file, before they are proved.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) entries: Vec<Entry>,
    pub(crate) guard: Option<Guard>,
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
}
