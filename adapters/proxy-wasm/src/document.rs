//! A configuration as a tree of values: the part that TOML and JSON have in common.

use crate::text::Text;

/// The depth of nested values: a string in a list under a key under a path under `resources`, in the
/// configuration.
pub(crate) const DEPTH: usize = 5;

/// A value that a policy can have.
#[derive(Debug)]
pub(crate) enum Value {
    String(String),
    Number(u64),
    Boolean(bool),
    List(Vec<Value>),
    Table(Table),
    /// A value that no policy has, by its name in a sentence.
    Other(&'static str),
}

impl Value {
    /// The value's name in a sentence.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::String(_) => "a string",
            Self::Number(_) => "a number",
            Self::Boolean(_) => "true or false",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Other(kind) => kind,
        }
    }
}

/// Keys and values, in the order written.
#[derive(Default, Debug)]
pub(crate) struct Table {
    pub(crate) entries: Vec<(String, Value)>,
    /// The places from which TOML may add keys. JSON never adds to a table.
    pub(crate) growth: Growth,
}

/// The places from which TOML may add keys to a table.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) enum Growth {
    /// Its own header, and headers below it: it exists only because a longer header names it.
    #[default]
    Implied,
    /// Headers below it: it has had its own header.
    Headed,
    /// Dotted keys beside it.
    Dotted,
    /// None: it is written as one value.
    Closed,
}

impl Table {
    /// Adds an entry.
    ///
    /// # Errors
    ///
    /// The key is already there.
    pub(crate) fn add(&mut self, key: String, value: Value, text: &Text<'_>) -> Result<(), String> {
        if self.entries.iter().any(|(known, _)| *known == key) {
            return Err(text.error(&format!("{key:?} is given twice: remove one of the two")));
        }
        self.entries.push((key, value));
        Ok(())
    }
}
