//! JSON as a tree of values. What serde_json leaves raw is a slice of the text, and so has a place.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

use crate::{
    document::{Entry, Node, Span, Syntax, Value},
    place::floor,
};

/// How deep the values of a policy are nested: a text in a list under a key under a path under
/// `resources`, in a file.
const DEPTH: usize = 5;

/// The entries of a file, or the first mistake in its syntax.
pub(crate) fn parse(text: &str) -> Result<Vec<Entry>, Vec<Syntax>> {
    let whole: &RawValue =
        serde_json::from_str(text).map_err(|error| vec![syntax(text, &error)])?;
    let node = node(text, whole, DEPTH);
    match node.value {
        Value::Table(entries) => Ok(entries),
        other => {
            let message = format!("expected an object, found {}", other.kind());
            Err(vec![Syntax { message, span: node.span }])
        }
    }
}

/// What is nested deeper than a policy is not looked into.
fn node(text: &str, raw: &RawValue, depth: usize) -> Node {
    let json = raw.get();
    let value = match json.as_bytes().first() {
        Some(b'"') => {
            text_of(json).map_or(Value::Other("a string that is not valid Unicode"), Value::Text)
        }
        Some(b't') => Value::Switch(true),
        Some(b'f') => Value::Switch(false),
        Some(b'n') => Value::Other("null"),
        Some(b'[') => match serde_json::from_str::<Vec<&RawValue>>(json) {
            Ok(items) if depth > 0 => {
                Value::List(items.into_iter().map(|item| node(text, item, depth - 1)).collect())
            }
            _ => Value::Other("a list"),
        },
        Some(b'{') => match serde_json::from_str::<Entries<'_>>(json) {
            Ok(Entries(entries)) if depth > 0 => Value::Table(
                entries.into_iter().map(|(key, raw)| entry(text, key, raw, depth - 1)).collect(),
            ),
            _ => Value::Other("an object"),
        },
        _ => Value::Number(json.parse().ok()),
    };
    Node { span: span(text, raw), value }
}

fn entry(text: &str, key: &RawValue, raw: &RawValue, depth: usize) -> Entry {
    Entry {
        // One that is not Unicode is no key: it is named as it is written.
        name: text_of(key.get()).unwrap_or_else(|| key.get().to_owned()),
        span: span(text, key),
        node: node(text, raw, depth),
    }
}

fn text_of(json: &str) -> Option<String> {
    serde_json::from_str(json).ok()
}

/// Where a slice of the text stands in it.
fn span(text: &str, raw: &RawValue) -> Span {
    let start = raw.get().as_ptr().addr().saturating_sub(text.as_ptr().addr());
    start..start + raw.get().len()
}

fn syntax(text: &str, error: &serde_json::Error) -> Syntax {
    let line: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = floor(text, line + error.column().saturating_sub(1));
    let said = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    let message = said.strip_suffix(&position).unwrap_or(&said).to_owned();
    Syntax { message, span: at..at }
}

/// An object's entries as written, repeated keys included.
struct Entries<'j>(Vec<(&'j RawValue, &'j RawValue)>);

impl<'j> Deserialize<'j> for Entries<'j> {
    fn deserialize<D: Deserializer<'j>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor;

        impl<'j> Visitor<'j> for EntriesVisitor {
            type Value = Entries<'j>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'j>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(EntriesVisitor)
    }
}
