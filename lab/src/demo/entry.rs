//! What an entry of `allow_origins` is made of, to make origins from that look like it.

/// An entry in its parts. Only compiled policies are taken apart, so that nothing is checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Entry<'a> {
    pub(super) scheme: &'a str,
    /// Whether it stands for the subdomains of `host`.
    pub(super) wildcard: bool,
    pub(super) host: &'a str,
    pub(super) port: Option<&'a str>,
}

impl<'a> Entry<'a> {
    /// None for `*`, which has no parts.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let (wildcard, rest) = match rest.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        // The colons in the brackets of an IPv6 address are not the port's.
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (rest, None),
        };
        Some(Self { scheme, wildcard, host, port })
    }

    /// Whether it stands for one origin alone.
    pub(super) fn is_literal(&self) -> bool {
        !self.wildcard && !self.has_any_port()
    }

    pub(super) fn has_any_port(&self) -> bool {
        self.port == Some("*")
    }

    /// An origin that the entry stands for.
    pub(super) fn origin(&self) -> String {
        let host = if self.wildcard { format!("sub.{}", self.host) } else { self.host.to_owned() };
        self.with_host(&host)
    }

    /// The origin of another host, at a port that the entry stands for.
    pub(super) fn with_host(&self, host: &str) -> String {
        let port = if self.has_any_port() { Some("5173") } else { self.port };
        self.join(host, port)
    }

    /// The entry's own host at a port that no entry is likely to name.
    pub(super) fn with_other_port(&self) -> String {
        self.join(self.host, Some("4321"))
    }

    fn join(&self, host: &str, port: Option<&str>) -> String {
        let scheme = self.scheme;
        match port {
            Some(port) => format!("{scheme}://{host}:{port}"),
            None => format!("{scheme}://{host}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wildcard: bool, host: &str, port: Option<&str>, origin: &str) {
        let entry = Entry::of(text).expect(text);
        assert_eq!((entry.wildcard, entry.host, entry.port), (wildcard, host, port));
        assert_eq!(entry.origin(), origin);
    }

    #[test]
    fn an_entry_is_taken_apart_and_put_together() {
        check("https://a.example", false, "a.example", None, "https://a.example");
        check("https://a.example:8443", false, "a.example", Some("8443"), "https://a.example:8443");
        check("https://*.a.example", true, "a.example", None, "https://sub.a.example");
        check("http://localhost:*", false, "localhost", Some("*"), "http://localhost:5173");
        check("http://[::1]:80", false, "[::1]", Some("80"), "http://[::1]:80");
        check("http://[::1]", false, "[::1]", None, "http://[::1]");
        assert_eq!(Entry::of("*"), None);
    }
}
