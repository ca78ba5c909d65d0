//! The checks of a preflight as simple as can be, and what a request may spend on them.

use std::collections::HashSet;

use cors_core::Policy;

/// Beyond the allowed names themselves, for white space and empty elements.
const SLACK: usize = 64;

/// The longest method, and the longest list of headers, that is echoed, in bytes.
const ECHO_LIMIT: usize = 4096;

/// Whether a request with these lines of `Access-Control-Request-Method` passes.
pub(crate) fn allows_method(policy: &Policy, lines: &[&[u8]]) -> bool {
    let [line] = lines else { return false };
    let method = text(line);
    let listed = policy.allow_methods.iter().any(|name| normalized(name) == method);
    let any = policy.allow_methods == ["*"];
    !policy.only_listed_methods && ["GET", "HEAD", "POST"].contains(&&*method)
        || any && !is_trusted(policy)
        || any && is_token(&method) && line.len() <= ECHO_LIMIT
        || !any && listed
}

/// Whether a request with these lines of `Access-Control-Request-Headers` passes.
pub(crate) fn allows_headers(policy: &Policy, lines: &[&[u8]]) -> bool {
    let list = lines.join(&b',');
    let asked = text(&list);
    let mut names = asked
        .split(',')
        .map(|name| name.trim_matches([' ', '\t']).to_ascii_lowercase())
        .filter(|name| !name.is_empty());
    if policy.allow_headers == ["*"] {
        return !is_trusted(policy)
            || list.len() <= ECHO_LIMIT && names.all(|name| is_token(&name));
    }
    let allowed: HashSet<_> =
        policy.allow_headers.iter().map(|name| name.to_ascii_lowercase()).collect();
    // Each name costs itself and a space on either side, and all but the first cost a comma.
    let cost: usize = allowed.iter().map(|name| name.len() + 3).sum();
    list.len() <= cost.saturating_sub(1) + SLACK && names.all(|name| allowed.contains(&name))
}

/// Whether credentials are allowed, so that `*` would be a name and no star.
pub(crate) fn is_trusted(policy: &Policy) -> bool {
    policy.allow_credentials || policy.dangerously_allow_any_origin_with_credentials
}

fn normalized(method: &str) -> String {
    let upper = method.to_ascii_uppercase();
    let known = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"].contains(&&*upper);
    if known { upper } else { method.into() }
}

fn is_token(text: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter);
    !text.is_empty() && text.chars().all(fits)
}

/// One letter for each byte.
fn text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
