//! [Origins](https://html.spec.whatwg.org/multipage/browsers.html#concept-origin), as a request
//! carries them.

pub(crate) mod host;
mod owned;
pub(crate) mod pattern;
#[cfg(feature = "regex")]
pub(crate) mod regex;
pub(crate) mod set;
pub mod suffix;
mod texts;

use core::fmt;

use host::HostKind;

pub use owned::OwnedOrigin;

/// The longest scheme that is read, in bytes.
pub(crate) const SCHEME_LIMIT: usize = 64;

/// The longest serialized origin that is read, in bytes: scheme, `://`, a host of 253 and its
/// trailing dot, `:` and a port.
pub(crate) const LIMIT: usize = SCHEME_LIMIT + 3 + host::LIMIT + 1 + 6;

/// A tuple origin, parsed from the bytes of an `Origin` header and borrowing them.
///
/// It holds exactly what a browser
/// [serializes](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin):
/// scheme and host in lowercase, an IPv6 address in its shortest form, no default port, and
/// nothing after the port. The host of a custom scheme is any name, as in `app://.`. `null` is not a tuple origin. Comparing its parts is safe where comparing
/// the header's bytes is not: `https://example.com.evil.test` starts like a friend.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Origin<'a> {
    text: &'a str,
    scheme_len: usize,
    host_end: usize,
    port: Option<u16>,
    host_kind: HostKind,
}

crate::hints! { Origin<'_>:
    WriteIsUnder = "write `origin.is_under(\"example.com\")`: `https://evilexample.com` ends like `https://example.com`": {
        fn ends_with(&self, _: impl Sized);
        fn starts_with(&self, _: impl Sized);
        fn contains(&self, _: impl Sized);
    }
}

impl<'a> Origin<'a> {
    /// Parses a serialized origin, or refuses it. Allocates nothing, and reads no more than a
    /// bounded number of bytes.
    ///
    /// ```
    /// use cors_core::Origin;
    ///
    /// let origin = Origin::parse(b"https://app.example.com:8443").unwrap();
    /// assert_eq!((origin.scheme(), origin.host(), origin.port()), ("https", "app.example.com", Some(8443)));
    ///
    /// for refused in ["null", "https://Example.com", "https://example.com:443", "https://example.com/"] {
    ///     assert_eq!(Origin::parse(refused.as_bytes()), None);
    /// }
    /// ```
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        if bytes.len() > LIMIT {
            return None;
        }
        let scheme_len = bytes.iter().position(|&byte| !is_scheme_byte(byte))?;
        if scheme_len > SCHEME_LIMIT || !bytes[0].is_ascii_lowercase() {
            return None;
        }
        let authority = bytes[scheme_len..].strip_prefix(b"://")?;
        let has_opaque_hosts =
            || core::str::from_utf8(&bytes[..scheme_len]).is_ok_and(has_opaque_hosts);
        let split = host::split(authority);
        let (host_kind, behind) = match split {
            Some(split) => split,
            None if has_opaque_hosts() => host::split_opaque(authority)?,
            None => return None,
        };
        let host_end = bytes.len() - behind.len();
        let port = match behind {
            [] => None,
            [b':', digits @ ..] => Some(parse_port(digits)?),
            _ => return None,
        };
        // Every byte was looked at and is ASCII, so this cannot fail.
        let text = core::str::from_utf8(bytes).ok()?;
        let scheme = &text[..scheme_len];
        if scheme == "file" || port.is_some() && port == default_port(scheme) {
            return None;
        }
        Some(Self { text, scheme_len, host_end, port, host_kind })
    }

    /// The origin as it was serialized.
    pub fn as_str(&self) -> &'a str {
        self.text
    }

    /// The scheme, such as `https`: never empty, never with a colon.
    pub fn scheme(&self) -> &'a str {
        &self.text[..self.scheme_len]
    }

    /// The host: a domain in lowercase, an IPv4 address as four numbers, or an IPv6 address in
    /// brackets. A trailing dot is part of it. Under a scheme such as `app`, it may be any name,
    /// in either case.
    pub fn host(&self) -> &'a str {
        &self.text[self.scheme_len + 3..self.host_end]
    }

    /// The port, if it is not the scheme's default.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// Returns `true` if the host is `domain` or a subdomain of it, at any depth, whole labels compared: of
    /// `example.com`, `app.example.com` is one, and `evilexample.com` is not. An IP address is
    /// under nothing. `domain` is in lower case and without a leading dot.
    ///
    /// ```
    /// # let origin = |text: &'static str| cors_core::Origin::parse(text.as_bytes()).unwrap();
    /// assert!(origin("https://a.b.example.com").is_under("example.com"));
    /// assert!(origin("https://example.com").is_under("example.com"));
    /// assert!(!origin("https://evilexample.com").is_under("example.com"));
    /// assert!(!origin("https://example.com.evil.test").is_under("example.com"));
    /// ```
    pub fn is_under(&self, domain: &str) -> bool {
        self.host_kind == HostKind::Domain
            && match self.host().strip_suffix(domain) {
                Some("") => true,
                Some(labels) => !domain.is_empty() && labels.len() > 1 && labels.ends_with('.'),
                None => false,
            }
    }

    /// Returns `true` if the host is the machine that the browser runs on: `localhost`, a name under it,
    /// `127.0.0.0/8` or `[::1]`
    /// ([potentially trustworthy](https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy)).
    pub fn is_loopback(&self) -> bool {
        host::is_loopback(self.host(), self.host_kind)
    }

    /// `true` if this is the origin's host and port, as a `Host` header writes them: in any case, and
    /// with the default port or without.
    pub(crate) fn has_authority(&self, authority: &[u8]) -> bool {
        let (host, port) = authority.split_at(host::len(authority));
        let port = match port {
            [] => None,
            [b':', digits @ ..] => match parse_port(digits) {
                None => return false,
                port => port.filter(|_| port != default_port(self.scheme())),
            },
            _ => return false,
        };
        host.eq_ignore_ascii_case(self.host().as_bytes()) && port == self.port
    }

    /// The host and the port as they were serialized.
    pub(crate) fn host_and_port(&self) -> &'a str {
        &self.text[self.scheme_len + 3..]
    }

    /// The port as it was serialized, or nothing.
    pub(crate) fn colon_and_port(&self) -> &'a str {
        &self.text[self.host_end..]
    }

    pub(crate) fn is_opaque(&self) -> bool {
        self.host_kind == HostKind::Opaque
    }

    pub(crate) fn is_domain(&self) -> bool {
        self.host_kind == HostKind::Domain
    }
}

impl fmt::Display for Origin<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

impl fmt::Debug for Origin<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Origin")
            .field("scheme", &self.scheme())
            .field("host", &self.host())
            .field("port", &self.port)
            .finish()
    }
}

/// A [URL scheme](https://url.spec.whatwg.org/#url-scheme-string) in lower case.
pub fn is_scheme(bytes: &[u8]) -> bool {
    matches!(bytes, [b'a'..=b'z', ..])
        && bytes.len() <= SCHEME_LIMIT
        && bytes.iter().copied().all(is_scheme_byte)
}

fn is_scheme_byte(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'+' | b'-' | b'.')
}

/// `true` if the hosts of a scheme have no structure, as in `app://.`. They have one under a
/// [special scheme](https://url.spec.whatwg.org/#special-scheme).
pub(crate) fn has_opaque_hosts(scheme: &str) -> bool {
    default_port(scheme).is_none() && scheme != "file"
}

/// The [default port](https://url.spec.whatwg.org/#default-port) of a special scheme.
pub fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        "ftp" => Some(21),
        _ => None,
    }
}

/// A port as it is serialized: decimal, no sign, no leading zero, within 16 bits.
pub fn parse_port(digits: &[u8]) -> Option<u16> {
    if !matches!(digits, [b'0'] | [b'1'..=b'9', ..]) || digits.len() > 5 {
        return None;
    }
    digits.iter().try_fold(0_u16, |port, byte| match byte {
        b'0'..=b'9' => port.checked_mul(10)?.checked_add(u16::from(byte - b'0')),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
