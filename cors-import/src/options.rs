//! A library's options as a type, and an unknown one as an error that names the nearest.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeSeed, MapAccess, Visitor},
};

use crate::{Cause, Mistake, Value};

/// A type with one field for each option.
pub(crate) trait Options: Default {
    /// The options, in the library's spelling.
    const KEYS: &[&str];

    /// Where the value of an option goes.
    fn slot(&mut self, key: &str) -> Option<&mut Option<Value>>;
}

/// A struct with one field for each option, read in that library's spelling. An option that is
/// absent is `None`, which is not the same as one that is null.
macro_rules! options {
    ($(#[$doc:meta])+ $vis:vis struct $name:ident { $($(#[$field_doc:meta])+ $field:ident = $key:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Clone, PartialEq, Debug, Default)]
        $vis struct $name {
            $($(#[$field_doc])+ $vis $field: Option<$crate::Value>,)+
        }

        impl $crate::options::Options for $name {
            const KEYS: &[&str] = &[$($key,)+];

            fn slot(&mut self, key: &str) -> Option<&mut Option<$crate::Value>> {
                match key {
                    $($key => Some(&mut self.$field),)+
                    _ => None,
                }
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
    let is = |cause, value: String| Mistake { cause, option: option.into(), value };
    let Value::Table(entries) = value else { return Err(is(Cause::Type, value.to_string())) };
    let mut options = T::default();
    for (key, value) in entries {
        let Some(key) = key.text() else { return Err(is(Cause::Type, key.to_string())) };
        let Some(slot) = options.slot(key) else {
            let shown = match nearest(key, T::KEYS) {
                Some(nearest) => format!("{key:?} (or {nearest}?)"),
                None => format!("{key:?}"),
            };
            return Err(is(Cause::Option, shown));
        };
        *slot = Some(value.clone());
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
        while let Some(key) = map.next_key_seed(Key(T::KEYS))? {
            let value = map.next_value()?;
            if let Some(slot) = options.slot(key) {
                *slot = Some(value);
            }
        }
        Ok(options)
    }
}

/// A known key. It is refused while it is read, so that the format names its place.
struct Key(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Key {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'static str, D::Error> {
        let key = String::deserialize(deserializer)?;
        let known = self.0.iter().copied().find(|known| *known == key);
        known.ok_or_else(|| {
            de::Error::custom(match nearest(&key, self.0) {
                Some(nearest) => format!("unknown option {key:?}: write {nearest}"),
                None => format!("unknown option {key:?}: the options are {}", self.0.join(", ")),
            })
        })
    }
}

fn nearest<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    /// Beyond this two names have little in common, by Jaro and Winkler.
    const ALIKE: f64 = 0.8;
    let key = key.to_lowercase();
    let likeness = |known: &&str| strsim::jaro_winkler(&key, &known.to_lowercase());
    let best = known.iter().copied().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    best.filter(|best| likeness(best) > ALIKE)
}
