//! The registrable domains that a pattern's hosts are under: walked from the end of the host.

use alloc::{
    format,
    string::{String, ToString},
    vec,
    vec::Vec,
};

use super::shape::{CHARACTERS, Graph};
use crate::origin::{
    host::{self, HostKind},
    suffix,
};

/// The most domains that a pattern with credentials may be about.
pub(super) const LIMIT: usize = 16;

/// The most edges that are walked for one pattern.
const BUDGET: usize = 1 << 22;

/// A domain that somebody may register, and a host under it that is accepted.
pub(super) struct Found {
    pub(super) domain: String,
    pub(super) host: String,
}

/// The domains, up to one more than the limit.
pub(super) struct Walk<'g> {
    graph: &'g Graph,
    kind: Kind,
    pub(super) found: Vec<Found>,
    budget: usize,
}

/// Whose suffixes count.
#[derive(Clone, Copy)]
enum Kind {
    /// Those of registries and of hosting providers.
    Every,
    /// Those of registries.
    Registry,
}

impl Kind {
    fn domain(self, end: &str) -> Option<&str> {
        match self {
            Self::Every => suffix::registrable_domain(end),
            Self::Registry => suffix::registry_domain(end),
        }
    }

    fn is_above_suffixes(self, domain: &str) -> bool {
        match self {
            Self::Every => suffix::may_have_suffixes_below(domain),
            Self::Registry => suffix::may_have_registries_below(domain),
        }
    }
}

/// Which characters are of interest before a suffix that was read.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    All,
    /// The domain is known: only a public suffix further below would be another.
    Suffixes,
}

impl<'g> Walk<'g> {
    pub(super) fn new(graph: &'g Graph) -> Self {
        Self::by(graph, Kind::Every)
    }

    /// All names at a hosting provider are one domain.
    pub(super) fn by_registry(graph: &'g Graph) -> Self {
        Self::by(graph, Kind::Registry)
    }

    fn by(graph: &'g Graph, kind: Kind) -> Self {
        let mut walk = Self { graph, kind, found: Vec::new(), budget: BUDGET };
        walk.extend("", graph.ends(), Before::All);
        walk
    }

    /// Whether there are more than the limit, or more work than the budget.
    pub(super) fn is_unbounded(&self) -> bool {
        self.found.len() > LIMIT || self.budget == 0
    }

    /// `end` was read from the end of the host, and leads to these nodes.
    fn visit(&mut self, end: &str, nodes: &[u32], before: Before) {
        let Some(domain) = end.strip_prefix('.') else {
            if nodes.contains(&0) {
                self.add(end, end.to_string());
            }
            let parent = end.split_once('.').map(|(_, parent)| parent);
            if let Some(parent) =
                parent.filter(|_| before == Before::Suffixes && !suffix::may_end(end))
            {
                self.add_under(parent, end, nodes);
                return;
            }
            let label = parent.map_or(end.len(), |parent| end.len() - parent.len() - 1);
            if label <= host::LABEL_LIMIT {
                self.extend(end, nodes, before);
            }
            return;
        };
        if HostKind::of(domain.as_bytes()) != Some(HostKind::Domain) {
            return;
        }
        if host::is_loopback(domain, HostKind::Domain) {
            return;
        }
        match self.kind.domain(domain) {
            None => self.extend(end, nodes, Before::All),
            Some(_) if self.kind.is_above_suffixes(domain) => {
                self.extend(end, nodes, Before::Suffixes);
            }
            Some(_) => self.add_under(domain, end, nodes),
        }
    }

    /// Adds a domain of which some host is accepted that ends so.
    fn add_under(&mut self, domain: &str, end: &str, nodes: &[u32]) {
        let nearest = nodes.iter().min().map(|&node| self.graph.text_to(node));
        self.add(domain, format!("{}{end}", nearest.unwrap_or_default()));
    }

    fn extend(&mut self, end: &str, nodes: &[u32], before: Before) {
        if end.len() > host::LIMIT {
            return;
        }
        let mut by_character = vec![Vec::new(); CHARACTERS.len()];
        for &node in nodes {
            let edges = self.graph.before(node);
            self.budget = self.budget.saturating_sub(edges.len());
            for &(byte, from) in edges {
                if let Some(at) = CHARACTERS.iter().position(|&known| known == byte) {
                    by_character[at].push(from);
                }
            }
        }
        for (&byte, mut nodes) in CHARACTERS.iter().zip(by_character) {
            if self.is_unbounded() {
                return;
            }
            if nodes.is_empty() || byte == b'.' && (end.is_empty() || end.starts_with('.')) {
                continue;
            }
            nodes.sort_unstable();
            nodes.dedup();
            self.visit(&format!("{}{end}", char::from(byte)), &nodes, before);
        }
    }

    fn add(&mut self, domain: &str, host: String) {
        let kind = HostKind::of(domain.as_bytes());
        if kind != Some(HostKind::Domain) || host::is_loopback(domain, HostKind::Domain) {
            return;
        }
        let domain = self.kind.domain(domain).unwrap_or(domain);
        if !self.found.iter().any(|known| known.domain == domain) {
            self.found.push(Found { domain: domain.into(), host });
        }
    }
}
