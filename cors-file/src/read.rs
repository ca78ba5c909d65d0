//! A tree of values to policies: every mistake, and as much of a policy as can be read.

use std::collections::HashMap;

use cors_core::{
    Policy,
    data::{Key, Slot, UnknownKey},
};

use crate::{
    document::{self, Node, Span, Value},
    draft::{Draft, Entry, Written},
    finding::{Finding, Where},
    guard::{GUARD, Guard},
    place::Lines,
};

/// The key under which paths stand.
pub(crate) const RESOURCES: &str = "resources";

/// What is written for a path without a policy.
pub(crate) const NONE: &str = "none";

/// The key by which a JSON file names its schema, for editors.
pub(crate) const SCHEMA: &str = "$schema";

/// Reads what a file holds: the keys of one policy, or `resources`; and in both cases `guard`.
pub(crate) fn read(text: &str, mut entries: Vec<document::Entry>) -> (Draft, Vec<Finding>) {
    entries.retain(|entry| entry.name != SCHEMA);
    let mut reader = Reader { lines: Lines::of(text), findings: Vec::new() };
    let guards: Vec<_> = entries.extract_if(.., |entry| entry.name == GUARD).collect();
    let mut draft = reader.root(&entries);
    for entry in &guards {
        if draft.guard.is_some() {
            reader.wrong("key-twice", "guard is set twice".into(), &entry.span, "merge the two");
        }
        draft.guard = Guard::read(&mut reader, entry);
    }
    (draft, reader.findings)
}

/// The path whose policy another path shares.
fn is_path(text: &str) -> bool {
    text.starts_with(['/', '*'])
}

pub(crate) struct Reader<'t> {
    lines: Lines<'t>,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn root(&mut self, entries: &[document::Entry]) -> Draft {
        let Some(resources) = entries.iter().find(|entry| entry.name == RESOURCES) else {
            let entry = self.policy(None, entries, &[RESOURCES, GUARD]);
            return Draft { entries: vec![entry], guard: None };
        };
        for entry in entries.iter().filter(|entry| !std::ptr::eq(*entry, resources)) {
            let (problem, remedy) = match entry.name.as_str() {
                RESOURCES => ("resources is set twice".to_owned(), "merge the two".to_owned()),
                name if Key::spelled(name).is_some() => (
                    format!("{name} cannot be combined with resources"),
                    "move it under a path, such as \"*\"".to_owned(),
                ),
                name => {
                    let unknown = UnknownKey::new(name, &[RESOURCES, GUARD]);
                    (unknown.problem(), unknown.remedy())
                }
            };
            self.wrong("beside-resources", problem, &entry.span, remedy);
        }
        let Value::Table(paths) = &resources.node.value else {
            self.expected(
                "resources",
                "a table of paths",
                &resources.node,
                "write a policy for each path",
            );
            return Draft::default();
        };
        let entries = paths.iter().map(|path| self.path(path)).collect();
        let mut draft = Draft { entries, guard: None };
        let mut keys: HashMap<&str, usize> = HashMap::new();
        for (at, path) in paths.iter().enumerate() {
            if draft.entries[at].policy.is_some() {
                keys.entry(&path.name).or_insert(at);
            }
        }
        for (at, path) in paths.iter().enumerate() {
            let Value::Text(of) = &path.node.value else { continue };
            if !is_path(of) {
                continue;
            }
            let Some(keys) = keys.get(of.as_str()).map(|at| &draft.entries[*at]) else {
                let problem = format!("{of:?} has no keys that {:?} could share", path.name);
                self.wrong(
                    "path-without-keys",
                    problem,
                    &path.node.span,
                    "write a path that has keys",
                );
                continue;
            };
            let (policy, written) = (keys.policy.clone(), keys.written.clone());
            let entry = &mut draft.entries[at];
            (entry.policy, entry.written, entry.shared) = (policy, written, true);
        }
        draft
    }

    fn path(&mut self, entry: &document::Entry) -> Entry {
        let path = Some((entry.name.clone(), entry.span.clone()));
        match &entry.node.value {
            Value::Table(entries) => self.policy(path, entries, &[]),
            Value::Text(text) if text == NONE || is_path(text) => Entry::without(path),
            _ => {
                let subject = format!("{:?}", entry.name);
                self.expected(
                    &subject,
                    "a policy",
                    &entry.node,
                    "write a table of keys, or \"none\"",
                );
                Entry::without(path)
            }
        }
    }

    fn policy(
        &mut self,
        path: Option<(String, Span)>,
        entries: &[document::Entry],
        others: &[&'static str],
    ) -> Entry {
        let mut policy = Policy::new();
        let mut written: Vec<(Key, Written)> = Vec::new();
        for entry in entries {
            let Some(key) = self.key(entry, others) else { continue };
            if written.iter().any(|(known, _)| *known == key) {
                let problem = format!("{} is set twice", key.name());
                self.wrong("key-twice", problem, &entry.span, "remove one");
                continue;
            }
            let items = self.value(key, &mut policy, &entry.node);
            written.push((key, Written::File { value: entry.node.span.clone(), items }));
        }
        Entry { path, policy: Some(policy), written, shared: false }
    }

    /// The key, or the one that was meant, so that its value is looked at too.
    fn key(&mut self, entry: &document::Entry, others: &[&'static str]) -> Option<Key> {
        if let Some(key) = Key::spelled(&entry.name) {
            return Some(key);
        }
        let unknown = UnknownKey::new(&entry.name, others);
        self.wrong("unknown-key", unknown.problem(), &entry.span, unknown.remedy());
        unknown.nearest().and_then(Key::spelled)
    }

    /// Reads a value into the policy. Gives the texts of a list, and where they stand.
    fn value(&mut self, key: Key, policy: &mut Policy, node: &Node) -> Vec<(String, Span)> {
        match (key.slot(policy), &node.value) {
            (Slot::Texts(list), Value::List(nodes)) => {
                let items = self.texts(key.name(), nodes);
                *list = items.iter().map(|(text, _)| text.clone()).collect();
                return items;
            }
            (Slot::Switch(switch), Value::Switch(given)) => *switch = *given,
            (Slot::Seconds(seconds), Value::Number(Some(given))) => *seconds = *given,
            (Slot::Status(status), Value::Number(Some(given))) => {
                // What does not fit is an invalid status too.
                *status = u16::try_from(*given).unwrap_or(u16::MAX);
            }
            (Slot::Texts(_), Value::Text(text)) => {
                self.expected(key.name(), "a list of strings", node, &format!("write [{text:?}]"));
            }
            (Slot::Texts(_), _) => {
                self.expected(key.name(), "a list of strings", node, "write it in brackets");
            }
            (Slot::Switch(_), _) => {
                self.expected(key.name(), "true or false", node, "write it without quotes");
            }
            (Slot::Seconds(_), _) => {
                self.expected(key.name(), "a number of seconds", node, "write it as in 3600");
            }
            (Slot::Status(_), _) => {
                self.expected(key.name(), "200 or 204", node, "write it without quotes");
            }
        }
        Vec::new()
    }

    pub(crate) fn texts(&mut self, key: &str, nodes: &[Node]) -> Vec<(String, Span)> {
        let mut texts = Vec::with_capacity(nodes.len());
        for node in nodes {
            match &node.value {
                Value::Text(text) => texts.push((text.clone(), node.span.clone())),
                _ => self.expected(key, "a string", node, "write it in quotes"),
            }
        }
        texts
    }

    pub(crate) fn expected(&mut self, subject: &str, expected: &str, node: &Node, remedy: &str) {
        let problem = format!("{subject}: expected {expected}, found {}", node.value.kind());
        self.wrong("wrong-type", problem, &node.span, remedy);
    }

    pub(crate) fn wrong(
        &mut self,
        code: &'static str,
        problem: String,
        span: &Span,
        remedy: impl Into<String>,
    ) {
        let at = Where::At(self.lines.place(span));
        self.findings.push(Finding::error(code, problem, at).with_help(remedy));
    }
}
