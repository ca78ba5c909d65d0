//! The form of an origin, for patterns: the engine matches them on a parsed origin, and a server on
//! the bytes of a header.

use crate::regex::port_but;

/// An origin of `http` or `https` whose host is a domain or an IPv4 address.
///
/// It is at least as strict as the engine's parser. IPv6 addresses are left out: a regular expression
/// of sensible size cannot check that one is serialized canonically.
pub(crate) fn origin() -> String {
    let label = "[a-z0-9_-]{1,63}";
    // A host whose last label is a number is an IPv4 address or nothing.
    let last = "[a-z_-][a-z0-9_-]{0,62}|[1-9][a-z_-][a-z0-9_-]{0,61}|0[a-wyz_-][a-z0-9_-]{0,61}\
                |[0-9]{2,20}[a-z_-][a-z0-9_-]{0,42}|0x[0-9a-f]{0,20}[g-z_-][a-z0-9_-]{0,40}";
    let octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    let host = format!(r"(?:(?:{label}\.)*(?:{last})\.?|{octet}(?:\.{octet}){{3}})");
    let scheme = |scheme: &str, port| format!("{scheme}://{host}(?::{})?", port_but(Some(port)));
    format!("(?:{}|{})", scheme("https", 443), scheme("http", 80))
}

/// An origin whose host is not longer than a domain may be.
pub(crate) fn length() -> &'static str {
    r"[a-z0-9+.-]+://(?:\[[^\]]*\]|[^:]{1,253}\.?)(?::[0-9]+)?"
}

#[cfg(test)]
mod tests {
    use cors_core::Origin;
    use regex_automata::{Anchored, Input, meta::Regex};

    use super::*;

    fn regex(text: &str) -> Regex {
        Regex::new(&format!("^(?:{text})$")).expect(text)
    }

    #[test]
    fn what_has_the_form_is_an_origin() {
        let (origin, length) = (regex(&origin()), regex(length()));
        let long = "a".repeat(63);
        let longest = [&*long, &*long, &*long, &"b".repeat(61)].join(".");
        let hosts = [
            "example.com",
            "a.b",
            "localhost",
            "example.com.",
            "1.2.3.4",
            "1.2.3",
            "1.2.3.256",
            "256.0.0.1",
            "01.2.3.4",
            "a.1",
            "a.0x1",
            "a.0x",
            "a.0xg",
            "a.0x1g",
            "a.1a",
            "a.12a",
            "a.123",
            "0x7f.1",
            "a..b",
            ".a",
            "a.",
            "a..",
            "-a.b-",
            "a_b.c",
            "A.b",
            "a b",
            "a/b",
            "[::1]",
            "",
            "xn--a.example",
            "evil.test/.example.com",
            &*long,
            &*longest,
            &*format!("{long}a"),
            &*format!("{longest}.c"),
        ];
        let ports = ["", ":80", ":443", ":0", ":8080", ":65535", ":65536", ":08", ":", ":x"];
        for scheme in ["https", "http"] {
            for (host, port) in hosts.iter().flat_map(|host| ports.map(|port| (host, port))) {
                let text = format!("{scheme}://{host}{port}");
                let input = || Input::new(&text).anchored(Anchored::Yes);
                let matched = origin.is_match(input()) && length.is_match(input());
                let parsed = Origin::parse(text.as_bytes()).is_some();
                assert_eq!(matched, parsed && !host.starts_with('['), "{text}");
            }
        }
    }
}
