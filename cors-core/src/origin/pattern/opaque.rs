//! Entries of custom schemes, whose hosts have no structure: `app://.`.

use alloc::vec::Vec;

use super::{ANY_HOST, Pattern, PortPattern, examine_tail};
use crate::{
    Diagnostic,
    origin::{has_opaque_hosts, host, is_scheme, parse_port},
};

/// Parses an entry of a custom scheme. `None` if it is another entry, or has other mistakes than
/// those after the host. An opaque host is compared byte for byte, so it has no lowercase form.
pub(super) fn parse(text: &str) -> Option<Result<Pattern<'_>, Vec<Diagnostic>>> {
    // After the two slashes of the scheme.
    let end = text.match_indices(['/', '?', '#']).nth(2).map_or(text.len(), |(at, _)| at);
    let (entry, tail) = text.split_at(end);
    let pattern = entry_of(entry)?;
    let mut wrong = Vec::new();
    examine_tail(tail, &mut wrong);
    let error = |kind| Diagnostic::new(kind, text).instead(Some(entry));
    Some(match wrong.is_empty() {
        true => Ok(pattern),
        false => Err(wrong.into_iter().map(error).collect()),
    })
}

/// An origin of a custom scheme with an opaque host, or all of them, as in `moz-extension://*`.
fn entry_of(text: &str) -> Option<Pattern<'_>> {
    let (scheme, authority) = text.split_once("://")?;
    if !is_scheme(scheme.as_bytes()) || !has_opaque_hosts(scheme) {
        return None;
    }
    let any =
        Pattern { scheme, subdomains: false, host: ANY_HOST, port: PortPattern::Exactly(None) };
    if authority == ANY_HOST {
        return Some(any);
    }
    let (_, behind) = host::split_opaque(authority.as_bytes())?;
    let host = &authority[..authority.len() - behind.len()];
    let port = match behind {
        [] => PortPattern::Exactly(None),
        b":*" => PortPattern::Any,
        [b':', digits @ ..] => {
            PortPattern::Exactly(Some(parse_port(digits).filter(|&port| port > 0)?))
        }
        _ => return None,
    };
    Some(Pattern { host, port, ..any })
}
