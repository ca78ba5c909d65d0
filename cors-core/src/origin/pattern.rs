//! The strict parser of `allow_origins`. The quick one, of requests, is
//! [`Origin::parse`](super::Origin::parse). A property test compares the two.

use alloc::{format, string::String, vec::Vec};
use core::net::Ipv6Addr;

use super::{Origin, default_port, host, is_scheme, parse_port};
use crate::{Diagnostic, DiagnosticKind};

mod instead;
mod opaque;
mod punycode;

/// An entry of `allow_origins` that is not `*`: one origin, or a family of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Pattern<'t> {
    pub(crate) scheme: &'t str,
    /// Written `*.`: one or more labels before the host, and never the host itself.
    pub(crate) subdomains: bool,
    /// `*` for any host of a custom scheme.
    pub(crate) host: &'t str,
    pub(crate) port: PortPattern,
}

/// Written as the host of a custom scheme: any host.
pub(crate) const ANY_HOST: &str = "*";

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PortPattern {
    Exactly(Option<u16>),
    /// Written `:*`: any port, or none.
    Any,
}

impl Pattern<'_> {
    pub(crate) fn is_literal(&self) -> bool {
        !self.subdomains && self.port != PortPattern::Any && self.host != ANY_HOST
    }

    /// `true` if the host is this machine, or under a name for it.
    pub(crate) fn is_loopback(&self) -> bool {
        host::HostKind::of(self.host.as_bytes())
            .is_some_and(|kind| host::is_loopback(self.host, kind))
    }
}

/// `true` if a valid entry covers an origin.
pub(crate) fn covers(entry: &str, origin: &Origin<'_>) -> bool {
    let Ok(pattern) = parse(entry) else { return false };
    let is_host = match pattern.subdomains {
        _ if pattern.host == ANY_HOST => true,
        true => origin.host() != pattern.host && origin.is_under(pattern.host),
        false => origin.host() == pattern.host,
    };
    let is_port = match pattern.port {
        PortPattern::Any => true,
        PortPattern::Exactly(port) => origin.port() == port,
    };
    origin.scheme() == pattern.scheme && is_host && is_port
}

/// Parses an entry, or returns every mistake in the order written.
pub(crate) fn parse(text: &str) -> Result<Pattern<'_>, Vec<Diagnostic>> {
    if let (Some(parts), reasons) = examine(text, text)
        && reasons.is_empty()
    {
        return Ok(parts.pattern);
    }
    if let Some(parsed) = opaque::parse(text) {
        return parsed;
    }
    let lower = text.to_ascii_lowercase();
    let (parts, reasons) = examine(text, &lower);
    let mended = parts.as_ref().and_then(mend);
    Err(reasons
        .into_iter()
        .map(|reason| match reason {
            DiagnosticKind::OriginMissingScheme => {
                let guess = guess_scheme(&lower);
                Diagnostic::new(reason, text).instead(guess.as_deref())
            }
            DiagnosticKind::OriginWildcard => instead::wildcard(text),
            _ => Diagnostic::new(reason, text).instead(mended.as_deref()),
        })
        .collect())
}

/// The parts of an entry, fixed as far as possible.
struct Parts<'t> {
    pattern: Pattern<'t>,
    ipv6: Option<Ipv6Addr>,
}

impl Parts<'_> {
    fn to_text(&self) -> String {
        let Pattern { scheme, subdomains, host, port } = self.pattern;
        let stars = if subdomains { "*." } else { "" };
        let host = match self.ipv6.as_ref().map(host::Serialized::of) {
            Some(address) => format!("[{}]", String::from_utf8_lossy(address.as_bytes())),
            None => host.into(),
        };
        match port {
            PortPattern::Any => format!("{scheme}://{stars}{host}:*"),
            PortPattern::Exactly(None) => format!("{scheme}://{stars}{host}"),
            PortPattern::Exactly(Some(port)) => format!("{scheme}://{stars}{host}:{port}"),
        }
    }
}

/// Takes `lower`, which is `given` in lower case, apart; what is wrong goes on the list, and what
/// does not belong there is left out of the parts.
fn examine<'t>(given: &str, lower: &'t str) -> (Option<Parts<'t>>, Vec<DiagnosticKind>) {
    let mut wrong = Vec::new();
    let alone = match () {
        () if given.is_empty() => Some(DiagnosticKind::OriginEmpty),
        () if lower == "null" => Some(DiagnosticKind::OriginNull),
        () if given.contains(',') || given.matches("://").count() > 1 => {
            Some(DiagnosticKind::OriginSeveral)
        }
        () if lower.trim().contains(char::is_whitespace) => Some(DiagnosticKind::OriginSpace),
        () => None,
    };
    if alone.is_some() {
        return (None, alone.into_iter().collect());
    }
    let trimmed = lower.trim();
    if trimmed.len() < lower.len() {
        wrong.push(DiagnosticKind::OriginSpace);
    }
    if given != lower {
        wrong.push(DiagnosticKind::OriginUpperCase);
    }
    if !given.is_ascii() {
        wrong.push(DiagnosticKind::OriginNotAscii);
    }
    let Some((scheme, rest)) = trimmed.split_once("://") else {
        let file = trimmed.starts_with("file:");
        wrong.push(if file {
            DiagnosticKind::OriginFileScheme
        } else {
            DiagnosticKind::OriginMissingScheme
        });
        return (None, wrong);
    };
    match scheme {
        "file" => {
            wrong.push(DiagnosticKind::OriginFileScheme);
            return (None, wrong);
        }
        "" => wrong.push(DiagnosticKind::OriginMissingScheme),
        _ if scheme.contains('*') => wrong.push(DiagnosticKind::OriginWildcard),
        _ if !is_scheme(scheme.as_bytes()) => wrong.push(DiagnosticKind::OriginScheme),
        _ => {}
    }

    let (authority, tail) = rest.split_at(rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()));
    let host_and_port = match authority.rsplit_once('@') {
        Some((_, host_and_port)) => {
            wrong.push(DiagnosticKind::OriginUserInfo);
            host_and_port
        }
        None => authority,
    };
    let (subdomains, host_and_port) = match host_and_port.strip_prefix("*.") {
        Some(rest) => (true, rest),
        None => (false, host_and_port),
    };
    let (host, port) = split_port(host_and_port);
    let (ipv6, reason) = examine_host(host, subdomains);
    wrong.extend(reason);
    let (port, reason) = examine_port(scheme, port);
    wrong.extend(reason);
    examine_tail(tail, &mut wrong);

    let pattern = Pattern { scheme, subdomains, host, port };
    (Some(Parts { pattern, ipv6 }), wrong)
}

/// Splits `host[:port]`. An IPv6 address without brackets is all host.
fn split_port(host_and_port: &str) -> (&str, Option<&str>) {
    if host_and_port.parse::<Ipv6Addr>().is_ok() {
        return (host_and_port, None);
    }
    let (host, port) = host_and_port.split_at(host::len(host_and_port.as_bytes()));
    match port.strip_prefix(':') {
        Some(port) => (host, Some(port)),
        None if port.is_empty() => (host, None),
        // Behind the bracket of an IPv6 address stands something else than a port.
        None => (host_and_port, None),
    }
}

fn examine_host(host: &str, subdomains: bool) -> (Option<Ipv6Addr>, Option<DiagnosticKind>) {
    if host.contains(':') || host.starts_with('[') {
        let address = host.trim_start_matches('[').trim_end_matches(']').parse().ok();
        let reason = match () {
            () if subdomains => Some(DiagnosticKind::OriginWildcardAddress),
            () if host::is_ipv6(host.as_bytes()) => None,
            () => Some(DiagnosticKind::OriginIpv6),
        };
        return (address, reason);
    }
    let unrooted = host.strip_suffix('.').unwrap_or(host);
    let last_label = unrooted.rsplit('.').next().unwrap_or_default();
    let longest = if subdomains { host::LIMIT - 2 } else { host::LIMIT };
    let reason = if host.contains('*') {
        Some(DiagnosticKind::OriginWildcard)
    } else if host::ends_in_number(last_label.as_bytes()) {
        match () {
            () if subdomains => Some(DiagnosticKind::OriginWildcardAddress),
            () if host::is_ipv4(host.as_bytes()) => None,
            () => Some(DiagnosticKind::OriginIpv4),
        }
    } else if unrooted.len() > longest || !unrooted.split('.').all(is_label) {
        Some(DiagnosticKind::OriginHost)
    } else if !unrooted.split('.').all(punycode::is_valid) {
        Some(DiagnosticKind::OriginPunycode)
    } else {
        None
    };
    (None, reason)
}

/// A character outside ASCII is reported separately, and passes here.
fn is_label(label: &str) -> bool {
    (1..=host::LABEL_LIMIT).contains(&label.len())
        && label.bytes().all(|byte| {
            byte.is_ascii_lowercase()
                || byte.is_ascii_digit()
                || b"-_".contains(&byte)
                || !byte.is_ascii()
        })
}

fn examine_port(scheme: &str, port: Option<&str>) -> (PortPattern, Option<DiagnosticKind>) {
    let none = PortPattern::Exactly(None);
    match port {
        None => (none, None),
        Some("*") => (PortPattern::Any, None),
        Some(text) => match parse_port(text.as_bytes()) {
            Some(port) if default_port(scheme) == Some(port) => {
                (none, Some(DiagnosticKind::OriginDefaultPort))
            }
            Some(port) if port > 0 => (PortPattern::Exactly(Some(port)), None),
            _ if text.contains('*') => (none, Some(DiagnosticKind::OriginWildcard)),
            _ => {
                // Leading zeros alone can be mended; anything else is left out.
                let number = parse_port(text.trim_start_matches('0').as_bytes());
                let port = number.filter(|&port| default_port(scheme) != Some(port));
                (PortPattern::Exactly(port), Some(DiagnosticKind::OriginPort))
            }
        },
    }
}

fn examine_tail(tail: &str, wrong: &mut Vec<DiagnosticKind>) {
    let (tail, fragment) = split_from(tail, '#');
    let (path, query) = split_from(tail, '?');
    match path {
        "" => {}
        "/" if query.is_empty() && fragment.is_empty() => {
            wrong.push(DiagnosticKind::OriginTrailingSlash)
        }
        "/" => {}
        _ => wrong.push(DiagnosticKind::OriginPath),
    }
    if !query.is_empty() {
        wrong.push(DiagnosticKind::OriginQuery);
    }
    if !fragment.is_empty() {
        wrong.push(DiagnosticKind::OriginFragment);
    }
}

fn split_from(text: &str, mark: char) -> (&str, &str) {
    text.split_at(text.find(mark).unwrap_or(text.len()))
}

/// The entry without what does not belong there, if that leaves a valid one.
fn mend(parts: &Parts<'_>) -> Option<String> {
    let mended = parts.to_text();
    examine(&mended, &mended).1.is_empty().then_some(mended)
}

/// What somebody meant who left the scheme out.
fn guess_scheme(lower: &str) -> Option<String> {
    let rest = lower.trim().trim_start_matches("https:").trim_start_matches("http:");
    let rest = rest.trim_start_matches([':', '/']);
    let scheme = if lower.starts_with("http:") { "http" } else { "https" };
    [scheme, "http"].into_iter().find_map(|scheme| {
        let guess = format!("{scheme}://{rest}");
        let parts = examine(&guess, &guess).0?;
        let local = parts.pattern.is_loopback();
        if local && scheme != "http" { None } else { mend(&parts) }
    })
}

#[cfg(test)]
mod tests;
