//! What a regular expression lets in, decided on its automaton.

use alloc::{string::String, vec::Vec};

use regex_automata::{dfa::Automaton, util::primitives::StateID};

use super::{
    Dfa,
    addresses::Addresses,
    build_alone,
    domains::Walk,
    dots, same,
    shape::{Graph, Machine},
};
use crate::{Diagnostic, PolicyErrors};

/// What a regular expression for origins lets in.
///
/// This is decided for every origin that a browser can send, not sampled.
///
/// ```
/// use cors_core::PatternReach;
///
/// let reach = PatternReach::new(r"https://pr-\d+\.example\.com").unwrap();
/// assert_eq!(reach.domains(), ["example.com"]);
/// assert_eq!(reach.stranger(), None);
///
/// let reach = PatternReach::new(r"https://.*example\.com").unwrap();
/// assert_eq!(reach.stranger(), Some("https://xexample.com"));
///
/// let reach = PatternReach::new(r"https://.*\.example\.com(:\d+)?").unwrap();
/// assert_eq!(reach.entries(), ["https://*.example.com:*"]);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PatternReach {
    domains: Vec<String>,
    stranger: Option<String>,
    hosted: bool,
    insecure: Option<String>,
    example: Option<String>,
    other_schemes: bool,
    dots: Vec<BareDot>,
    entries: Vec<String>,
}

/// A dot in a pattern that is not escaped, and so is any character.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BareDot {
    column: usize,
    also: String,
}

impl BareDot {
    /// The place of the dot: the first character is at 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// An origin that the pattern allows because of it.
    pub fn also(&self) -> &str {
        &self.also
    }
}

/// What one scheme lets in.
struct Scheme<'d> {
    machine: Machine<'d>,
    graph: Option<Graph>,
    addresses: Addresses<'d>,
}

impl PatternReach {
    /// Reads a pattern, which is anchored at both ends.
    ///
    /// # Errors
    ///
    /// If the pattern does not compile.
    pub fn new(pattern: &str) -> Result<Self, PolicyErrors> {
        let (_, dfa) = build_alone(pattern)
            .map_err(|reason| PolicyErrors::one(Diagnostic::new(reason, pattern)))?;
        Ok(Self::of(pattern, &dfa).with_entries(pattern, &dfa).with_dots(pattern))
    }

    /// The registrable domains and the IP addresses that http and https origins are under. Loopback and
    /// addresses of private networks are not among them. Not all of them if there is a [`stranger`](Self::stranger).
    pub fn domains(&self) -> &[String] {
        &self.domains
    }

    /// An origin of a stranger, if the pattern allows origins under more than 16 registrable domains.
    pub fn stranger(&self) -> Option<&str> {
        self.stranger.as_deref()
    }

    /// `true` if every stranger has a name under a suffix of a hosting provider, such as `vercel.app`.
    pub fn is_hosted(&self) -> bool {
        self.hosted
    }

    /// An http origin that is not loopback, if the pattern allows one.
    pub fn insecure(&self) -> Option<&str> {
        self.insecure.as_deref()
    }

    /// An http or https origin that the pattern allows.
    pub fn example(&self) -> Option<&str> {
        self.example.as_deref()
    }

    /// `true` if the pattern matches no origin that a browser sends.
    pub fn is_empty(&self) -> bool {
        self.example.is_none() && !self.other_schemes
    }

    /// The dots that are not escaped, if they allow other origins.
    pub fn dots(&self) -> &[BareDot] {
        &self.dots
    }

    /// The entries of `allow_origins` with `*` that say the same. Empty if none do.
    pub fn entries(&self) -> &[String] {
        &self.entries
    }

    /// Without dots and entries, which cost more.
    pub(crate) fn of(pattern: &str, dfa: &Dfa) -> Self {
        let mut reach = Self { other_schemes: has_other_schemes(dfa), ..Self::default() };
        let written: String = pattern.chars().filter(|&character| character != '\\').collect();
        for scheme in ["https", "http"].map(|scheme| Scheme::new(dfa, scheme)) {
            reach.add(&scheme, &written);
        }
        reach
    }

    pub(crate) fn with_entries(mut self, pattern: &str, dfa: &Dfa) -> Self {
        if self.stranger.is_none() && !self.other_schemes && pattern.contains(['*', '+', '?', '{'])
        {
            self.entries = same::entries(dfa);
        }
        self
    }

    pub(crate) fn with_dots(mut self, pattern: &str) -> Self {
        let places = dots::bare(pattern);
        for &place in &places {
            let text = dots::with_x(pattern, &places, place);
            let Ok((_, dfa)) = build_alone(&text) else { continue };
            let also =
                ["https", "http"].iter().find_map(|scheme| Scheme::new(&dfa, scheme).shortest());
            if let Some(also) = also {
                let column = pattern[..place].chars().count() + 1;
                self.dots.push(BareDot { column, also });
            }
        }
        self
    }

    fn add(&mut self, scheme: &Scheme<'_>, written: &str) {
        let machine = &scheme.machine;
        let mut hosts: Vec<(String, String)> = Vec::new();
        let mut unbounded = scheme.addresses.is_unbounded() || scheme.graph.is_none();
        let mut hosted = !unbounded;
        if let Some(graph) = &scheme.graph {
            let walk = Walk::new(graph);
            unbounded |= walk.is_unbounded();
            hosted &= walk.is_unbounded() && !Walk::by_registry(graph).is_unbounded();
            hosts.extend(walk.found.into_iter().map(|found| (found.domain, found.host)));
        }
        let addresses = scheme.addresses.found.iter();
        hosts.extend(addresses.map(|address| (address.clone(), address.clone())));

        let origin = |host: &str| -> Option<String> {
            machine.origin(host).or_else(|| machine.origin(&alloc::format!("{host}.")))
        };
        for (domain, _) in &hosts {
            if !self.domains.contains(domain) {
                self.domains.push(domain.clone());
            }
        }
        let too_many = self.stranger.is_none() && self.domains.len() > super::domains::LIMIT;
        if unbounded || too_many {
            let named = ["evil.example", "203.0.113.7"].iter().find_map(|host| origin(host));
            let foreign = hosts.iter().filter(|(domain, _)| !written.contains(domain.as_str()));
            let foreign = foreign.chain(hosts.last()).find_map(|(_, host)| origin(host));
            let any = || scheme.shortest().or_else(|| self.example.clone());
            self.hosted = hosted && (self.hosted || self.stranger.is_none());
            let stranger = named.or(foreign).or_else(any).unwrap_or_default();
            self.stranger.get_or_insert(stranger);
        }
        let private = scheme.addresses.private.as_deref();
        let first = hosts.first().map(|(_, host)| host.as_str()).or(private).and_then(origin);
        if machine.scheme == "http" && (unbounded || first.is_some()) {
            self.insecure = first.clone().or_else(|| self.stranger.clone());
        }
        if self.example.is_none() {
            let loopback = || ["127.0.0.1", "[::1]"].iter().find_map(|host| origin(host));
            let host =
                || scheme.addresses.has_loopback.then(|| machine.origin("127.0.0.2")).flatten();
            self.example = scheme.shortest().or(first).or_else(loopback).or_else(host);
        }
    }
}

impl<'d> Scheme<'d> {
    fn new(dfa: &'d Dfa, scheme: &'static str) -> Self {
        let machine = Machine::new(dfa, scheme);
        Self { machine, graph: Graph::new(&machine), addresses: Addresses::of(machine) }
    }

    /// The shortest origin with a domain.
    fn shortest(&self) -> Option<String> {
        self.machine.origin(&self.graph.as_ref()?.shortest()?)
    }
}

/// Whether origins of schemes without domains match, such as those of extensions.
fn has_other_schemes(dfa: &Dfa) -> bool {
    let machine = Machine::new(dfa, "");
    let Some(start) = machine.start() else { return false };
    // A scheme is read up to its end, and how much of it `http` and `https` share.
    let mut queue: Vec<(StateID, &[u8], usize)> = Vec::from([(start, &b""[..], 0)]);
    let mut known = hashbrown::HashSet::new();
    while let Some((state, read, len)) = queue.pop() {
        let is_web = len == read.len() && matches!(read, b"http" | b"https");
        if len > 0 && !is_web && machine.run(state, b"://").is_some_and(|after| accepts(dfa, after))
        {
            return true;
        }
        for &byte in b"abcdefghijklmnopqrstuvwxyz0123456789+-." {
            if len == 0 && !byte.is_ascii_lowercase() {
                continue;
            }
            let Some(next) = machine.step(state, byte) else { continue };
            let follows = len == read.len() && b"https".get(len) == Some(&byte);
            let read = if follows { &b"https"[..=len] } else { b"" };
            let len = if follows { len + 1 } else { 6 };
            if known.insert((next, len)) {
                queue.push((next, read, len));
            }
        }
    }
    false
}

/// Whether anything that a host may have leads to a match.
fn accepts(dfa: &Dfa, start: StateID) -> bool {
    let mut queue = Vec::from([start]);
    let mut known: hashbrown::HashSet<StateID> = [start].into_iter().collect();
    while let Some(state) = queue.pop() {
        if state != start && dfa.is_match_state(dfa.next_eoi_state(state)) {
            return true;
        }
        for byte in b'!'..=b'~' {
            let next = dfa.next_state(state, byte);
            if !dfa.is_dead_state(next) && known.insert(next) {
                queue.push(next);
            }
        }
    }
    false
}
