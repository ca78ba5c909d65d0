//! The entry of a list of origins that comes nearest to an origin it does not cover.

use cors_core::Origin;

/// The entry that differs least from `origin`, and how. None where no entry is about its host.
pub(crate) fn nearest<'e>(
    entries: &'e [String],
    origin: &Origin<'_>,
) -> Option<(&'e str, Vec<String>)> {
    entries
        .iter()
        .filter_map(|entry| Some((entry.as_str(), differences(entry, origin)?)))
        .min_by_key(|(_, differences)| differences.len())
}

/// How `origin` differs from what an entry covers. None where they are about different hosts.
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
        (true, true) => differences.push(format!(
            "\"*.\" stands for one label or more, and {} has none before it",
            origin.host()
        )),
        (true, false) => {}
        (false, _) if !origin.is_under(listed.host()) => return None,
        (false, true) => {}
        (false, false) => {
            differences.push(format!("it covers {} alone, and not what is under it", listed.host()))
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
