//! A file's text as a tree of values, each with its place: what TOML and JSON have in common.

use std::ops::Range;

/// Bytes of the text.
pub(crate) type Span = Range<usize>;

/// A value, and where it stands.
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) value: Value,
}

/// As much of a value as a policy can have.
pub(crate) enum Value {
    Text(String),
    /// Nothing for one that is negative, too large, or not whole.
    Number(Option<u64>),
    Switch(bool),
    List(Vec<Node>),
    Table(Vec<Entry>),
    /// What no policy has, by what it is called.
    Other(&'static str),
}

/// A key, where it stands, and its value.
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) span: Span,
    pub(crate) node: Node,
}

/// What is wrong with the text as TOML or JSON, and where.
pub(crate) struct Syntax {
    pub(crate) message: String,
    pub(crate) span: Span,
}

impl Value {
    /// What it is called in a sentence.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Number(Some(_)) => "a number",
            Self::Number(None) => "a number that is negative, fractional or too large",
            Self::Switch(_) => "true or false",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Other(kind) => kind,
        }
    }
}
