//! The entries of `allow_origins` that say the same as a pattern.

use alloc::{format, string::String, vec, vec::Vec};

use hashbrown::HashSet;
use regex_automata::util::primitives::StateID;

use super::{
    Dfa,
    addresses::Addresses,
    build,
    shape::{CHARACTERS, Graph, Machine, Shape},
};

/// The most entries that are worth showing.
const LIMIT: usize = 4;

/// The most pairs of states that are compared.
const PAIRS: usize = 1 << 16;

/// The entries, if they have a `*`.
pub(super) fn entries(dfa: &Dfa) -> Vec<String> {
    let mut entries = Vec::new();
    for scheme in ["https", "http"] {
        let machine = Machine::new(dfa, scheme);
        let Some(graph) = Graph::new(&machine) else { return Vec::new() };
        // An entry for an address has a `:*` at most: what is listed so is rare.
        let addresses = Addresses::of(machine);
        for host in addresses.found.iter().map(String::as_str).chain(["127.0.0.1", "[::1]"]) {
            push(&machine, host, "", &mut entries);
        }
        candidates(&machine, &graph, "", graph.ends(), &mut entries);
    }
    let has_star = entries.iter().any(|entry| entry.contains('*'));
    if !has_star || entries.len() > LIMIT || !same(dfa, &entries) {
        return Vec::new();
    }
    entries
}

/// Follows the end of the host as long as it is one text.
fn candidates(
    machine: &Machine<'_>,
    graph: &Graph,
    end: &str,
    nodes: &[u32],
    entries: &mut Vec<String>,
) {
    if end.len() > 253 || entries.len() > LIMIT {
        return;
    }
    if nodes.contains(&0) && !end.starts_with('.') {
        push(machine, end, "", entries);
    }
    let mut edges: Vec<(u8, Vec<u32>)> = Vec::new();
    for &(byte, from) in nodes.iter().flat_map(|&node| graph.before(node)) {
        match edges.iter_mut().find(|(known, _)| *known == byte) {
            Some((_, nodes)) => nodes.push(from),
            None => edges.push((byte, vec![from])),
        }
    }
    if edges.len() > 30 {
        if let Some(host) = end.strip_prefix('.') {
            push(machine, host, "*.", entries);
        }
        return;
    }
    for (byte, mut nodes) in edges {
        nodes.sort_unstable();
        nodes.dedup();
        candidates(machine, graph, &format!("{}{end}", char::from(byte)), &nodes, entries);
    }
}

/// Adds the host with the ports that the machine takes after it.
fn push(machine: &Machine<'_>, host: &str, stars: &str, entries: &mut Vec<String>) {
    let sample = if stars.is_empty() { host.into() } else { format!("x.{host}") };
    let state = machine.host_start().and_then(|start| machine.run(start, sample.as_bytes()));
    let Some(state) = state else { return };
    let Some(port) = machine.port(state) else { return };
    let any = [":1", ":8080", ":65535"]
        .iter()
        .all(|port| machine.run(state, port.as_bytes()).is_some_and(|state| machine.ends(state)));
    let port = if any { ":*" } else { port.as_str() };
    let entry = format!("{}://{stars}{host}{port}", machine.scheme);
    if !entries.contains(&entry) {
        entries.push(entry);
    }
}

/// Whether the entries cover just the origins that the pattern matches.
fn same(dfa: &Dfa, entries: &[String]) -> bool {
    let texts: Vec<String> = entries.iter().map(|entry| regex(entry)).collect();
    let Ok(other) =
        build(&[format!("(?:{})\\z", texts.join("|"))], super::SIZE_LIMIT, super::GROUP_LIMIT)
    else {
        return false;
    };
    ["https", "http"].into_iter().all(|scheme| {
        let machines = [Machine::new(dfa, scheme), Machine::new(&other, scheme)];
        let [ours, theirs] = machines.map(Addresses::of);
        let known = |all: &Addresses<'_>| all.found.iter().cloned().collect::<HashSet<_>>();
        let loopback = ["127.0.0.1", "127.0.0.2", "[::1]"].iter().all(|host| {
            machines.map(|machine| machine.origin(host).is_some()) == [true; 2]
                || machines.map(|machine| machine.origin(host).is_some()) == [false; 2]
        });
        loopback && known(&ours) == known(&theirs) && same_domains(&machines)
    })
}

fn regex(entry: &str) -> String {
    let (scheme, rest) = entry.split_once("://").unwrap_or_default();
    let (stars, rest) = match rest.strip_prefix("*.") {
        Some(rest) => ("(?:[a-z0-9_-]+\\.)+", rest),
        None => ("", rest),
    };
    let (host, port) = match rest.strip_suffix(":*") {
        Some(host) => (host, "(?::(?:0|[1-9][0-9]{0,4}))?"),
        None => (rest, ""),
    };
    let host: String = host
        .chars()
        .flat_map(|c| [(!c.is_ascii_alphanumeric()).then_some('\\'), Some(c)])
        .flatten()
        .collect();
    format!("{scheme}://{stars}{host}{port}")
}

type Pair = [Option<StateID>; 2];

fn same_domains(machines: &[Machine<'_>; 2]) -> bool {
    let start: Pair = [machines[0].host_start(), machines[1].host_start()];
    let step = |pair: Pair, byte: u8| -> Pair {
        let at = |at: usize| pair[at].and_then(|state| machines[at].step(state, byte));
        [at(0), at(1)]
    };
    let ends = |pair: Pair| {
        let at = |at: usize| pair[at].is_some_and(|state| machines[at].ends(state));
        at(0) == at(1)
    };
    let mut known: HashSet<(Pair, Shape)> = [(start, Shape::Start)].into_iter().collect();
    let mut queue = vec![(start, Shape::Start)];
    while let Some((pair, shape)) = queue.pop() {
        if known.len() > PAIRS {
            return false;
        }
        if shape.is_domain() && !(ends(pair) && same_ports(step(pair, b':'), step, ends)) {
            return false;
        }
        for &byte in CHARACTERS {
            let Some(shape) = shape.step(byte) else { continue };
            let next = (step(pair, byte), shape);
            if next.0 != [None; 2] && known.insert(next) {
                queue.push(next);
            }
        }
    }
    true
}

fn same_ports(start: Pair, step: impl Fn(Pair, u8) -> Pair, ends: impl Fn(Pair) -> bool) -> bool {
    let mut level: HashSet<Pair> = [start].into_iter().collect();
    for digits in 0..5 {
        let mut next = HashSet::new();
        for &pair in &level {
            for byte in b'0'..=b'9' {
                let after = step(pair, byte);
                if after == [None; 2] {
                    continue;
                }
                // No port begins with a zero.
                if byte > b'0' || digits > 0 {
                    if !ends(after) {
                        return false;
                    }
                    next.insert(after);
                }
            }
        }
        level = next;
    }
    true
}
