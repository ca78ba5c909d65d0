//! [Public suffixes](https://publicsuffix.org/list/): domains under which anyone may register a
//! name.
//!
//! The list is a table of 55 KB that `cargo xtask suffixes` writes: an automaton that reads a
//! domain backwards. A state is a row of edges. An edge is a byte: the character's number in the
//! low six bits, a bit for the last edge of the state, and a bit for an edge whose state follows at
//! once; any other has an offset after it, seven bits in a byte. An edge with the number of a type
//! of rule ends a rule.

/// The day of the list in this table: that of `psl` 2.1.247.
pub const LIST_DATE: &str = "2026-11-05";

static TABLE: &[u8] = include_bytes!("suffix/table.bin");

const LAST: u8 = 0x40;
const NEXT: u8 = 0x80;

/// The number of the first type of rule.
const TYPES: u8 = 38;

/// The top-level domain that is
/// [reserved for private use](https://www.icann.org/en/board-activities-and-meetings/materials/approved-resolutions-special-meeting-of-the-icann-board-29-07-2024-en).
const PRIVATE_USE: &str = "internal";

/// The rules that end at one place in a domain.
#[derive(Clone, Copy, Default)]
struct Rules {
    exact: bool,
    /// `*.` before it: each name directly under it is a suffix.
    wildcard: bool,
    /// `!` before it: it is not a suffix, although a wildcard says so.
    exception: bool,
    /// In the part of the list that providers maintain.
    private: bool,
}

/// Reads the table, from the end of a domain.
#[derive(Clone, Copy)]
struct State(usize);

struct Edge {
    number: u8,
    target: State,
}

impl State {
    fn edges(self) -> impl Iterator<Item = Edge> {
        let mut at = Some(self.0);
        core::iter::from_fn(move || {
            let start = at?;
            let byte = *TABLE.get(start)?;
            let number = byte & (LAST - 1);
            let mut after = start + 1;
            let mut target = after;
            if number < TYPES && byte & NEXT == 0 {
                let (mut offset, mut shift) = (0, 0);
                while let Some(&more) = TABLE.get(after) {
                    after += 1;
                    offset |= usize::from(more & 0x7f) << shift;
                    shift += 7;
                    if more & 0x80 == 0 {
                        break;
                    }
                }
                target = after + offset;
            }
            at = (byte & LAST == 0).then_some(after);
            Some(Edge { number, target: State(target) })
        })
    }

    fn step(self, byte: u8) -> Option<Self> {
        let number = match byte {
            b'a'..=b'z' => byte - b'a',
            b'0'..=b'9' => byte - b'0' + 26,
            b'-' => 36,
            b'.' => 37,
            _ => return None,
        };
        self.edges().find(|edge| edge.number == number).map(|edge| edge.target)
    }

    /// Whether a rule of a registry is here or further on.
    #[cfg(feature = "regex")]
    fn leads_to_registry(self) -> bool {
        self.edges().any(|edge| match edge.number {
            ..TYPES => edge.target.leads_to_registry(),
            rule => rule - TYPES < 3,
        })
    }

    fn rules(self) -> Rules {
        let mut rules = Rules::default();
        for edge in self.edges().filter(|edge| edge.number >= TYPES) {
            let kind = edge.number - TYPES;
            match kind % 3 {
                0 => rules.exact = true,
                1 => rules.wildcard = true,
                _ => rules.exception = true,
            }
            rules.private |= kind >= 3;
        }
        rules
    }
}

/// A suffix in a domain: its length in bytes, and whether a provider put it on the list.
#[derive(Clone, Copy, Default)]
struct Found {
    len: usize,
    private: bool,
}

fn find(domain: &str) -> Option<Found> {
    find_among(domain, |_| true)
}

/// The longest suffix that a rule of these makes.
fn find_among(domain: &str, counts: impl Fn(Rules) -> bool) -> Option<Found> {
    let bytes = domain.as_bytes();
    let mut state = State(0);
    let mut found = None;
    for start in (0..bytes.len()).rev() {
        state = match state.step(bytes[start]) {
            Some(state) => state,
            None => break,
        };
        if start > 0 && bytes[start - 1] != b'.' {
            continue;
        }
        let rules = state.rules();
        let private = rules.private;
        if !counts(rules) {
            continue;
        }
        if rules.exception {
            let label = bytes[start..].iter().position(|&byte| byte == b'.')?;
            return Some(Found { len: bytes.len() - start - label - 1, private });
        }
        if rules.exact {
            found = Some(Found { len: bytes.len() - start, private });
        }
        if rules.wildcard && start > 1 {
            let before = bytes[..start - 1].iter().rposition(|&byte| byte == b'.');
            let label = before.map_or(0, |dot| dot + 1);
            found = Some(Found { len: bytes.len() - label, private });
        }
    }
    found
}

/// Whether anyone may register a name under this domain: it is on the list, or it is a top-level
/// domain.
fn is_public(domain: &str) -> bool {
    let listed = find(domain).is_some_and(|found| found.len == domain.len());
    listed || !domain.contains('.') && domain != PRIVATE_USE
}

/// Whether there are suffixes under this domain.
fn has_suffixes_below(domain: &str) -> bool {
    walk(domain).is_some_and(|state| state.rules().wildcard || state.step(b'.').is_some())
}

fn walk(end: &str) -> Option<State> {
    end.bytes().rev().try_fold(State(0), State::step)
}

/// Whether subdomains of this host belong to strangers.
pub(crate) fn covers_strangers(host: &str) -> bool {
    let domain = host.strip_suffix('.').unwrap_or(host);
    is_public(domain) || has_suffixes_below(domain)
}

/// Whether this host is under a suffix of a hosting provider, such as `github.io`.
pub(crate) fn is_hosted(host: &str) -> bool {
    let domain = host.strip_suffix('.').unwrap_or(host);
    find(domain).is_some_and(|found| found.private)
}

/// The public suffix of a domain in lowercase, such as `co.uk`. A top-level domain that the list
/// does not have is one.
///
/// ```
/// # use cors_core::suffix::public_suffix;
/// assert_eq!(public_suffix("app.example.co.uk"), "co.uk");
/// assert_eq!(public_suffix("me.github.io"), "github.io");
/// ```
pub fn public_suffix(domain: &str) -> &str {
    match find(domain) {
        Some(found) => &domain[domain.len() - found.len..],
        None => domain.rsplit('.').next().unwrap_or_default(),
    }
}

/// The domain that somebody registered: the public suffix and one label. `None` for a domain that
/// is a public suffix.
///
/// ```
/// # use cors_core::suffix::registrable_domain;
/// assert_eq!(registrable_domain("app.example.co.uk"), Some("example.co.uk"));
/// assert_eq!(registrable_domain("github.io"), None);
/// ```
pub fn registrable_domain(domain: &str) -> Option<&str> {
    under(domain, public_suffix(domain))
}

fn under<'d>(domain: &'d str, suffix: &'d str) -> Option<&'d str> {
    if suffix == PRIVATE_USE {
        return Some(suffix);
    }
    let labels = domain.strip_suffix(suffix)?.strip_suffix('.')?;
    let label = labels.rfind('.').map_or(0, |dot| dot + 1);
    Some(&domain[label..])
}

/// The registrable domain where suffixes of hosting providers do not count: `github.io` for
/// `me.github.io`.
#[cfg(feature = "regex")]
pub(crate) fn registry_domain(domain: &str) -> Option<&str> {
    let suffix = match find_among(domain, |rules| !rules.private) {
        Some(found) => &domain[domain.len() - found.len..],
        None => domain.rsplit('.').next().unwrap_or_default(),
    };
    under(domain, suffix)
}

/// Whether a suffix may end like this, which need not begin at a dot.
#[cfg(feature = "regex")]
pub(crate) fn may_end(end: &str) -> bool {
    // Under a wildcard, every label is one.
    let parent = end.split_once('.').map(|(_, parent)| parent);
    walk(end).is_some() || parent.and_then(walk).is_some_and(|state| state.rules().wildcard)
}

/// Whether suffixes may be found under this domain.
#[cfg(feature = "regex")]
pub(crate) fn may_have_suffixes_below(domain: &str) -> bool {
    has_suffixes_below(domain)
}

/// Whether suffixes of registries may be found under this domain.
#[cfg(feature = "regex")]
pub(crate) fn may_have_registries_below(domain: &str) -> bool {
    walk(domain).is_some_and(|state| {
        let wildcard = state.rules().wildcard && !state.rules().private;
        wildcard || state.step(b'.').is_some_and(State::leads_to_registry)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suffix_and_what_is_above_one() {
        for host in [
            "com",
            "co.uk",
            "github.io",
            "compute-1.amazonaws.com",
            "kawasaki.jp",
            "ck",
            "amazonaws.com",
            "unknown",
            "com.",
        ] {
            assert!(covers_strangers(host), "{host}");
        }
        for host in ["example.com", "example.co.uk", "me.github.io", "internal", "corp.internal"] {
            assert!(!covers_strangers(host), "{host}");
        }
    }

    #[test]
    fn a_host_at_a_provider() {
        for host in ["me.github.io", "shop.vercel.app", "a.b.pages.dev", "github.io"] {
            assert!(is_hosted(host), "{host}");
        }
        for host in ["example.com", "example.co.uk", "github.com", "localhost", "127.0.0.1"] {
            assert!(!is_hosted(host), "{host}");
        }
    }

    #[test]
    fn wildcards_and_exceptions() {
        for (domain, suffix) in [
            ("a.b.ck", "b.ck"),
            ("b.ck", "b.ck"),
            ("www.ck", "ck"),
            ("a.city.kawasaki.jp", "kawasaki.jp"),
            ("a.other.kawasaki.jp", "other.kawasaki.jp"),
            ("a.s3.amazonaws.com", "s3.amazonaws.com"),
        ] {
            assert_eq!(public_suffix(domain), suffix, "{domain}");
        }
    }
}
