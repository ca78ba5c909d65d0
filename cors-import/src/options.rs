//! A library's options as a type, and the keys that it does not have.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserializer,
    de::{MapAccess, Visitor},
};

use crate::{Cause, Mistake, Value};

/// A type with one field for each option.
pub(crate) trait Options: Default {
    /// The options, in the library's spelling.
    const KEYS: &[&str];

    /// Where the value of an option goes.
    fn slot(&mut self, key: &str) -> Option<&mut Option<Value>>;

    /// Keys that the library does not have, in the order read.
    fn ignored(&mut self) -> &mut Vec<String>;
}

/// A struct with one field for each option, read in that library's spelling. An option that is
/// absent is `None`, which is not the same as one that is null.
macro_rules! options {
    ($(#[$doc:meta])+ $vis:vis struct $name:ident { $($(#[$field_doc:meta])+ $field:ident = $key:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Clone, PartialEq, Debug, Default)]
        $vis struct $name {
            $($(#[$field_doc])+ $vis $field: Option<$crate::Value>,)+
            /// Keys that the library does not have.
            $vis ignored: Vec<String>,
        }

        impl $crate::options::Options for $name {
            const KEYS: &[&str] = &[$($key,)+];

            fn slot(&mut self, key: &str) -> Option<&mut Option<$crate::Value>> {
                match key {
                    $($key => Some(&mut self.$field),)+
                    _ => None,
                }
            }

            fn ignored(&mut self) -> &mut Vec<String> {
                &mut self.ignored
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::options::deserialize(deserializer)
            }
        }
    };
}
pub(crate) use options;

/// Reads options from a text, whose format names the place of a mistake.
pub(crate) fn deserialize<'de, T: Options, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(OptionsVisitor(PhantomData))
}

/// Reads options that stand inside another.
pub(crate) fn read<T: Options>(option: &str, value: &Value) -> Result<T, Mistake> {
    let is = |cause, value: String| Mistake { cause, option: option.into(), value, said: None };
    let Value::Table(entries) = value else { return Err(is(Cause::Type, value.to_string())) };
    let mut options = T::default();
    for (key, value) in entries {
        let Some(key) = key.text() else { return Err(is(Cause::Type, key.to_string())) };
        match options.slot(key) {
            Some(slot) => *slot = Some(value.clone()),
            None => options.ignored().push(key.to_owned()),
        }
    }
    Ok(options)
}

struct OptionsVisitor<T>(PhantomData<T>);

impl<'de, T: Options> Visitor<'de> for OptionsVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of options")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut options = T::default();
        while let Some((key, value)) = map.next_entry::<String, Value>()? {
            match options.slot(&key) {
                Some(slot) => *slot = Some(value),
                None => options.ignored().push(key),
            }
        }
        Ok(options)
    }
}

/// The known key that an unknown one was meant to be: two edits away at most.
pub(crate) fn nearest<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let key = key.to_lowercase();
    let distance = |known: &&str| strsim::levenshtein(&key, &known.to_lowercase());
    known.iter().copied().filter(|known| distance(known) <= 2).min_by_key(|known| distance(known))
}
