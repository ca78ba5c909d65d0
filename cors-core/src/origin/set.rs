//! The matcher: which origins a policy lists, by name and by family.

use alloc::{boxed::Box, vec::Vec};

use super::{
    Origin,
    pattern::Pattern,
    texts::{Table, Texts},
};

/// Up to this many origins, comparing with each is faster than hashing.
const FEW: usize = 3;

/// The origins of a policy, in the order written and ready to be matched.
pub(crate) struct OriginSet {
    texts: Texts,
    literals: Literals,
    /// The entries with `*`, if there are any.
    families: Option<Box<Families>>,
}

enum Literals {
    Few(Vec<Box<str>>),
    Many { table: Table, lengths: Lengths },
}

impl OriginSet {
    /// `patterns` are the parsed `texts`, in the same order.
    pub(crate) fn new<'t>(texts: impl ExactSizeIterator<Item = (&'t str, Pattern<'t>)>) -> Self {
        let mut all = Texts::with_capacity(texts.len());
        let (mut literals, mut families) = (Vec::new(), Vec::new());
        for (text, pattern) in texts {
            let at = all.push(text);
            if pattern.is_literal() {
                literals.push((at, text));
            } else {
                families.push((at, key(text)));
            }
        }
        all.shrink();
        let literals = Literals::new(&all, &literals);
        let families = (!families.is_empty()).then(|| Box::new(Families::new(&all, &families)));
        Self { texts: all, literals, families }
    }

    /// The entries, as written.
    pub(crate) fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Whether an entry without `*` is just these bytes.
    #[inline]
    pub(crate) fn has_literal(&self, origin: &[u8]) -> bool {
        match &self.literals {
            Literals::Few(few) => few.iter().any(|text| text.as_bytes() == origin),
            Literals::Many { table, lengths } => {
                lengths.contains(origin.len())
                    && table.any(origin, |at| self.texts.bytes(at) == origin)
            }
        }
    }

    /// Whether there are entries with `*`.
    pub(crate) fn has_families(&self) -> bool {
        self.families.is_some()
    }

    /// Whether an entry with `*` covers this origin.
    pub(crate) fn has_family(&self, origin: &Origin<'_>) -> bool {
        self.families.as_ref().is_some_and(|families| families.contains(&self.texts, origin))
    }
}

impl Literals {
    fn new(texts: &Texts, places: &[(u32, &str)]) -> Self {
        if places.len() <= FEW {
            return Self::Few(places.iter().map(|&(_, text)| text.into()).collect());
        }
        let lengths = Lengths::of(places);
        Self::Many { table: Table::new(texts, places.iter().copied()), lengths }
    }
}

/// The entries with `*`, by their [`key`].
struct Families {
    table: Table,
    lengths: Lengths,
}

/// What an entry is found by: its host, and its port if it names one. By the host alone, many ports
/// of one host would be many entries in a row.
fn key(entry: &str) -> &str {
    let authority = entry.split_once("://").map_or(entry, |(_, authority)| authority);
    let host_and_port = authority.strip_prefix("*.").unwrap_or(authority);
    host_and_port.strip_suffix(":*").unwrap_or(host_and_port)
}

impl Families {
    fn new(texts: &Texts, keys: &[(u32, &str)]) -> Self {
        Self { table: Table::new(texts, keys.iter().copied()), lengths: Lengths::of(keys) }
    }

    /// Looks the host up, and what stands behind each of its dots, with the port and without: no
    /// more look-ups than twice the labels.
    fn contains(&self, texts: &Texts, origin: &Origin<'_>) -> bool {
        let (host, host_and_port) = (origin.host(), origin.host_and_port());
        let has = |start: usize, stars: &str| {
            let covers = |at| covers(texts.get(at), origin, stars, &host[start..]);
            self.has(&host[start..], covers)
                || origin.port().is_some() && self.has(&host_and_port[start..], covers)
        };
        if has(0, "") {
            return true;
        }
        // Any host of a custom scheme. Most policies have no key of that length.
        if self.has("*", |at| covers(texts.get(at), origin, "", "*")) {
            return true;
        }
        origin.is_domain()
            && host
                .bytes()
                .enumerate()
                .filter(|&(_, byte)| byte == b'.')
                .any(|(dot, _)| has(dot + 1, "*."))
    }

    fn has(&self, key: &str, covers: impl Fn(u32) -> bool) -> bool {
        self.lengths.contains(key.len()) && self.table.any(key.as_bytes(), covers)
    }
}

/// Whether an entry is this origin's but for what its stars stand for. Both are serialized in one
/// way only, so that their texts say all.
fn covers(entry: &str, origin: &Origin<'_>, stars: &str, host: &str) -> bool {
    [origin.scheme(), "://", stars, host]
        .into_iter()
        .try_fold(entry, |rest, part| rest.strip_prefix(part))
        .is_some_and(|port| port == ":*" || port == origin.colon_and_port())
}

/// A set of lengths, up to the longest that an origin can have: most strangers differ in length
/// already, and are never hashed.
#[derive(Default)]
struct Lengths([u64; super::LIMIT / 64 + 1]);

impl Lengths {
    /// The lengths of these keys.
    fn of(keys: &[(u32, &str)]) -> Self {
        let mut lengths = Self::default();
        for len in keys.iter().map(|(_, key)| key.len()) {
            if let Some(word) = lengths.0.get_mut(len / 64) {
                *word |= 1 << (len % 64);
            }
        }
        lengths
    }

    fn contains(&self, len: usize) -> bool {
        self.0.get(len / 64).is_some_and(|word| word >> (len % 64) & 1 == 1)
    }
}
