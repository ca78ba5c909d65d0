//! [`Resources`] as data: the keys of one policy, for every path; or only `resources`, a table of
//! paths, each with a policy, with `"none"`, or with the path whose policy it shares.

use alloc::{string::String, vec::Vec};
use core::fmt;

use hashbrown::HashMap;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, MapAccess, Visitor, value::MapAccessDeserializer},
    ser::SerializeMap,
};

use super::Resources;
use crate::{
    Policy,
    policy::data::{Keys, Spelling},
};

const RESOURCES: &str = "resources";

/// What is written for a path without a policy.
const NONE: &str = "none";

impl Serialize for Resources {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(policy) = self.only() {
            return policy.serialize(serializer);
        }
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(RESOURCES, &Paths(self.clone()))?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Resources {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ResourcesVisitor)
    }
}

struct ResourcesVisitor;

impl<'de> Visitor<'de> for ResourcesVisitor {
    type Value = Resources;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a policy, or resources: a table of paths, each with a policy")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Resources, M::Error> {
        let mut keys = Keys::default();
        let mut paths = None;
        while let Some(key) = map.next_key_seed(Spelling(&[RESOURCES]))? {
            if let Some(key) = key {
                keys.read(key, &mut map)?;
            } else if paths.is_some() {
                return Err(de::Error::custom("resources is given twice"));
            } else {
                paths = Some(map.next_value::<Paths>()?.0);
            }
        }
        match (paths, keys.seen.as_slice()) {
            (None, _) => Ok(keys.policy.into()),
            (Some(resources), []) => Ok(resources),
            (Some(_), [key, ..]) => Err(de::Error::custom(format_args!(
                "{} stands beside resources: write it under a path, such as \"*\"",
                key.name()
            ))),
        }
    }
}

/// The table of paths.
struct Paths(Resources);

impl Serialize for Paths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.entries.len()))?;
        for (path, policy) in self.0.iter() {
            match policy {
                Some(policy) => map.serialize_entry(path, policy)?,
                None => map.serialize_entry(path, NONE)?,
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Paths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PathsVisitor)
    }
}

struct PathsVisitor;

impl<'de> Visitor<'de> for PathsVisitor {
    type Value = Paths;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of paths, each with a policy")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Paths, M::Error> {
        let mut written: Vec<(String, Entry)> = Vec::new();
        while let Some(entry) = map.next_entry()? {
            written.push(entry);
        }
        let mut keys: HashMap<&str, &Policy> = HashMap::new();
        for (path, entry) in &written {
            if let Entry::Policy(policy) = entry {
                keys.entry(path).or_insert(policy);
            }
        }
        let mut resources = Resources::new();
        for (path, entry) in &written {
            let policy = match entry {
                Entry::Policy(policy) => Some(policy.clone()),
                Entry::None => None,
                Entry::Shared(of) => Some(shared(&keys, path, of)?.clone()),
            };
            resources.entries.push((path.clone(), policy));
        }
        Ok(Paths(resources))
    }
}

/// The policy whose keys are written under a path.
fn shared<'e, E: de::Error>(
    keys: &HashMap<&str, &'e Policy>,
    path: &str,
    of: &str,
) -> Result<&'e Policy, E> {
    keys.get(of).copied().ok_or_else(|| {
        E::custom(format_args!(
            "{path:?} shares the policy of {of:?}, which has no keys: write a path that has keys"
        ))
    })
}

/// The value of a path.
enum Entry {
    Policy(Policy),
    None,
    /// The path whose policy it shares.
    Shared(String),
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EntryVisitor)
    }
}

struct EntryVisitor;

impl<'de> Visitor<'de> for EntryVisitor {
    type Value = Entry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a policy, the path whose policy it shares, or \"none\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Entry, E> {
        match text {
            NONE => Ok(Entry::None),
            path if path.starts_with(['/', '*']) => Ok(Entry::Shared(path.into())),
            _ => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
        }
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Entry, M::Error> {
        Policy::deserialize(MapAccessDeserializer::new(map)).map(Entry::Policy)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[track_caller]
    fn reads(json: &str, resources: &Resources) {
        assert_eq!(&serde_json::from_str::<Resources>(json).expect(json), resources);
        assert_eq!(serde_json::to_string(resources).expect("data"), json);
    }

    #[track_caller]
    fn fails(json: &str, message: &str) {
        let error = serde_json::from_str::<Resources>(json).expect_err(json).to_string();
        assert!(error.starts_with(message), "{error}");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let policy = || Policy::new().allow_any_origin();
        reads(r#"{"allow_origins":["*"]}"#, &policy().into());
        reads(
            r#"{"resources":{"/api/*":{"allow_origins":["*"]},"/health":"none"}}"#,
            &Resources::new().at("/api/*", policy()).without("/health"),
        );
        reads(r#"{"resources":{}}"#, &Resources::new());
    }

    #[test]
    fn a_path_shares_the_policy_of_another() {
        let json = r#"{"resources":{"/login":"/api/*","/api/*":{"allow_origins":["*"]}}}"#;
        let policy = || Policy::new().allow_any_origin();
        let resources = Resources::new().at("/login", policy()).at("/api/*", policy());
        assert_eq!(serde_json::from_str::<Resources>(json).expect(json), resources);
        let message = "\"/a\" shares the policy of \"/b\", which has no keys";
        fails(r#"{"resources": {"/a": "/b"}}"#, message);
        fails(r#"{"resources": {"/a": "/b", "/b": "none"}}"#, message);
        fails(r#"{"resources": {"/a": "/b", "/b": "/c", "/c": {}}}"#, message);
    }

    #[test]
    fn a_mistake_says_what_was_expected() {
        fails(r#"{"resource": {}}"#, "unknown key \"resource\"");
        fails(
            r#"{"resources": {"/": "off"}}"#,
            "invalid value: string \"off\", expected a policy, the path whose policy it \
             shares, or \"none\"",
        );
        fails(r#"{"resources": {"/": {"max": 1}}}"#, "unknown key \"max\"");
        fails(r#"{"max_age": 1, "resources": {}}"#, "max_age stands beside resources");
        fails(r#"{"resources": {}, "resources": {}}"#, "resources is given twice");
        fails(r#"{"resources": []}"#, "invalid type: sequence, expected a table of paths");
    }
}
