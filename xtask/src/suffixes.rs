//! `cargo xtask suffixes`: the public suffix list as a small automaton.
//!
//! The rules are those that the crate `psl` ships. They are read backwards, character by character,
//! and equal ends are shared, which is a
//! [DAFSA](https://en.wikipedia.org/wiki/Deterministic_acyclic_finite_state_automaton).
//! `cors-core/src/origin/suffix.rs` reads the format that is written here.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The characters of a rule, in the order of their numbers. The types of rules follow.
const CHARACTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789-.";

/// The number of the first type: a rule, `*.` before it, `!` before it, and the same of the list's
/// private part.
const TYPES: u8 = 38;

/// The last edge of a state.
const LAST: u8 = 0x40;

/// An edge whose state follows at once.
const NEXT: u8 = 0x80;

/// The file that the engine includes.
pub fn path() -> PathBuf {
    crate::root().join("cors-core/src/origin/suffix/table.bin")
}

/// A rule: its domain in ASCII, without `*.` and `!`, and the number of its type.
pub struct Rule {
    /// The domain.
    pub domain: String,
    /// 0 for a domain, 1 for `*.` before it, 2 for `!` before it; 3 more in the private part.
    pub kind: u8,
}

/// The rules that the crate `psl` ships.
///
/// # Errors
///
/// Where its sources cannot be found.
pub fn rules() -> Result<Vec<Rule>, String> {
    let text = fs::read_to_string(list()?).map_err(|error| format!("rules.txt: {error}"))?;
    text.lines().filter(|line| !line.is_empty()).map(rule).collect()
}

fn rule(line: &str) -> Result<Rule, String> {
    let (kind, domain) = match line.as_bytes() {
        [b'*', b'.', ..] => (1, &line[2..]),
        [b'!', ..] => (2, &line[1..]),
        _ => (0, line),
    };
    let sample = if kind == 1 { format!("any-name.{domain}") } else { domain.into() };
    let suffix = psl::suffix(sample.as_bytes());
    let private = suffix.is_some_and(|suffix| suffix.typ() == Some(psl::Type::Private));
    let domain = idna::domain_to_ascii(domain).map_err(|_| format!("{line} is not a domain"))?;
    Ok(Rule { domain, kind: kind + if private { 3 } else { 0 } })
}

/// Where Cargo keeps the list.
fn list() -> Result<PathBuf, String> {
    let output = crate::cargo()
        .args(["metadata", "--format-version=1", "--offline"])
        .output()
        .map_err(|error| format!("cargo metadata: {error}"))?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("cargo metadata: {error}"))?;
    let packages = metadata["packages"].as_array();
    let psl = packages.into_iter().flatten().find(|package| package["name"] == "psl");
    let manifest = psl.and_then(|package| package["manifest_path"].as_str());
    let folder = manifest.and_then(|manifest| Path::new(manifest).parent());
    folder.map(|folder| folder.join("data/rules.txt")).ok_or("cannot find the crate psl".into())
}

/// Writes the table.
///
/// # Errors
///
/// Where the rules cannot be read, or the table cannot be written.
pub fn write() -> Result<ExitCode, String> {
    let bytes = table(&rules()?);
    fs::write(path(), &bytes).map_err(|error| format!("{}: {error}", path().display()))?;
    println!("{}: {} bytes", path().display(), bytes.len());
    Ok(ExitCode::SUCCESS)
}

/// The rules as the engine reads them.
pub fn table(rules: &[Rule]) -> Vec<u8> {
    let mut root = Trie::default();
    for rule in rules {
        let mut trie = &mut root;
        for byte in rule.domain.bytes().rev() {
            let number = CHARACTERS.iter().position(|&known| known == byte).unwrap_or_default();
            trie = trie.0.entry(number as u8).or_default();
        }
        trie.0.insert(TYPES + rule.kind, Trie::default());
    }
    let mut states = States::default();
    let start = states.add(&root);
    states.write(start)
}

/// The rules by their characters.
#[derive(Default)]
struct Trie(BTreeMap<u8, Trie>);

/// The same with equal subtrees once. A state comes after those that it leads to.
#[derive(Default)]
struct States {
    known: HashMap<Vec<(u8, usize)>, usize>,
    edges: Vec<Vec<(u8, usize)>>,
}

impl States {
    fn add(&mut self, trie: &Trie) -> usize {
        let edges: Vec<_> = trie.0.iter().map(|(&byte, trie)| (byte, self.add(trie))).collect();
        *self.known.entry(edges.clone()).or_insert_with(|| {
            self.edges.push(edges);
            self.edges.len() - 1
        })
    }

    /// Writes the states from the end of the table to its start, so that each offset is known.
    fn write(&self, start: usize) -> Vec<u8> {
        // Reversed: the last byte of `reversed` is the first of what was written last.
        let mut reversed: Vec<u8> = Vec::new();
        let mut places: Vec<Option<usize>> = vec![None; self.edges.len()];
        for state in 0..=start {
            let edges = &self.edges[state];
            for (at, &(byte, target)) in edges.iter().enumerate().rev() {
                let last = if at + 1 == edges.len() { LAST } else { 0 };
                if byte >= TYPES {
                    reversed.push(byte | last);
                    continue;
                }
                let place = places[target].unwrap_or_default();
                let offset = reversed.len() - place;
                if offset == 0 {
                    reversed.push(byte | last | NEXT);
                    continue;
                }
                push_offset(&mut reversed, offset);
                reversed.push(byte | last);
            }
            places[state] = Some(reversed.len());
        }
        reversed.reverse();
        reversed
    }
}

/// Seven bits in each byte, the lowest first; all but the last have the eighth bit. Pushed from the
/// end.
fn push_offset(reversed: &mut Vec<u8>, offset: usize) {
    let mut bytes = Vec::new();
    let mut rest = offset;
    loop {
        let more = if rest > 0x7f { 0x80 } else { 0 };
        bytes.push((rest & 0x7f) as u8 | more);
        rest >>= 7;
        if rest == 0 {
            break;
        }
    }
    reversed.extend(bytes.iter().rev());
}
