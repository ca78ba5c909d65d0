//! A value of a language without types, as JSON or TOML can say it.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, SeqAccess, Visitor},
};

/// What an option is set to.
///
/// What JSON and TOML have no word for is an object with one key that begins with `$`:
///
/// | written | means |
/// |---|---|
/// | `{"$regex": "…", "flags": "i"}` | a regular expression |
/// | `{"$sym": "any"}` | a Ruby symbol |
/// | `{"$undefined": 1}` | JavaScript's `undefined` |
/// | `{"$set": […]}`, `{"$tuple": […]}` | a Python collection |
/// | `{"$timedelta": 60}` | a Python duration, in seconds |
/// | `{"$pairs": [[key, value], …]}` | a dictionary whose keys are no texts |
/// | `{"$fn": "name"}`, `$delegate`, `$proc`, `$signal` | code |
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// `null`, `None`, `nil`
    Null,
    /// JavaScript's `undefined`
    Undefined,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// A text.
    Text(String),
    /// A list, a set or a tuple.
    List(Vec<Value>),
    /// A dictionary, in the order written.
    Table(Vec<(Value, Value)>),
    /// A regular expression, in the syntax of its language.
    Regex {
        /// Without delimiters.
        pattern: String,
        /// One letter each.
        flags: String,
    },
    /// A Ruby symbol's name.
    Symbol(String),
    /// Code, by its name.
    Code(String),
}

impl Value {
    /// A text, or a symbol's name.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Symbol(text) => Some(text),
            _ => None,
        }
    }

    /// What JavaScript takes for true.
    pub(crate) fn is_truthy(&self) -> bool {
        match self {
            Self::Null | Self::Undefined | Self::Bool(false) | Self::Integer(0) => false,
            Self::Float(number) => *number != 0.0,
            Self::Text(text) => !text.is_empty(),
            _ => true,
        }
    }

    /// The elements of a list; any other value as the only one.
    pub(crate) fn elements(&self) -> &[Self] {
        match self {
            Self::List(elements) => elements,
            one => std::slice::from_ref(one),
        }
    }

    /// The elements of lists inside lists, in the order written.
    pub(crate) fn flat(&self) -> Vec<&Self> {
        match self {
            Self::List(elements) => elements.iter().flat_map(Self::flat).collect(),
            one => vec![one],
        }
    }

    fn of_marker(marker: &str, value: Self, flags: String) -> Self {
        match (marker, value) {
            ("$undefined", _) => Self::Undefined,
            ("$regex", Self::Text(pattern)) => Self::Regex { pattern, flags },
            ("$sym", Self::Text(name)) => Self::Symbol(name),
            ("$set" | "$tuple", list @ Self::List(_)) => list,
            ("$timedelta", seconds) => seconds,
            ("$pairs", Self::List(pairs)) => Self::Table(
                pairs
                    .into_iter()
                    .filter_map(|pair| match pair {
                        Self::List(pair) => <[Self; 2]>::try_from(pair).ok(),
                        _ => None,
                    })
                    .map(|[key, value]| (key, value))
                    .collect(),
            ),
            (marker, Self::Text(name)) => Self::Code(format!("{marker} {name}")),
            (marker, _) => Self::Code(marker.to_owned()),
        }
    }
}

/// As it would be written, for messages.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Undefined => f.write_str("undefined"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Float(value) => write!(f, "{value}"),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::List(_) => f.write_str("a list"),
            Self::Table(_) => f.write_str("a table"),
            Self::Regex { pattern, flags } => write!(f, "/{pattern}/{flags}"),
            Self::Symbol(name) => write!(f, ":{name}"),
            Self::Code(name) => f.write_str(name),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        i64::try_from(value).map(Value::Integer).map_err(E::custom)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = seq.next_element()? {
            list.push(element);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut marker = None;
        let mut flags = String::new();
        let mut table = Vec::new();
        while let Some((key, value)) = map.next_entry::<String, Value>()? {
            match (key, value) {
                (key, value) if key.starts_with('$') => marker = Some((key, value)),
                (key, Value::Text(text)) if key == "flags" => flags = text,
                (key, value) => table.push((Value::Text(key), value)),
            }
        }
        Ok(match marker {
            Some((marker, value)) => Value::of_marker(&marker, value, flags),
            None => Value::Table(table),
        })
    }
}
