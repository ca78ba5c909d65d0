//! Why an outcome is what it is, in sentences.

use cors_core::{Denial, Kind, Origin, Policy, Verdict, plain::Request};

use crate::{nearest::nearest, outcome::Outcome, script::Fetch};

/// How many entries of a list are shown.
const SHOWN: usize = 5;

/// Why, and what the browser makes of it: a sentence each.
pub(crate) fn explain(policy: &Policy, fetch: &Fetch, outcome: &Outcome) -> Vec<String> {
    let mut sentences = match outcome.verdict {
        Verdict::Allow => return vec![covering(policy, &fetch.origin)],
        // Without a policy there is nothing that the verdict has not said.
        Verdict::NotCors | Verdict::NoPolicy | Verdict::Deny(Denial::Path) => return Vec::new(),
        Verdict::Deny(Denial::Origin) => origin(policy, &fetch.origin),
        Verdict::Deny(Denial::Method) => method(policy, &fetch.method),
        Verdict::Deny(Denial::Header) => headers(policy, &fetch.headers),
    };
    let silent = match outcome.verdict {
        Verdict::Deny(Denial::Method) if policy.only_listed_methods => Some("only_listed_methods"),
        Verdict::Deny(Denial::Origin) => None,
        _ => policy.silent_refusals.then_some("silent_refusals"),
    };
    sentences.extend(
        silent.map(|key| {
            format!("{key} withholds the lists, so that the browser blames the origin.")
        }),
    );
    sentences.push(match outcome.kind {
        Kind::Preflight => format!("The browser does not send the {} request.", fetch.method),
        _ => "The handler runs, and the browser keeps its answer from the page.".into(),
    });
    sentences
}

/// What allows the origin: the first entry that does so alone, or else a dangerous switch.
fn covering(policy: &Policy, origin: &str) -> String {
    let origins = policy
        .allow_origins
        .iter()
        .map(|entry| ("allow_origins", entry, Policy::new().allow_origins([entry])));
    let patterns = policy.allow_origin_patterns.iter().map(|entry| {
        ("allow_origin_patterns", entry, Policy::new().allow_origin_patterns([entry]))
    });
    match origins.chain(patterns).find(|(_, _, alone)| allows_origin(alone, origin)) {
        Some((key, entry, _)) => format!("{key} has {entry:?}, which covers {origin:?}."),
        None if origin == "null" => "dangerously_allow_null_origin is set.".into(),
        None => "dangerously_allow_any_origin_with_credentials is set.".into(),
    }
}

fn allows_origin(policy: &Policy, origin: &str) -> bool {
    let request = Request::new("GET", [("origin", origin)]);
    policy.compile().is_ok_and(|cors| cors.decide(&request).verdict() == Verdict::Allow)
}

fn origin(policy: &Policy, origin: &str) -> Vec<String> {
    if origin == "null" {
        return vec![
            "The origin is \"null\", which any sandboxed frame and every local file sends: only \
             dangerously_allow_null_origin allows it."
                .into(),
        ];
    }
    let Some(parsed) = Origin::parse(origin.as_bytes()) else {
        return malformed(policy, origin);
    };
    let mut sentences = vec![format!(
        "{origin:?} is not in allow_origins, which {}.",
        listing(&policy.allow_origins)
    )];
    if let Some((entry, differences)) = nearest(&policy.allow_origins, &parsed) {
        sentences.push(format!("The nearest entry is {entry:?}: {}.", differences.join("; ")));
    }
    if !policy.allow_origin_patterns.is_empty() {
        let patterns = listing(&policy.allow_origin_patterns);
        sentences.push(format!("Nor does it match allow_origin_patterns, which {patterns}."));
    }
    if policy.dynamic_origins {
        sentences
            .push("dynamic_origins: the program may allow it, which is not asked here.".into());
    }
    sentences
}

/// What no browser sends: the strict parser of policies knows why, and how to write it.
fn malformed(policy: &Policy, origin: &str) -> Vec<String> {
    let errors = Policy::new().allow_origins([origin]).compile().err();
    let Some(errors) = errors else {
        return vec![format!("{origin:?} stands for several origins: browsers send one.")];
    };
    let mut sentences: Vec<_> =
        errors.iter().map(|error| format!("No browser sends this: {error}.")).collect();
    if let Some(mended) = errors.iter().find_map(|error| error.suggestion()) {
        if allows_origin(policy, mended) {
            sentences.push(format!("The policy allows {mended:?}."));
        } else {
            sentences.extend(self::origin(policy, mended));
        }
    }
    sentences
}

fn method(policy: &Policy, method: &str) -> Vec<String> {
    if is_any(&policy.allow_methods) {
        return vec!["The method is longer than what is echoed.".into()];
    }
    let mut sentences = vec![format!(
        "{method:?} is not in allow_methods, which {}; GET, HEAD and POST need {}.",
        listing(&policy.allow_methods),
        if policy.only_listed_methods { "it as well" } else { "no listing" },
    )];
    if let Some(entry) = policy.allow_methods.iter().find(|name| name.eq_ignore_ascii_case(method))
    {
        sentences.push(format!(
            "{entry:?} is another method: case matters, and browsers upper-case only DELETE, GET, \
             HEAD, OPTIONS, POST and PUT."
        ));
    }
    sentences
}

fn headers(policy: &Policy, names: &[String]) -> Vec<String> {
    if is_any(&policy.allow_headers) {
        return vec!["The names of the headers are longer than what is echoed.".into()];
    }
    let missing: Vec<_> = names
        .iter()
        .filter(|name| !policy.allow_headers.iter().any(|known| known.eq_ignore_ascii_case(name)))
        .collect();
    let verb = if missing.len() == 1 { "is" } else { "are" };
    vec![format!(
        "{} {verb} not in allow_headers, which {}.",
        first_few(&missing),
        listing(&policy.allow_headers)
    )]
}

fn is_any(entries: &[String]) -> bool {
    matches!(entries, [only] if only == "*")
}

fn listing(entries: &[impl AsRef<str>]) -> String {
    match entries {
        [] => "is empty".to_owned(),
        entries => format!("lists {}", first_few(entries)),
    }
}

/// `"a", "b" and "c"`, or the first few and how many more there are.
fn first_few(entries: &[impl AsRef<str>]) -> String {
    let mut shown: Vec<_> =
        entries.iter().take(SHOWN).map(|entry| format!("{:?}", entry.as_ref())).collect();
    let more = entries.len() - shown.len();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}
