//! JSON, read with the name of the field in front of what is wrong with it.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

/// A value and where it stands, such as `request.headers[1]`. It was scanned and not yet read.
pub(crate) struct Field<'j> {
    path: String,
    json: &'j RawValue,
}

impl<'j> Field<'j> {
    /// The one value that `text` is.
    pub(crate) fn whole(text: &'j str) -> Result<Self, String> {
        let json = serde_json::from_str(text).map_err(|error| {
            format!("not JSON: {} at column {}", message(&error), error.column())
        })?;
        Ok(Self { path: String::new(), json })
    }

    /// The entries of an object that has no keys but these, each once.
    pub(crate) fn object(self, keys: &[&str]) -> Result<Object<'j>, String> {
        let Entries(entries) = self.read("an object")?;
        for (at, (key, _)) in entries.iter().enumerate() {
            if !keys.contains(&key.as_str()) {
                let keys = keys.join(", ");
                return Err(self.wrong(format_args!("unknown key {key:?}: the keys are {keys}")));
            }
            if entries[..at].iter().any(|(before, _)| before == key) {
                return Err(self.wrong(format_args!("{key} is given twice")));
            }
        }
        Ok(Object { field: self, entries })
    }

    /// The values of a list.
    pub(crate) fn list(&self, expected: &str) -> Result<Vec<Self>, String> {
        let items = self.read::<Vec<&'j RawValue>>(expected)?;
        Ok(items
            .into_iter()
            .enumerate()
            .map(|(at, json)| Self { path: format!("{}[{at}]", self.path), json })
            .collect())
    }

    /// The value as a type that knows what is wrong with it, or else is `expected`.
    pub(crate) fn read<T: Deserialize<'j>>(&self, expected: &str) -> Result<T, String> {
        serde_json::from_str(self.json.get()).map_err(|error| match error.is_data() {
            true => self.wrong(format_args!("expected {expected}, found {}", self.kind())),
            false => self.wrong(message(&error)),
        })
    }

    /// The value as a type whose own messages say more than its name.
    pub(crate) fn read_explained<T: Deserialize<'j>>(&self) -> Result<T, String> {
        serde_json::from_str(self.json.get()).map_err(|error| self.wrong(message(&error)))
    }

    /// Puts the field's name in front.
    pub(crate) fn wrong(&self, message: impl fmt::Display) -> String {
        match self.path.as_str() {
            "" => message.to_string(),
            path => format!("{path}: {message}"),
        }
    }

    fn kind(&self) -> &'static str {
        match self.json.get().as_bytes().first() {
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b'"') => "a text",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            _ => "a number",
        }
    }
}

/// An object, its keys known.
pub(crate) struct Object<'j> {
    field: Field<'j>,
    entries: Vec<(String, &'j RawValue)>,
}

impl<'j> Object<'j> {
    /// The value under this key.
    pub(crate) fn get(&self, key: &str) -> Result<Field<'j>, String> {
        self.find(key).ok_or_else(|| self.field.wrong(format_args!("{key} is missing")))
    }

    /// The value under this key, if there is one.
    pub(crate) fn find(&self, key: &str) -> Option<Field<'j>> {
        let (_, json) = self.entries.iter().find(|(known, _)| known == key)?;
        let dot = if self.field.path.is_empty() { "" } else { "." };
        Some(Field { path: format!("{}{dot}{key}", self.field.path), json })
    }
}

/// What serde_json says is wrong, without the line and column that it writes behind.
pub(crate) fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&position).unwrap_or(&text).to_owned()
}

/// An object's entries as written, repeated keys included.
struct Entries<'j>(Vec<(String, &'j RawValue)>);

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
