//! The matcher: which origins a policy lists, by name and by family.

use alloc::{boxed::Box, string::String, vec::Vec};
use core::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};

use super::{
    Origin,
    pattern::{Pattern, PortPattern},
};

/// Up to this many origins, comparing with each is faster than hashing.
const FEW: usize = 3;

/// Texts in the order written, in one piece of memory: a million of them are a million numbers and
/// not a million allocations.
#[derive(Default)]
pub(crate) struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[at]]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }

    fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// The origins of a policy, in the order written and ready to be matched.
pub(crate) struct OriginSet {
    texts: Texts,
    literals: Literals,
    families: Families,
}

enum Literals {
    Few(Vec<Box<str>>),
    Many { table: HashTable<u32>, hasher: DefaultHashBuilder, lengths: Lengths },
}

impl OriginSet {
    /// `patterns` are the parsed `texts`, in the same order.
    pub(crate) fn new<'t>(texts: impl ExactSizeIterator<Item = (&'t str, Pattern<'t>)>) -> Self {
        let mut all = Texts::default();
        all.ends.reserve_exact(texts.len());
        let mut literals = Vec::new();
        let mut families = Families::default();
        for (text, pattern) in texts {
            if pattern.is_literal() {
                literals.push(all.len());
            } else {
                families.insert(&pattern);
            }
            all.push(text);
        }
        all.shrink();
        let literals = Literals::new(&all, &literals);
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
            Literals::Many { table, hasher, lengths } => {
                lengths.contains(origin.len())
                    && table
                        .find(hasher.hash_one(origin), |&at| {
                            self.texts.get(at as usize).as_bytes() == origin
                        })
                        .is_some()
            }
        }
    }

    /// Whether there are entries with `*`.
    pub(crate) fn has_families(&self) -> bool {
        !self.families.hosts.is_empty()
    }

    /// Whether an entry with `*` covers this origin.
    pub(crate) fn has_family(&self, origin: &Origin<'_>) -> bool {
        self.families.contains(origin)
    }
}

impl Literals {
    fn new(texts: &Texts, indices: &[usize]) -> Self {
        if indices.len() <= FEW {
            return Self::Few(indices.iter().map(|&at| texts.get(at).into()).collect());
        }
        let hasher = DefaultHashBuilder::default();
        let hash = |at: &u32| hasher.hash_one(texts.get(*at as usize).as_bytes());
        let mut lengths = Lengths::default();
        let mut table = HashTable::with_capacity(indices.len());
        for &at in indices {
            let text = texts.get(at);
            lengths.insert(text.len());
            let at = u32::try_from(at).expect("2^32 origins fit in no policy");
            let same = |other: &u32| texts.get(*other as usize) == text;
            table.entry(hash(&at), same, hash).or_insert(at);
        }
        Self::Many { table, hasher, lengths }
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
