//! Origins to ask for: those that an entry allows, and those that look like them.

use cors_core::Policy;

/// An origin that no policy lists.
pub(crate) const STRANGER: &str = "https://evil.test";

/// Origins to try for a policy, the most telling first. Whether each is allowed is for the engine to
/// say.
pub(crate) fn of(policy: &Policy) -> Vec<String> {
    let entries: Vec<&String> = policy.allow_origins.iter().collect();
    let mut origins = Vec::new();
    for entry in spread(&entries, 24) {
        push(&mut origins, sample(entry));
    }
    for pattern in policy.allow_origin_patterns.iter().take(8) {
        if let Some(sample) = pattern_sample(pattern) {
            push(&mut origins, sample);
        }
    }
    let friends = origins.clone();
    push(&mut origins, STRANGER.to_owned());
    push(&mut origins, "null".to_owned());
    // Round by round, so that each entry has its most likely look-alikes before the limit.
    let look_alikes: Vec<Vec<String>> =
        spread(&friends, 6).into_iter().map(|friend| look_alikes(friend)).collect();
    let apexes = policy.allow_origins.iter().filter(|entry| entry.contains("*.")).take(6);
    for entry in apexes {
        push(&mut origins, sample(&entry.replace("*.", "")));
        push(&mut origins, sample(&entry.replace("*.", "a.b.")));
        push(&mut origins, sample(&entry.replace("*.", "evil")));
        let host = sample(&entry.replace("://*", "://evil.test/"));
        push(&mut origins, host);
    }
    for round in 0..look_alikes.iter().map(Vec::len).max().unwrap_or_default() {
        for list in &look_alikes {
            if let Some(origin) = list.get(round) {
                push(&mut origins, origin.clone());
            }
        }
    }
    origins
}

/// Some of the items, from the first to the last.
fn spread<T>(items: &[T], most: usize) -> Vec<&T> {
    let step = items.len().div_ceil(most.max(1)).max(1);
    items.iter().step_by(step).collect()
}

fn push(origins: &mut Vec<String>, origin: String) {
    if !origins.contains(&origin) {
        origins.push(origin);
    }
}

/// An origin that an entry allows: a label for `*.`, a port for `:*`, a digit for any other `*`.
fn sample(entry: &str) -> String {
    if entry == "*" {
        return "https://app.example.com".into();
    }
    let labels = entry.replace("://*.", "://a.");
    let port = match labels.strip_suffix(":*") {
        Some(rest) => format!("{rest}:3000"),
        None => labels,
    };
    port.replace('*', "1")
}

/// Origins that a careless comparison takes for this one.
fn look_alikes(friend: &str) -> Vec<String> {
    let Some((scheme, authority)) = friend.split_once("://") else { return Vec::new() };
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, format!(":{port}")),
        _ => (authority, String::new()),
    };
    let other = if scheme == "https" { "http" } else { "https" };
    let mut origins = vec![
        // Beginnings and ends.
        format!("{scheme}://{host}.evil.test{port}"),
        format!("{scheme}://evil{host}{port}"),
        // Neighbors.
        format!("{other}://{host}{port}"),
        format!("{scheme}://x.{host}{port}"),
        format!("{scheme}://{host}:8443"),
    ];
    if let Some((_, apex)) = host.split_once('.').filter(|(_, apex)| apex.contains('.')) {
        origins.push(format!("{scheme}://{apex}{port}"));
    }
    // A dot that stands for any character.
    if let Some(at) = host.find('.') {
        origins.push(format!("{scheme}://{}x{}{port}", &host[..at], &host[at + 1..]));
    }
    // What no browser sends, and careless patterns accept.
    origins.push(format!("{scheme}://evil.test/.{host}"));
    origins.push(friend.to_ascii_uppercase());
    origins.push(format!("{scheme}://{host}:99999"));
    origins.push(format!("{friend}/"));
    origins.push(format!("{scheme}://{host}@evil.test"));
    origins
}

/// The shortest origin that a pattern matches, where it is simple enough.
fn pattern_sample(pattern: &str) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    write(&hir, &mut text)?;
    Some(text)
}

fn write(hir: &regex_syntax::hir::Hir, text: &mut String) -> Option<()> {
    use regex_syntax::hir::{Class, HirKind};
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => {
            let matches = |letter: &char| {
                class.iter().any(|range| (range.start()..=range.end()).contains(letter))
            };
            text.push(['a', '1', '-', '.', 's', 'A'].into_iter().find(matches)?);
        }
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Repetition(repetition) => {
            for _ in 0..repetition.min.min(8) {
                write(&repetition.sub, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, text))?,
        HirKind::Alternation(parts) => write(parts.first()?, text)?,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use cors_core::{Origin, Verdict, plain::Request};

    use super::*;

    #[test]
    fn every_entry_has_an_origin_that_it_allows_and_strangers_that_look_like_it() {
        let policy = Policy::new()
            .allow_origins([
                "https://app.example.com",
                "https://*.example.net",
                "http://localhost:*",
            ])
            .allow_origin_patterns([r"https://pr-[0-9]+\.example\.org"]);
        let cors = policy.compile().expect("a valid policy");
        let allowed = |origin: &str| {
            let request = Request::new("GET", [("origin", origin)]);
            cors.decide(&request).verdict() == Verdict::Allow
        };
        let origins = of(&policy);
        let friends: Vec<_> = origins.iter().filter(|origin| allowed(origin)).collect();
        for friend in [
            "https://app.example.com",
            "https://a.example.net",
            "https://a.b.example.net",
            "http://localhost:3000",
            "https://pr-1.example.org",
        ] {
            assert!(friends.iter().any(|known| *known == friend), "{friend} in {friends:?}");
        }
        for stranger in [
            "https://evil.test",
            "null",
            "https://app.example.com.evil.test",
            "https://evilapp.example.com",
            "http://app.example.com",
            "https://appxexample.com",
            "https://example.net",
            "https://evilexample.net",
            "https://evil.test/.example.net",
            "HTTPS://APP.EXAMPLE.COM",
        ] {
            assert!(origins.iter().any(|known| known == stranger), "{stranger} in {origins:?}");
            assert!(!allowed(stranger), "{stranger}");
        }
        assert!(
            origins.iter().filter(|text| Origin::parse(text.as_bytes()).is_some()).count() > 25
        );
    }
}
