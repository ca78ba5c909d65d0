//! A JSON Schema of policy files, so that editors complete them.

use cors_core::{
    DEFAULT_MAX_AGE, Policy,
    data::{Key, Slot},
};
use serde_json::{Map, Value, json};

use crate::{
    guard::{GUARD, OWN_HOSTS},
    read::{NONE, RESOURCES, SCHEMA},
};

/// The [JSON Schema](https://json-schema.org/draft/2020-12) of a policy file, made of the keys that
/// [`load`](crate::load) reads.
///
/// It tells editors what may be written; whether an origin is one is left to `cors check`.
///
/// ```
/// let schema = cors_file::schema();
/// assert_eq!(schema["$defs"]["policy"]["properties"]["allow_credentials"]["type"], "boolean");
/// ```
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "CORS policy",
        "description": "One policy for every path, or resources: a policy for each path.",
        "anyOf": [
            policy(with_schema(own_name, refer), true),
            { "$ref": "#/$defs/resources" },
        ],
        "$defs": {
            "policy": policy(with_schema(own_name, describe), false),
            "guard": {
                "description": "Answers requests of strangers that change state or open a WebSocket with 403.",
                "type": "object",
                "properties": {
                    OWN_HOSTS: {
                        "description": "The hosts that the server is reached under, such as \"api.example.com\" or \"localhost:8080\". Empty for the loopback names.",
                        "type": "array",
                        "items": { "type": "string" },
                    },
                },
                "patternProperties": { "^ownHosts$": { "$ref": "#/$defs/guard/properties/own_hosts" } },
                "additionalProperties": false,
            },
            "resources": {
                "type": "object",
                "properties": {
                    SCHEMA: { "type": "string" },
                    GUARD: { "$ref": "#/$defs/guard" },
                    RESOURCES: {
                        "description": "Paths, such as \"/api\", \"/api/*\" or \"*\", each with its policy, with the path whose policy it shares, or with \"none\".",
                        "type": "object",
                        "minProperties": 1,
                        "additionalProperties": {
                            "anyOf": [
                                { "$ref": "#/$defs/policy" },
                                { "const": NONE },
                                { "type": "string", "pattern": "^[/*]" },
                            ],
                        },
                    },
                },
                "required": [RESOURCES],
                "additionalProperties": false,
            },
        },
    })
}

/// A policy: as the whole of a file it may name its schema.
fn policy(mut keys: Map<String, Value>, whole: bool) -> Value {
    if whole {
        keys.insert(SCHEMA.to_owned(), json!({ "type": "string" }));
        keys.insert(GUARD.to_owned(), json!({ "$ref": "#/$defs/guard" }));
    }
    json!({
        "type": "object",
        "properties": keys,
        "patternProperties": with_schema(other_spellings, refer),
        "additionalProperties": false,
    })
}

fn with_schema(names: fn(Key) -> Vec<String>, of: fn(Key) -> Value) -> Map<String, Value> {
    let named = |key: &Key| {
        let schema = of(*key);
        names(*key).into_iter().map(move |name| (name, schema.clone()))
    };
    Key::ALL.iter().flat_map(named).collect()
}

fn own_name(key: Key) -> Vec<String> {
    vec![key.name().to_owned()]
}

/// Read, and not completed: a pattern, where there are any.
fn other_spellings(key: Key) -> Vec<String> {
    match key.spellings().split_first() {
        Some((_, others)) if !others.is_empty() => vec![format!("^({})$", others.join("|"))],
        _ => Vec::new(),
    }
}

fn refer(key: Key) -> Value {
    json!({ "$ref": format!("#/$defs/policy/properties/{}", key.name()) })
}

fn describe(key: Key) -> Value {
    let description = key.about();
    match key.slot(&mut Policy::new()) {
        Slot::Texts(_) => json!({
            "description": description,
            "type": "array",
            "items": { "type": "string" },
        }),
        Slot::Switch(_) => json!({
            "description": description,
            "type": "boolean",
            "default": false,
        }),
        Slot::Seconds(_) => json!({
            "description": description,
            "type": "integer",
            "minimum": 0,
            "maximum": 86_400,
            "default": DEFAULT_MAX_AGE,
        }),
        Slot::Status(status) => json!({
            "description": description,
            "enum": [200, 204],
            "default": *status,
        }),
    }
}
