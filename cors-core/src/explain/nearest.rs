//! The entry of a list of origins that is closest to an origin it does not cover.

use alloc::{
    borrow::ToOwned,
    format,
    string::{String, ToString},
    vec::Vec,
};

use crate::Origin;

/// How many entries are compared. A longer list is made by a program, and its closest entry is not
/// a slip of the pen.
const COMPARED: usize = 10_000;

/// The entry that differs least from `origin`, and how. `None` if no entry is about its host.
pub(super) fn nearest<'e>(
    entries: impl Iterator<Item = &'e str>,
    origin: &Origin<'_>,
) -> Option<(&'e str, Vec<String>)> {
    entries
        .take(COMPARED)
        .filter_map(|entry| Some((entry, differences(entry, origin)?)))
        .min_by_key(|(_, differences)| differences.len())
}

/// How `origin` differs from what an entry covers. `None` if they are about different hosts.
fn differences(entry: &str, origin: &Origin<'_>) -> Option<Vec<String>> {
    let any_port = entry.strip_suffix(":*");
    let subdomains = entry.contains("://*.");
    let plain = any_port.unwrap_or(entry).replacen("://*.", "://", 1);
    let listed = Origin::parse(plain.as_bytes())?;

    let mut differences = Vec::new();
    if origin.scheme() != listed.scheme() {
        differences.push(format!("the scheme is {}, not {}", origin.scheme(), listed.scheme()));
    }
    match (origin.host() == listed.host(), subdomains) {
        (true, true) => {
            differences.push(format!("\"*.\" requires at least one label before {}", origin.host()))
        }
        (true, false) => {}
        (false, _) if !origin.is_under(listed.host()) => return None,
        (false, true) => {}
        (false, false) => {
            differences.push(format!("it does not cover subdomains of {}", listed.host()))
        }
    }
    if any_port.is_none() && origin.port() != listed.port() {
        differences.push(format!("the port is {}, not {}", port(origin), port(&listed)));
    }
    Some(differences)
}

fn port(origin: &Origin<'_>) -> String {
    match origin.port() {
        Some(port) => port.to_string(),
        None => "the default".to_owned(),
    }
}
