//! A policy as TOML.

use cors_core::Policy;
use serde::{Deserialize, de::value::MapDeserializer};
use toml::{
    Deserializer,
    de::{DeTable, Error},
};

use super::{Mistake, Place};

pub(super) fn read(text: &str) -> Result<Policy, Vec<Mistake>> {
    let mistake = |error: Error, offset: Option<usize>| {
        // Behind the first line it only repeats the key.
        let message = error.message().lines().next().unwrap_or_default();
        Mistake::new(message, offset.map(|offset| Place::of(text, offset)))
    };
    let table = DeTable::parse(text).map_err(|error| {
        let offset = error.span().map(|span| span.start);
        vec![mistake(error, offset)]
    })?;
    // Each key by itself: an error of the whole says neither where it is nor what else is wrong.
    let mut wrong: Vec<(usize, Error)> = table
        .get_ref()
        .iter()
        .filter_map(|(key, value)| {
            let alone = std::iter::once((key.get_ref().as_ref(), value.clone()));
            let error = Policy::deserialize(MapDeserializer::new(alone)).err()?;
            Some((key.span().start, error))
        })
        .collect();
    if wrong.is_empty() {
        return Policy::deserialize(Deserializer::from(table))
            .map_err(|error| vec![mistake(error, None)]);
    }
    wrong.sort_by_key(|(offset, _)| *offset);
    Err(wrong.into_iter().map(|(offset, error)| mistake(error, Some(offset))).collect())
}

pub(super) fn find(text: &str, key: &str, value: &str) -> Option<usize> {
    let table = DeTable::parse(text).ok()?;
    let (key, written) = table.get_ref().iter().find(|(known, _)| known.get_ref() == key)?;
    let element = written
        .get_ref()
        .as_array()
        .and_then(|array| array.iter().find(|element| element.get_ref().as_str() == Some(value)));
    Some(element.map_or(key.span(), |element| element.span()).start)
}
