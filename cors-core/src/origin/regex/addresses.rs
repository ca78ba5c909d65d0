//! The IP addresses that a pattern accepts.

use alloc::{
    collections::BTreeSet,
    string::{String, ToString},
    vec::Vec,
};

use regex_automata::util::primitives::StateID;

use super::{domains::LIMIT, shape::Machine};
use crate::origin::host::{self, HostKind};

/// The most steps that are taken for one pattern.
const BUDGET: usize = 1 << 16;

/// Some address for an example, of those that are
/// [reserved for documentation](https://www.rfc-editor.org/rfc/rfc5737).
const SAMPLES: [&str; 2] = ["203.0.113.7", "[2001:db8::7]"];

/// The addresses that are not loopback, up to one more than the limit.
pub(super) struct Addresses<'d> {
    machine: Machine<'d>,
    pub(super) found: Vec<String>,
    pub(super) has_loopback: bool,
    /// One of those that only a private network has.
    pub(super) private: Option<String>,
    budget: usize,
    /// The states from which no address is reached with so many characters read.
    dead: BTreeSet<(StateID, u8)>,
}

impl<'d> Addresses<'d> {
    pub(super) fn of(machine: Machine<'d>) -> Self {
        let mut all = Self {
            machine,
            found: Vec::new(),
            has_loopback: false,
            private: None,
            budget: BUDGET,
            dead: BTreeSet::new(),
        };
        let Some(start) = machine.host_start() else { return all };
        for sample in SAMPLES {
            if machine.origin(sample).is_some() {
                all.found.push(sample.into());
            }
        }
        all.ipv4(start, &mut String::new());
        all.dead.clear();
        if let Some(start) = machine.step(start, b'[') {
            all.ipv6(start, &mut "[".to_string());
        }
        all
    }

    pub(super) fn is_unbounded(&self) -> bool {
        self.found.len() > LIMIT || self.budget == 0
    }

    /// Adds the addresses that begin with this text. `false` if there are none.
    fn ipv4(&mut self, state: StateID, text: &mut String) -> bool {
        let octet = text.rsplit('.').next().unwrap_or_default().len();
        let dots = text.bytes().filter(|&byte| byte == b'.').count();
        let shape = (dots * 4 + octet) as u8;
        if self.is_unbounded() || self.dead.contains(&(state, shape)) {
            return false;
        }
        if self.private.is_some() && is_private_ipv4(text) {
            return true;
        }
        self.budget = self.budget.saturating_sub(1);
        let mut any = false;
        if dots == 3 && octet > 0 && self.machine.port(state).is_some() {
            any = true;
            self.add(text);
        }
        for &byte in b".0123456789" {
            let Some(next) = self.machine.step(state, byte) else { continue };
            let may_follow = match byte {
                b'.' => octet > 0 && dots < 3,
                _ => octet < 3,
            };
            if !may_follow {
                continue;
            }
            text.push(char::from(byte));
            let last = text.rsplit('.').next().unwrap_or_default();
            let is_octet = last.len() < 2 || !last.starts_with('0') && last.parse::<u8>().is_ok();
            // All of 127.0.0.0/8 is loopback.
            if is_octet {
                match text.as_str() {
                    "127." => self.has_loopback = true,
                    _ => any |= self.ipv4(next, text),
                }
            }
            text.pop();
        }
        if !any && !self.is_unbounded() && octet == 0 {
            self.dead.insert((state, shape));
        }
        any
    }

    fn ipv6(&mut self, state: StateID, text: &mut String) -> bool {
        let shape = text.len() as u8;
        if self.is_unbounded() || text.len() > 40 || self.dead.contains(&(state, shape)) {
            return false;
        }
        if self.private.is_some() && is_private_ipv6(text) {
            return true;
        }
        self.budget = self.budget.saturating_sub(1);
        let mut any = false;
        for &byte in b"]:0123456789abcdef" {
            let Some(next) = self.machine.step(state, byte) else { continue };
            text.push(char::from(byte));
            if byte != b']' {
                any |= self.ipv6(next, text);
            } else if self.machine.port(next).is_some() {
                any = true;
                self.add(text);
            }
            text.pop();
        }
        if !any && !self.is_unbounded() {
            self.dead.insert((state, shape));
        }
        any
    }

    fn add(&mut self, text: &str) {
        let Some(kind) = HostKind::of(text.as_bytes()) else { return };
        if host::is_loopback(text, kind) {
            self.has_loopback = true;
        } else if is_private_ipv4(text) || is_private_ipv6(text) {
            self.private.get_or_insert_with(|| text.into());
        } else if !self.found.iter().any(|known| known == text) {
            self.found.push(text.into());
        }
    }
}

/// Whether every address that begins so is [for private use](https://www.rfc-editor.org/rfc/rfc1918)
/// or for one link.
fn is_private_ipv4(text: &str) -> bool {
    let mut octets = text.split('.');
    let (Some(first), Some(second), Some(_)) = (octets.next(), octets.next(), octets.next()) else {
        return text.starts_with("10.");
    };
    match first {
        "10" => true,
        "172" => second.parse().is_ok_and(|second: u8| (16..32).contains(&second)),
        "192" => second == "168",
        "169" => second == "254",
        _ => false,
    }
}

/// The same for [unique local](https://www.rfc-editor.org/rfc/rfc4193) addresses and those of a link.
fn is_private_ipv6(text: &str) -> bool {
    let group =
        text.strip_prefix('[').and_then(|rest| rest.split_once(':')).map(|(group, _)| group);
    let group = group.filter(|group| group.len() == 4);
    let number = group.and_then(|group| u16::from_str_radix(group, 16).ok());
    number.is_some_and(|number| number & 0xfe00 == 0xfc00 || number & 0xffc0 == 0xfe80)
}
