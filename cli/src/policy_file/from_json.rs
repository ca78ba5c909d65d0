//! A policy as JSON.

use cors_core::Policy;

use super::{Mistake, Place};
use crate::json;

pub(super) fn read(text: &str) -> Result<Policy, Vec<Mistake>> {
    serde_json::from_str(text).map_err(|error| {
        let place = Place::new(text, error.line(), error.column());
        vec![Mistake::new(json::message(&error), Some(place))]
    })
}

pub(super) fn find(text: &str, key: &str, value: &str) -> Option<usize> {
    let key = text.find(&format!("\"{key}\""))?;
    // As a serializer writes it: a value that is escaped otherwise is not found.
    let written = serde_json::to_string(value).ok()?;
    let value = text[key..].find(&written).map(|offset| key + offset);
    Some(value.unwrap_or(key))
}
