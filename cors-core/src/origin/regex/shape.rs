//! The hosts that an automaton accepts, as a graph that can be walked in both directions.

use alloc::{collections::VecDeque, format, string::String, vec, vec::Vec};

use hashbrown::{HashMap, hash_map::Entry};
use regex_automata::{Anchored, Input, dfa::Automaton, util::primitives::StateID};

use super::Dfa;
use crate::origin::default_port;

/// The characters of a domain, those first that read well in an example.
pub(super) const CHARACTERS: &[u8] = b".xevilabcdfghjkmnopqrstuwyz0123456789-_";

/// An automaton, and the scheme of the origins that it is fed.
#[derive(Clone, Copy)]
pub(super) struct Machine<'d> {
    dfa: &'d Dfa,
    pub(super) scheme: &'static str,
}

impl<'d> Machine<'d> {
    pub(super) fn new(dfa: &'d Dfa, scheme: &'static str) -> Self {
        Self { dfa, scheme }
    }

    pub(super) fn start(&self) -> Option<StateID> {
        self.dfa.start_state_forward(&Input::new("").anchored(Anchored::Yes)).ok()
    }

    /// Where the host begins, unless no origin of this scheme matches.
    pub(super) fn host_start(&self) -> Option<StateID> {
        let scheme = self.run(self.start()?, self.scheme.as_bytes())?;
        self.run(scheme, b"://")
    }

    pub(super) fn step(&self, state: StateID, byte: u8) -> Option<StateID> {
        let next = self.dfa.next_state(state, byte);
        (!self.dfa.is_dead_state(next)).then_some(next)
    }

    pub(super) fn run(&self, state: StateID, bytes: &[u8]) -> Option<StateID> {
        bytes.iter().try_fold(state, |state, &byte| self.step(state, byte))
    }

    pub(super) fn ends(&self, state: StateID) -> bool {
        self.dfa.is_match_state(self.dfa.next_eoi_state(state))
    }

    /// A port that may follow, with its colon; empty if there may be none.
    pub(super) fn port(&self, state: StateID) -> Option<String> {
        if self.ends(state) {
            return Some(String::new());
        }
        // Two numbers for each state: one of them is not the default port.
        let mut level = vec![(self.step(state, b':')?, 0_u32)];
        for digits in 0..5 {
            let mut next: Vec<(StateID, u32)> = Vec::new();
            for (state, number) in level {
                for digit in 0..10 {
                    let number = number * 10 + digit;
                    let Some(state) = self.step(state, b'0' + digit as u8) else { continue };
                    if number > 65_535 || digits == 0 && digit == 0 {
                        continue;
                    }
                    let is_default = default_port(self.scheme).map(u32::from) == Some(number);
                    if !is_default && self.ends(state) {
                        return Some(format!(":{number}"));
                    }
                    if next.iter().filter(|(known, _)| *known == state).count() < 2 {
                        next.push((state, number));
                    }
                }
            }
            level = next;
        }
        None
    }

    /// The origin with this host, if it matches.
    pub(super) fn origin(&self, host: &str) -> Option<String> {
        let port = self.port(self.run(self.host_start()?, host.as_bytes())?)?;
        Some(format!("{}://{host}{port}", self.scheme))
    }
}

/// How much of a domain was read, as far as it matters: a host whose last label is a number is not
/// a domain.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    Start,
    Digits,
    Label,
    DotAfterDigits,
    DotAfterLabel,
}

impl Shape {
    pub(super) fn step(self, byte: u8) -> Option<Self> {
        match (self, byte) {
            (Self::Digits, b'.') => Some(Self::DotAfterDigits),
            (Self::Label, b'.') => Some(Self::DotAfterLabel),
            (_, b'.') => None,
            (Self::Label, _) => Some(Self::Label),
            (_, b'0'..=b'9') => Some(Self::Digits),
            _ => Some(Self::Label),
        }
    }

    pub(super) fn is_domain(self) -> bool {
        matches!(self, Self::Label | Self::DotAfterLabel)
    }
}

/// The domains that a machine accepts. Nodes are numbered by their distance from the start.
pub(super) struct Graph {
    /// The characters that lead to each node, and from where.
    before: Vec<Vec<(u8, u32)>>,
    /// The nodes at which a domain may end, a dot at its end aside.
    ends: Vec<u32>,
    /// The same with the dot.
    all_ends: Vec<u32>,
}

/// The most edges of a graph.
const EDGES: usize = 1 << 21;

impl Graph {
    /// The graph, or nothing if it is too large.
    pub(super) fn new(machine: &Machine<'_>) -> Option<Self> {
        let mut graph = Self { before: Vec::new(), ends: Vec::new(), all_ends: Vec::new() };
        let Some(start) = machine.host_start() else { return Some(graph) };
        let first = (start, Shape::Start);
        let mut numbers: HashMap<(StateID, Shape), u32> = HashMap::new();
        numbers.insert(first, 0);
        let mut ports = HashMap::new();
        let mut queue = VecDeque::from([first]);
        let mut edges = 0;
        graph.before.push(Vec::new());
        while let Some((state, shape)) = queue.pop_front() {
            let number = numbers[&(state, shape)];
            let may_end = shape.is_domain()
                && *ports.entry(state).or_insert_with(|| machine.port(state).is_some());
            if may_end {
                graph.all_ends.push(number);
                if shape == Shape::Label {
                    graph.ends.push(number);
                }
            }
            for &byte in CHARACTERS {
                let Some(shape) = shape.step(byte) else { continue };
                let Some(state) = machine.step(state, byte) else { continue };
                let next = match numbers.entry((state, shape)) {
                    Entry::Occupied(known) => *known.get(),
                    Entry::Vacant(new) => {
                        let next = graph.before.len() as u32;
                        graph.before.push(Vec::new());
                        queue.push_back((state, shape));
                        *new.insert(next)
                    }
                };
                graph.before[next as usize].push((byte, number));
                edges += 1;
            }
            if edges > EDGES {
                return None;
            }
        }
        let rooted: Vec<u32> = graph.all_ends.iter().flat_map(|&end| graph.dots(end)).collect();
        graph.ends.extend(rooted);
        graph.ends.sort_unstable();
        graph.ends.dedup();
        Some(graph)
    }

    fn dots(&self, node: u32) -> impl Iterator<Item = u32> {
        self.before[node as usize].iter().filter(|(byte, _)| *byte == b'.').map(|&(_, from)| from)
    }

    /// Where a domain may end.
    pub(super) fn ends(&self) -> &[u32] {
        &self.ends
    }

    /// The edges that lead to a node.
    pub(super) fn before(&self, node: u32) -> &[(u8, u32)] {
        &self.before[node as usize]
    }

    /// The shortest text from the start to a node.
    pub(super) fn text_to(&self, mut node: u32) -> String {
        let mut bytes = Vec::new();
        while node > 0 {
            // The first edge is that by which the node was found.
            let Some(&(byte, from)) = self.before[node as usize].first() else { break };
            bytes.push(char::from(byte));
            node = from;
        }
        bytes.into_iter().rev().collect()
    }

    /// The shortest domain.
    pub(super) fn shortest(&self) -> Option<String> {
        self.all_ends.iter().min().map(|&end| self.text_to(end))
    }
}
