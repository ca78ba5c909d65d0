//! A library's options as a type, and an unknown one as an error that names the nearest.

use serde::{Deserialize, Deserializer, de};

use crate::{Cause, Mistake, Value};

/// A struct with one field for each option, read in that library's spelling. An option that is
/// absent is `None`, which is not the same as one that is null.
macro_rules! options {
    ($(#[$doc:meta])+ $vis:vis struct $name:ident { $($(#[$field_doc:meta])+ $field:ident = $key:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Clone, PartialEq, Debug, Default)]
        $vis struct $name {
            $($(#[$field_doc])+ $vis $field: Option<$crate::Value>,)+
        }

        impl $name {
            const KEYS: &[&str] = &[$($key,)+];

            /// Reads a table, or says which mistake it has.
            #[allow(dead_code, reason = "only some are inside others")]
            pub(crate) fn of(option: &str, value: &$crate::Value) -> Result<Self, $crate::Mistake> {
                let mut options = Self::default();
                for (key, value) in $crate::options::entries(option, value)? {
                    match key {
                        $($key => options.$field = Some(value.clone()),)+
                        key => return Err($crate::options::no_option(option, key, Self::KEYS)),
                    }
                }
                Ok(options)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Options;

                impl<'de> serde::de::Visitor<'de> for Options {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("a table of options")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                        let mut options = $name::default();
                        while let Some(key) = map.next_key_seed($crate::options::Key($name::KEYS))? {
                            let value = Some(map.next_value()?);
                            match key {
                                $($key => options.$field = value,)+
                                _ => {}
                            }
                        }
                        Ok(options)
                    }
                }

                deserializer.deserialize_map(Options)
            }
        }
    };
}
pub(crate) use options;

/// A known key. It is refused while it is read, so that the format names its place.
pub(crate) struct Key(pub(crate) &'static [&'static str]);

impl<'de> de::DeserializeSeed<'de> for Key {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'static str, D::Error> {
        let key = String::deserialize(deserializer)?;
        let known = self.0.iter().copied().find(|known| *known == key);
        known.ok_or_else(|| de::Error::custom(unknown(&key, self.0)))
    }
}

/// The entries of a table whose keys are texts.
pub(crate) fn entries<'v>(
    option: &str,
    value: &'v Value,
) -> Result<Vec<(&'v str, &'v Value)>, Mistake> {
    let is = |cause| Mistake { cause, option: option.into(), value: value.to_string() };
    let Value::Table(entries) = value else { return Err(is(Cause::Type)) };
    let entries = entries.iter().map(|(key, value)| Some((key.text()?, value)));
    entries.collect::<Option<_>>().ok_or_else(|| is(Cause::Type))
}

/// The mistake of an option that is not known.
pub(crate) fn no_option(option: &str, key: &str, known: &[&str]) -> Mistake {
    let value = match nearest(key, known) {
        Some(nearest) => format!("{key:?} (or {nearest}?)"),
        None => format!("{key:?}"),
    };
    Mistake { cause: Cause::Option, option: option.into(), value }
}

fn unknown(key: &str, known: &[&str]) -> String {
    match nearest(key, known) {
        Some(nearest) => format!("unknown option {key:?}: write {nearest}"),
        None => format!("unknown option {key:?}: the options are {}", known.join(", ")),
    }
}

fn nearest<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let likeness = |known: &&&str| {
        let likeness = strsim::jaro_winkler(&key.to_lowercase(), &known.to_lowercase());
        (likeness * 1000.0) as u32
    };
    known.iter().max_by_key(likeness).filter(|nearest| likeness(nearest) > 800).copied()
}
