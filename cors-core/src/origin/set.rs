//! The matcher: which origins a policy lists, by name and by family.

use alloc::{boxed::Box, string::String, vec::Vec};

use hashbrown::HashMap;

use super::{
    Origin,
    pattern::{Pattern, PortPattern},
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
        let mut literals = Vec::new();
        let mut families = Families::default();
        for (text, pattern) in texts {
            let at = all.push(text);
            if pattern.is_literal() {
                literals.push(at);
            } else {
                families.insert(&pattern);
            }
        }
        all.shrink();
        let literals = Literals::new(&all, &literals);
        let families = (!families.hosts.is_empty()).then(|| Box::new(families));
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
                lengths.contains(origin.len()) && table.contains(&self.texts, origin)
            }
        }
    }

    /// Whether there are entries with `*`.
    pub(crate) fn has_families(&self) -> bool {
        self.families.is_some()
    }

    /// Whether an entry with `*` covers this origin.
    pub(crate) fn has_family(&self, origin: &Origin<'_>) -> bool {
        self.families.as_ref().is_some_and(|families| families.contains(origin))
    }
}

impl Literals {
    fn new(texts: &Texts, places: &[u32]) -> Self {
        if places.len() <= FEW {
            return Self::Few(places.iter().map(|&at| texts.get(at).into()).collect());
        }
        let mut lengths = Lengths::default();
        for &at in places {
            lengths.insert(texts.get(at).len());
        }
        Self::Many { table: Table::new(texts, places), lengths }
    }
}

/// The entries with `*`, by host: for `*.`, the host is what stands behind it.
#[derive(Default)]
struct Families {
    hosts: HashMap<String, Vec<Family>>,
    lengths: Lengths,
}

struct Family {
    scheme: Box<str>,
    subdomains: bool,
    port: PortPattern,
}

impl Families {
    fn insert(&mut self, pattern: &Pattern<'_>) {
        let family = Family {
            scheme: pattern.scheme.into(),
            subdomains: pattern.subdomains,
            port: pattern.port,
        };
        self.lengths.insert(pattern.host.len());
        self.hosts.entry_ref(pattern.host).or_default().push(family);
    }

    /// Looks the host up, and what stands behind each of its dots: no more look-ups than labels.
    fn contains(&self, origin: &Origin<'_>) -> bool {
        let host = origin.host();
        if self.has(host, false, origin) {
            return true;
        }
        origin.is_domain()
            && host
                .bytes()
                .enumerate()
                .filter(|&(_, byte)| byte == b'.')
                .any(|(dot, _)| self.has(&host[dot + 1..], true, origin))
    }

    fn has(&self, host: &str, subdomains: bool, origin: &Origin<'_>) -> bool {
        self.lengths.contains(host.len())
            && self.hosts.get(host).is_some_and(|families| {
                families.iter().any(|family| {
                    family.subdomains == subdomains
                        && *family.scheme == *origin.scheme()
                        && family.port.contains(origin.port())
                })
            })
    }
}

impl PortPattern {
    fn contains(self, port: Option<u16>) -> bool {
        match self {
            Self::Any => true,
            Self::Exactly(exactly) => exactly == port,
        }
    }
}

/// A set of lengths, up to the longest that an origin can have: most strangers differ in length
/// already, and are never hashed.
#[derive(Default)]
struct Lengths([u64; super::LIMIT / 64 + 1]);

impl Lengths {
    fn insert(&mut self, len: usize) {
        if let Some(word) = self.0.get_mut(len / 64) {
            *word |= 1 << (len % 64);
        }
    }

    fn contains(&self, len: usize) -> bool {
        self.0.get(len / 64).is_some_and(|word| word >> (len % 64) & 1 == 1)
    }
}
