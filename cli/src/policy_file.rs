//! A policy in a file: read and proved, or every mistake with its place.

mod from_json;
mod from_toml;
mod mistakes;

use std::{fs, path::Path};

use cors_core::{Carrier, Cors, Policy};

pub(crate) use mistakes::Mistakes;
use mistakes::{Mistake, Place};

/// Reads and compiles a policy, from TOML or JSON by the file's name.
///
/// # Errors
///
/// Every mistake, with the line that has it where that is known.
pub(crate) fn load<C: Carrier>(path: &Path) -> Result<Cors<C>, Mistakes> {
    compile(path).map_err(|mistakes| Mistakes::new(path, mistakes))
}

fn compile<C: Carrier>(path: &Path) -> Result<Cors<C>, Vec<Mistake>> {
    let (read, find): (Read, Find) = match path.extension().and_then(|name| name.to_str()) {
        Some("toml") => (from_toml::read, from_toml::find),
        Some("json") => (from_json::read, from_json::find),
        _ => return Err(vec![Mistake::new("a policy is a .toml or a .json file", None)]),
    };
    let text = fs::read_to_string(path)
        .map_err(|error| vec![Mistake::new(format!("cannot be read: {error}"), None)])?;
    read(&text)?.compile().map_err(|errors| {
        let mistake = |error: &cors_core::PolicyError| {
            let found = key_of(error.code()).and_then(|key| find(&text, key, error.value()));
            let place = found.map(|offset| Place::of(&text, offset));
            Mistake::new(format!("{error} [{}]", error.code()), place)
        };
        errors.iter().map(mistake).collect()
    })
}

type Read = fn(&str) -> Result<Policy, Vec<Mistake>>;

/// Where the value stands under the key, or else where the key does.
type Find = fn(text: &str, key: &str, value: &str) -> Option<usize>;

/// The key that a kind of mistake is about.
fn key_of(code: &str) -> Option<&'static str> {
    let (subject, _) = code.split_once('-')?;
    Some(match subject {
        _ if code == "credentials-any-exposed" => "expose_headers",
        "origin" | "credentials" => "allow_origins",
        "regex" => "allow_origin_patterns",
        "method" => "allow_methods",
        "header" => "allow_headers",
        "exposed" => "expose_headers",
        "max" => "max_age",
        "resources" | "path" => "resources",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use cors_core::Reason;

    use super::*;

    #[test]
    fn every_kind_of_mistake_has_a_key() {
        for reason in Reason::ALL {
            assert!(key_of(reason.code()).is_some(), "{}", reason.code());
        }
    }
}
