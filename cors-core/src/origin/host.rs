//! [Hosts](https://url.spec.whatwg.org/#concept-host), as they are serialized.

use core::net::{Ipv4Addr, Ipv6Addr};

/// The longest domain, in bytes, a trailing dot aside
/// ([RFC 1034, 3.1](https://www.rfc-editor.org/rfc/rfc1034#section-3.1)).
pub(crate) const LIMIT: usize = 253;

/// The longest label of a domain, in bytes.
pub(crate) const LABEL_LIMIT: usize = 63;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum HostKind {
    Domain,
    Ipv4,
    Ipv6,
    /// Bytes without a structure, in a scheme whose URLs have no domains.
    Opaque,
}

impl HostKind {
    /// The kind of host that these bytes serialize: a domain has labels of letters in lower case,
    /// digits, `-` and `_`, none empty, and one trailing dot at most.
    pub(crate) fn of(host: &[u8]) -> Option<Self> {
        split(host).filter(|(_, rest)| rest.is_empty()).map(|(kind, _)| kind)
    }
}

/// Splits a host and its kind from `[:port]`, in one pass except for addresses.
pub(crate) fn split(authority: &[u8]) -> Option<(HostKind, &[u8])> {
    if authority.first() == Some(&b'[') {
        let (host, rest) = authority.split_at(len(authority));
        return is_ipv6(host).then_some((HostKind::Ipv6, rest));
    }
    // The label that is being read, and the one before.
    let (mut start, mut before) = (0, 0);
    let mut end = authority.len();
    for (at, &byte) in authority.iter().enumerate() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' => {}
            b'.' if is_label_len(at - start) => (before, start) = (start, at + 1),
            b':' => {
                end = at;
                break;
            }
            _ => return None,
        }
    }
    let (host, rest) = authority.split_at(end);
    // One dot may stand at the end.
    let (start, domain) = match host {
        [domain @ .., b'.'] => (before, domain),
        domain => (start, domain),
    };
    let last_label = &domain[start..];
    if domain.len() > LIMIT || !is_label_len(last_label.len()) {
        return None;
    }
    match ends_in_number(last_label) {
        true if is_ipv4(host) => Some((HostKind::Ipv4, rest)),
        true => None,
        false => Some((HostKind::Domain, rest)),
    }
}

/// Splits an opaque host from what follows it: ASCII letters in either case, digits and a few marks,
/// 253 bytes at most.
/// ([opaque host](https://url.spec.whatwg.org/#opaque-host))
pub(crate) fn split_opaque(authority: &[u8]) -> Option<(HostKind, &[u8])> {
    let is_fit = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~+".contains(byte);
    let end = authority.iter().position(|byte| !is_fit(byte)).unwrap_or(authority.len());
    (1..=LIMIT).contains(&end).then(|| (HostKind::Opaque, &authority[end..]))
}

/// The end of the host in `host[:port]`: at the bracket that closes an IPv6 address, or before the
/// first colon.
pub(crate) fn len(authority: &[u8]) -> usize {
    let end = match authority.first() {
        Some(b'[') => authority.iter().position(|&byte| byte == b']').map(|at| at + 1),
        _ => authority.iter().position(|&byte| byte == b':'),
    };
    end.unwrap_or(authority.len())
}

fn is_label_len(len: usize) -> bool {
    (1..=LABEL_LIMIT).contains(&len)
}

/// `true` if a host with this last label is an IPv4 address or invalid
/// ([ends in a number](https://url.spec.whatwg.org/#ends-in-a-number-checker)).
pub(crate) fn ends_in_number(last_label: &[u8]) -> bool {
    match last_label {
        [b'0', b'x' | b'X', hex @ ..] => hex.iter().all(u8::is_ascii_hexdigit),
        digits => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
    }
}

/// `true` for an IPv4 address as it is serialized: four decimal numbers, no leading zero.
pub(crate) fn is_ipv4(host: &[u8]) -> bool {
    // The standard library's parser takes just that form.
    core::str::from_utf8(host).is_ok_and(|host| host.parse::<Ipv4Addr>().is_ok())
}

/// `true` for an IPv6 address in brackets, as it is
/// [serialized](https://url.spec.whatwg.org/#concept-ipv6-serializer).
pub(crate) fn is_ipv6(host: &[u8]) -> bool {
    let inner = host.strip_prefix(b"[").and_then(|host| host.strip_suffix(b"]"));
    let Some(Ok(text)) = inner.map(core::str::from_utf8) else { return false };
    text.parse::<Ipv6Addr>()
        .is_ok_and(|address| Serialized::of(&address).as_bytes() == text.as_bytes())
}

/// The serialization of an IPv6 address, without brackets, on the stack. The standard library's
/// `Display` is not used: it writes mapped addresses as `::ffff:1.2.3.4`, and browsers do not.
pub(crate) struct Serialized {
    bytes: [u8; 39],
    len: usize,
}

impl Serialized {
    pub(crate) fn of(address: &Ipv6Addr) -> Self {
        let pieces = address.segments();
        let (zeros_start, zeros_end) = longest_zeros(&pieces);
        let mut text = Self { bytes: [0; 39], len: 0 };
        for (at, &piece) in pieces.iter().enumerate() {
            if at == zeros_start && zeros_end > zeros_start {
                text.push(b':');
                if at == 0 {
                    text.push(b':');
                }
            }
            if (zeros_start..zeros_end).contains(&at) {
                continue;
            }
            text.push_hex(piece);
            if at < 7 {
                text.push(b':');
            }
        }
        text
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    fn push_hex(&mut self, piece: u16) {
        let digits = (1..4).rev().find(|digit| piece >> (4 * digit) != 0).unwrap_or(0);
        for digit in (0..=digits).rev() {
            let nibble = usize::from(piece >> (4 * digit) & 0xf);
            self.push(b"0123456789abcdef"[nibble]);
        }
    }

    fn push(&mut self, byte: u8) {
        if let Some(slot) = self.bytes.get_mut(self.len) {
            *slot = byte;
            self.len += 1;
        }
    }
}

/// The first longest run of two zeros or more, which the serialization writes as `::`.
fn longest_zeros(pieces: &[u16; 8]) -> (usize, usize) {
    let mut longest = (0, 0);
    let mut start = 0;
    for (at, &piece) in pieces.iter().enumerate() {
        if piece != 0 {
            start = at + 1;
        } else if at + 1 - start >= 2 && at + 1 - start > longest.1 - longest.0 {
            longest = (start, at + 1);
        }
    }
    longest
}

pub(crate) fn is_loopback(host: &str, kind: HostKind) -> bool {
    match kind {
        HostKind::Domain => host == "localhost" || host.ends_with(".localhost"),
        HostKind::Ipv4 => host.starts_with("127."),
        HostKind::Ipv6 => host == "[::1]",
        HostKind::Opaque => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ipv6_is_written_as_browsers_write_it() {
        for (given, written) in [
            ("0:0:0:0:0:0:0:0", "::"),
            ("0:0:0:0:0:0:0:1", "::1"),
            ("1:0:0:0:0:0:0:0", "1::"),
            ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
            ("1:0:2:0:0:3:0:0", "1:0:2::3:0:0"),
            ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"),
            ("::ffff:1.2.3.4", "::ffff:102:304"),
            ("fe80::a00:1ff", "fe80::a00:1ff"),
            ("1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"),
            ("abcd:abcd:abcd:abcd:abcd:abcd:abcd:abcd", "abcd:abcd:abcd:abcd:abcd:abcd:abcd:abcd"),
        ] {
            let address: Ipv6Addr = given.parse().expect("a valid address");
            assert_eq!(core::str::from_utf8(Serialized::of(&address).as_bytes()), Ok(written));
        }
    }
}
