//! [`Policy`] as data: the keys that people already type, and an unknown one is an error that names
//! the nearest known one.

use alloc::{format, string::String, vec::Vec};
use core::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, DeserializeSeed, MapAccess, Visitor},
    ser::SerializeMap,
};

use super::Policy;

/// One line for each key: how it is read, and how it is written where it is not the default.
macro_rules! keys {
    ($($(#[$cfg:meta])? $key:ident: $type:ty,)+) => {
        /// Every key, in the order written.
        const KEYS: &[&str] = &[$($(#[$cfg])? stringify!($key),)+];

        fn read<'de, M: MapAccess<'de>>(policy: &mut Policy, key: &'static str, map: &mut M) -> Result<(), M::Error> {
            match key {
                $($(#[$cfg])? stringify!($key) => policy.$key = map.next_value_seed(Value::<$type>(key, PhantomData))?,)+
                _ => return Err(unknown(key)),
            }
            Ok(())
        }

        impl Serialize for Policy {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let default = Self::default();
                let mut map = serializer.serialize_map(None)?;
                $($(#[$cfg])? if self.$key != default.$key {
                    map.serialize_entry(stringify!($key), &self.$key)?;
                })+
                map.end()
            }
        }
    };
}

keys! {
    allow_origins: Vec<String>,
    #[cfg(feature = "regex")] allow_origin_patterns: Vec<String>,
    dynamic_origins: bool,
    allow_methods: Vec<String>,
    allow_headers: Vec<String>,
    expose_headers: Vec<String>,
    allow_credentials: bool,
    max_age: u64,
    allow_private_network: bool,
    silent_refusals: bool,
    dangerously_allow_null_origin: bool,
    dangerously_allow_any_origin_with_credentials: bool,
    dangerously_allow_insecure_origins: bool,
    dangerously_allow_public_suffixes: bool,
}

impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PolicyVisitor)
    }
}

struct PolicyVisitor;

impl<'de> Visitor<'de> for PolicyVisitor {
    type Value = Policy;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a policy: a table with keys such as allow_origins")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Policy, M::Error> {
        let mut keys = Keys::default();
        while let Some(key) = map.next_key_seed(Key(None))? {
            keys.read(key, &mut map)?;
        }
        Ok(keys.policy)
    }
}

/// A policy that is being read.
#[derive(Default)]
pub(crate) struct Keys {
    pub(crate) policy: Policy,
    pub(crate) seen: Vec<&'static str>,
}

impl Keys {
    /// Reads a key's value, once.
    pub(crate) fn read<'de, M: MapAccess<'de>>(
        &mut self,
        key: &'static str,
        map: &mut M,
    ) -> Result<(), M::Error> {
        if self.seen.contains(&key) {
            return Err(de::Error::custom(format!("{key} is given twice")));
        }
        self.seen.push(key);
        read(&mut self.policy, key, map)
    }
}

/// A known key: one of a policy's, or this other one. It is refused while it is read, so that a
/// format which knows places names its own.
pub(crate) struct Key(pub(crate) Option<&'static str>);

impl<'de> DeserializeSeed<'de> for Key {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'static str, D::Error> {
        let key = String::deserialize(deserializer)?;
        let mut known = KEYS.iter().copied().chain(self.0);
        known.find(|known| *known == key).ok_or_else(|| unknown(&key))
    }
}

/// The value of a key, whose name stands before whatever is wrong with the value.
struct Value<T>(&'static str, PhantomData<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Value<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
            .map_err(|error| de::Error::custom(format!("{}: {error}", self.0)))
    }
}

fn unknown<E: de::Error>(key: &str) -> E {
    let nearest = KEYS.iter().map(|known| (distance(key, known), known)).min();
    match nearest {
        Some((distance, known)) if distance <= known.len() / 2 => {
            E::custom(format!("unknown key {key:?}: write {known}"))
        }
        _ => E::custom(format!("unknown key {key:?}: the keys are {}", KEYS.join(", "))),
    }
}

/// How many letters have to be written, removed or replaced to make one name of the other. A name
/// too long to be a slip is not compared: its end is enough to tell.
fn distance(given: &str, known: &str) -> usize {
    const LONGEST: usize = 64;
    if given.len() > LONGEST {
        return given.len();
    }
    let mut row: Vec<usize> = (0..=known.len()).collect();
    for (line, a) in given.bytes().enumerate() {
        let mut corner = line;
        row[0] = line + 1;
        for (column, b) in known.bytes().enumerate() {
            let replaced = corner + usize::from(a != b);
            corner = row[column + 1];
            row[column + 1] = replaced.min(corner + 1).min(row[column] + 1);
        }
    }
    row[known.len()]
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[track_caller]
    fn fails(json: &str, message: &str) {
        let error = serde_json::from_str::<Policy>(json).expect_err(json).to_string();
        assert!(error.starts_with(message), "{error}");
    }

    #[test]
    fn an_unknown_key_names_the_nearest_one() {
        fails(r#"{"allow_origin": ["*"]}"#, "unknown key \"allow_origin\": write allow_origins");
        fails(r#"{"allowed_methods": []}"#, "unknown key \"allowed_methods\": write allow_methods");
        fails(r#"{"maxAge": 1}"#, "unknown key \"maxAge\": write max_age");
        fails(r#"{"colour": 1}"#, "unknown key \"colour\": the keys are allow_origins, ");
    }

    #[test]
    fn a_wrong_value_names_its_key() {
        fails(
            r#"{"allow_origins": "*"}"#,
            "allow_origins: invalid type: string \"*\", expected a sequence",
        );
        fails(r#"{"max_age": -1}"#, "max_age: invalid value: integer `-1`, expected u64");
        fails(r#"{"max_age": 1, "max_age": 2}"#, "max_age is given twice");
        fails("[]", "invalid type: sequence, expected a policy");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let policy = Policy::new()
            .allow_origins(["https://a.example"])
            .allow_methods(["PUT"])
            .allow_credentials(true)
            .max_age(0)
            .dangerously_allow_null_origin();
        let json = serde_json::to_string(&policy).expect("a policy is data");
        assert_eq!(
            json,
            r#"{"allow_origins":["https://a.example"],"allow_methods":["PUT"],"allow_credentials":true,"max_age":0,"dangerously_allow_null_origin":true}"#
        );
        assert_eq!(serde_json::from_str::<Policy>(&json).expect("the same"), policy);
    }
}
