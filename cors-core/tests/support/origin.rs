//! Origins and the entries that list them, by string operations as simple as can be.

use std::net::{Ipv4Addr, Ipv6Addr};

use cors_core::{Cors, Origin, Policy, Verdict, plain::Request};

/// The quick parser of requests, its naive twin and the strict parser of policies agree.
pub(crate) fn check_parsers(bytes: &[u8]) {
    let parsed = Origin::parse(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return assert_eq!(parsed, None) };
    assert_eq!(parsed.is_some(), parts(text).is_some(), "{text:?}");
    if !text.contains('*') {
        // A policy lists no port 0: no server listens there, whatever a request may say.
        let listable = parsed.is_some_and(|origin| origin.port() != Some(0));
        let compiled = Policy::new().allow_origins([text]).compile();
        // Nor does it list what is not Punycode, which the quick parser does not decode.
        if !text.contains("xn--") {
            assert_eq!(compiled.map(|_: Cors| ()).is_ok(), listable, "{text:?}");
        }
    }
    if let Some(origin) = parsed {
        let port = origin.port().map(|port| format!(":{port}")).unwrap_or_default();
        assert_eq!(format!("{}://{}{port}", origin.scheme(), origin.host()), text);
        assert_eq!(origin.as_str(), text);
    }
}

/// A policy with this one entry allows what the entry covers and nothing else, or explains itself.
pub(crate) fn check_entry(entry: &str, origin: &[u8]) {
    match Policy::new().allow_origins([entry]).compile() {
        Ok(cors) => check_matcher(&cors, &[entry], origin),
        Err(errors) => {
            for error in &errors {
                assert_eq!(error.value(), entry);
                let text = error.to_string();
                assert!(!text.contains('\n') && !text.ends_with('.'), "{text}");
                if let Some(instead) = error.suggestion() {
                    let mended = Policy::new().allow_origins([instead]).compile();
                    assert!(mended.map(|_: Cors| ()).is_ok(), "{entry:?} {instead:?}");
                }
            }
        }
    }
}

/// `cors`, which lists `entries`, allows an origin exactly if one of them covers it.
pub(crate) fn check_matcher(cors: &Cors, entries: &[impl AsRef<str>], origin: &[u8]) {
    let covered = std::str::from_utf8(origin)
        .is_ok_and(|origin| entries.iter().any(|entry| covers(entry.as_ref(), origin)));
    let any = entries.len() == 1 && entries[0].as_ref() == "*";
    let request = Request::new("GET", [("origin", origin)]);
    let allowed = cors.decide(&request).verdict() == Verdict::Allow;
    assert_eq!(allowed, covered || any, "{:?}", origin.escape_ascii().to_string());
}

/// Whether a valid entry of `allow_origins` covers an origin.
fn covers(entry: &str, origin: &str) -> bool {
    let (Some(entry), Some(origin)) = (split(entry), parts(origin)) else { return false };
    let host = match entry.host.strip_prefix("*.") {
        _ if entry.host == "*" => true,
        Some(domain) => is_domain(origin.host) && origin.host.ends_with(&format!(".{domain}")),
        None => origin.host == entry.host,
    };
    entry.scheme == origin.scheme && host && (entry.port == Some("*") || entry.port == origin.port)
}

struct Parts<'t> {
    scheme: &'t str,
    host: &'t str,
    port: Option<&'t str>,
}

/// Splits `scheme://host[:port]`, whatever its parts.
fn split(text: &str) -> Option<Parts<'_>> {
    let (scheme, authority) = text.split_once("://")?;
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    Some(Parts { scheme, host, port })
}

/// The parts of an origin as browsers serialize it.
fn parts(text: &str) -> Option<Parts<'_>> {
    split(text).filter(|&Parts { scheme, host, port }| {
        is_scheme(scheme)
            && (is_ipv6(host) || is_ipv4(host) || is_domain(host) || is_opaque(scheme, host))
            && port.is_none_or(|port| is_port(scheme, port))
    })
}

fn is_scheme(text: &str) -> bool {
    let fits = |letter| matches!(letter, 'a'..='z' | '0'..='9' | '+' | '-' | '.');
    let letter_first = text.starts_with(|first: char| first.is_ascii_lowercase());
    letter_first && text.chars().all(fits) && text.len() <= 64 && text != "file"
}

fn is_port(scheme: &str, text: &str) -> bool {
    let default = [("http", "80"), ("https", "443"), ("ws", "80"), ("wss", "443"), ("ftp", "21")];
    text.parse::<u16>().is_ok_and(|port| port.to_string() == text)
        && !default.contains(&(scheme, text))
}

fn is_ipv6(host: &str) -> bool {
    let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let Some(Ok(address)) = inner.map(str::parse::<Ipv6Addr>) else { return false };
    let serialized = match (address.to_ipv4_mapped(), address.segments()) {
        // The standard library would write the last two pieces as an IPv4 address.
        (Some(_), [.., high, low]) => format!("::ffff:{high:x}:{low:x}"),
        (None, _) => address.to_string(),
    };
    inner == Some(&*serialized)
}

fn is_ipv4(host: &str) -> bool {
    host.parse::<Ipv4Addr>().is_ok()
}

fn is_opaque(scheme: &str, host: &str) -> bool {
    let is_fit = |letter: char| letter.is_ascii_alphanumeric() || "-._~+".contains(letter);
    !["http", "https", "ws", "wss", "ftp", "file"].contains(&scheme)
        && (1..=253).contains(&host.len())
        && host.chars().all(is_fit)
}

fn is_domain(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let fits = |letter| matches!(letter, 'a'..='z' | '0'..='9' | '-' | '_');
    let is_label = |label: &str| (1..=63).contains(&label.len()) && label.chars().all(fits);
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_number = match last.strip_prefix("0x") {
        Some(hex) => hex.chars().all(|digit| digit.is_ascii_hexdigit()),
        None => last.chars().all(|digit| digit.is_ascii_digit()),
    };
    host.len() <= 253 && host.split('.').all(is_label) && !is_number
}
