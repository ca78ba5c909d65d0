//! A configuration to policies.

use cors_core::{
    Policy, Resources,
    data::{Key, Slot, UnknownKey},
};

use crate::{
    document::{Table, Value},
    json, toml,
};

/// The key of policies by path.
const RESOURCES: &str = "resources";

/// The value of a path without a policy.
const NONE: &str = "none";

/// The key by which a JSON file names its schema, for editors.
const SCHEMA: &str = "$schema";

/// Reads a configuration in JSON or TOML: the keys of one policy, or `resources` alone. A text that
/// starts with `{` is JSON.
///
/// # Errors
///
/// The first mistake.
pub fn policies(text: &str) -> Result<Resources, String> {
    let is_json = text.trim_start().starts_with('{');
    let mut root = if is_json { json::parse(text) } else { toml::parse(text) }?;
    root.entries.retain(|(name, _)| name != SCHEMA);
    if !root.entries.iter().any(|(name, _)| name == RESOURCES) {
        return policy(&root, &[RESOURCES]).map(Resources::from);
    }
    if let Some((name, _)) = root.entries.iter().find(|(name, _)| name != RESOURCES) {
        return Err(match Key::spelled(name) {
            Some(_) => format!(
                "{name} cannot be combined with resources: write it under a path, such as \"*\""
            ),
            None => UnknownKey::new(name, &[RESOURCES]).to_string(),
        });
    }
    match root.entries.first() {
        Some((_, Value::Table(paths))) => resources(paths),
        Some((_, other)) => Err(expected(RESOURCES, "a table of paths", other)),
        None => Ok(Resources::new()),
    }
}

fn resources(paths: &Table) -> Result<Resources, String> {
    let mut resources = Resources::new();
    for (path, value) in &paths.entries {
        resources = match value {
            Value::Table(keys) => resources.at(path, policy(keys, &[])?),
            Value::String(none) if none == NONE => resources.without(path),
            Value::String(of) if of.starts_with(['/', '*']) => {
                let shared = paths.entries.iter().find(|(known, _)| known == of);
                let Some((_, Value::Table(keys))) = shared else {
                    return Err(format!(
                        "{of:?} has no keys that {path:?} could share: write a path that has keys"
                    ));
                };
                resources.at(path, policy(keys, &[])?)
            }
            other => return Err(expected(&format!("{path:?}"), "a policy", other)),
        };
    }
    Ok(resources)
}

fn policy(table: &Table, others: &[&'static str]) -> Result<Policy, String> {
    let mut policy = Policy::new();
    let mut seen = Vec::new();
    for (name, value) in &table.entries {
        let key = Key::spelled(name).ok_or_else(|| UnknownKey::new(name, others).to_string())?;
        let name = key.name();
        if seen.contains(&key) {
            return Err(format!("{name} is given twice: remove one of the two"));
        }
        seen.push(key);
        match (key.slot(&mut policy), value) {
            (Slot::Texts(list), Value::List(values)) => {
                for value in values {
                    match value {
                        Value::String(text) => list.push(text.clone()),
                        other => return Err(expected(name, "strings", other)),
                    }
                }
            }
            (Slot::Switch(boolean), Value::Boolean(given)) => *boolean = *given,
            (Slot::Seconds(seconds), Value::Number(given)) => *seconds = *given,
            (Slot::Status(status), Value::Number(given)) => {
                // What does not fit is an invalid status too.
                *status = u16::try_from(*given).unwrap_or(u16::MAX);
            }
            (Slot::Texts(_), other) => return Err(expected(name, "a list of strings", other)),
            (Slot::Switch(_), other) => return Err(expected(name, "true or false", other)),
            (Slot::Seconds(_), other) => return Err(expected(name, "a number of seconds", other)),
            (Slot::Status(_), other) => return Err(expected(name, "200 or 204", other)),
        }
    }
    Ok(policy)
}

fn expected(subject: &str, expected: &str, found: &Value) -> String {
    format!("{subject}: expected {expected}, found {}", found.kind())
}
