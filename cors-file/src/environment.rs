//! Keys that the environment overrides: `CORS_MAX_AGE=60`.

use cors_core::data::{Key, Slot, UnknownKey};

use crate::{
    draft::{Draft, Written},
    finding::{Finding, Where},
};

/// What the name of every variable begins with.
pub(crate) const PREFIX: &str = "CORS_";

/// Puts the variables in the place of what the file says, or says what is wrong with them.
pub(crate) fn apply(draft: &mut Draft, variables: &[(String, String)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, value) in variables {
        let Err((code, problem, remedy)) = set(draft, name, value) else { continue };
        findings
            .push(Finding::error(code, problem, Where::Variable(name.clone())).with_help(remedy));
    }
    findings
}

/// A code, what is wrong, and what to do.
type Wrong = (&'static str, String, String);

fn set(draft: &mut Draft, name: &str, value: &str) -> Result<(), Wrong> {
    let Some(key) = key(name)? else { return Ok(()) };
    let [entry] = &mut draft.entries[..] else { return Err(several(key)) };
    let (Some(policy), None) = (&mut entry.policy, &entry.path) else { return Err(several(key)) };
    let is_set = |(known, written): &(Key, Written)| {
        *known == key && matches!(written, Written::Variable(_))
    };
    if entry.written.iter().any(is_set) {
        let problem = format!("{} is set by two environment variables", key.name());
        return Err(("variable-twice", problem, "remove one".to_owned()));
    }
    let wrong = |expected: &str, remedy: &str| {
        let problem = format!("{}: expected {expected}, found {value:?}", key.name());
        Err(("variable-value", problem, remedy.to_owned()))
    };
    match key.slot(policy) {
        Slot::Texts(list) => {
            if let Some((problem, remedy)) = slip(key, value.trim()) {
                let problem = format!("{}: {problem}: {value:?}", key.name());
                return Err(("variable-value", problem, remedy.to_owned()));
            }
            *list = texts(value);
        }
        Slot::Switch(switch) => match value.trim() {
            "false" => *switch = false,
            "true" if key.is_dangerous() && !*switch => {
                let problem =
                    format!("{} cannot be enabled by an environment variable", key.name());
                let remedy = "set it in the file, where reviewers see it";
                return Err(("variable-dangerous", problem, remedy.to_owned()));
            }
            "true" => *switch = true,
            other => return wrong("true or false", meant(other)),
        },
        Slot::Seconds(seconds) => match value.trim().parse() {
            Ok(given) => *seconds = given,
            Err(_) => return wrong("a number of seconds", "write it as in 3600"),
        },
        Slot::Status(status) => match value.trim().parse() {
            Ok(given) => *status = given,
            Err(_) => return wrong("200 or 204", "write it as in 200"),
        },
    }
    entry.written.retain(|(known, _)| *known != key);
    entry.written.push((key, Written::Variable(name.to_owned())));
    Ok(())
}

/// The key that a variable is named by. One that is far from all of them is somebody else's.
fn key(name: &str) -> Result<Option<Key>, Wrong> {
    let Some(rest) = name.strip_prefix(PREFIX) else { return Ok(None) };
    let rest = rest.to_ascii_lowercase();
    if let Some(key) = Key::spelled(&rest) {
        return Ok(Some(key));
    }
    match UnknownKey::new(&rest, &[]).nearest() {
        Some(nearest) => {
            let remedy = format!("write {PREFIX}{}", nearest.to_ascii_uppercase());
            Err(("unknown-variable", format!("unknown variable {name}"), remedy))
        }
        None => Ok(None),
    }
}

/// One variable for several policies would make the narrow ones as wide as the others.
fn several(key: Key) -> Wrong {
    let problem = format!("{} cannot be overridden in a file with resources", key.name());
    ("variable-resources", problem, "set it in the file, under its path".to_owned())
}

/// What people write in place of a list with commas, and what to do.
fn slip(key: Key, value: &str) -> Option<(&'static str, &'static str)> {
    let is_quoted =
        |quote: char| value.len() > 1 && value.starts_with(quote) && value.ends_with(quote);
    if is_quoted('"') || is_quoted('\'') {
        return Some(("the quotes are part of the value", "remove them where the variable is set"));
    }
    // In a regular expression, all of these have a meaning.
    if key == Key::AllowOriginPatterns {
        return None;
    }
    if value.starts_with('[') {
        return Some(("a JSON array is not a list here", "separate the values with commas only"));
    }
    if value.contains(';') {
        return Some(("\";\" does not separate values", "separate them with commas"));
    }
    let mut values = value.split(',').map(str::trim);
    values
        .any(|item| item.contains(char::is_whitespace))
        .then_some(("white space does not separate values", "separate them with commas"))
}

/// What a value that is neither `true` nor `false` was meant to say.
fn meant(value: &str) -> &'static str {
    let value = value.trim_matches(['"', '\'']).to_ascii_lowercase();
    match value.as_str() {
        "true" | "1" | "yes" | "y" | "on" | "t" => "write true",
        "false" | "0" | "no" | "n" | "off" | "f" | "" => "write false",
        _ => "write true or false",
    }
}

/// What stands between commas, without the white space around it. Nothing at all is an empty list.
fn texts(value: &str) -> Vec<String> {
    match value.trim() {
        "" => Vec::new(),
        value => value.split(',').map(|item| item.trim().to_owned()).collect(),
    }
}
