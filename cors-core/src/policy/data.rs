//! [`Policy`] as data: the keys that people already type, and an unknown one is an error that names
//! the nearest known one.

use alloc::{format, string::String, vec::Vec};
use core::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, DeserializeSeed, MapAccess, Visitor},
    ser::SerializeMap,
};

use super::{
    Policy,
    key::{Key, Slot, UnknownKey},
};

impl Serialize for Policy {
    /// Writes what differs from the default.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (mut policy, mut default) = (self.clone(), Self::default());
        let mut map = serializer.serialize_map(None)?;
        for key in Key::ALL {
            let value = key.slot(&mut policy);
            if value != key.slot(&mut default) {
                map.serialize_entry(key.name(), &value)?;
            }
        }
        map.end()
    }
}

impl Serialize for Slot<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Texts(list) => list.serialize(serializer),
            Self::Switch(switch) => switch.serialize(serializer),
            Self::Seconds(seconds) => seconds.serialize(serializer),
            Self::Status(status) => status.serialize(serializer),
        }
    }
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
        while let Some(key) = map.next_key_seed(Spelling(&[]))? {
            if let Some(key) = key {
                keys.read(key, &mut map)?;
            }
        }
        Ok(keys.policy)
    }
}

/// A policy that is being read.
#[derive(Default)]
pub(crate) struct Keys {
    pub(crate) policy: Policy,
    pub(crate) seen: Vec<Key>,
}

impl Keys {
    /// Reads a key's value, once.
    pub(crate) fn read<'de, M: MapAccess<'de>>(
        &mut self,
        key: Key,
        map: &mut M,
    ) -> Result<(), M::Error> {
        let name = key.name();
        if self.seen.contains(&key) {
            return Err(de::Error::custom(format!("{name} is given twice")));
        }
        self.seen.push(key);
        match key.slot(&mut self.policy) {
            Slot::Texts(list) => *list = map.next_value_seed(Value(name, PhantomData))?,
            Slot::Switch(switch) => *switch = map.next_value_seed(Value(name, PhantomData))?,
            Slot::Seconds(seconds) => *seconds = map.next_value_seed(Value(name, PhantomData))?,
            Slot::Status(status) => *status = map.next_value_seed(Value(name, PhantomData))?,
        }
        Ok(())
    }
}

/// A key of a policy, or one of these others. What is neither is refused while it is read, so that a
/// format which knows places names its own.
pub(crate) struct Spelling(pub(crate) &'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Spelling {
    /// Nothing for one of the others.
    type Value = Option<Key>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Key>, D::Error> {
        let given = String::deserialize(deserializer)?;
        match Key::spelled(&given) {
            None if !self.0.contains(&given.as_str()) => {
                Err(de::Error::custom(UnknownKey::new(&given, self.0)))
            }
            key => Ok(key),
        }
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
        fails(r#"{"colour": 1}"#, "unknown key \"colour\": the keys are allow_origins, ");
    }

    #[test]
    fn every_spelling_of_a_key_is_the_same_key() {
        let policy = Policy::new().allow_methods(["PUT"]).max_age(1);
        for json in [
            r#"{"allowed_methods": ["PUT"], "maxAge": 1}"#,
            r#"{"allowedMethods": ["PUT"], "max_age": 1}"#,
        ] {
            assert_eq!(serde_json::from_str::<Policy>(json).expect(json), policy);
        }
        fails(r#"{"allow_methods": [], "allowedMethods": []}"#, "allow_methods is given twice");
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
