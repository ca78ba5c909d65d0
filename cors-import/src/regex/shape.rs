//! A regular expression as entries of `allow_origins`, if those say the same.

use cors_core::{Origin, PatternReach};
use regex_syntax::hir::{Hir, HirKind, Look};

use super::class::{covers, is_digits, width};

/// More alternatives than this are kept as a regular expression.
const MOST: usize = 64;

/// A part of one alternative of a pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Atom {
    Start,
    End,
    Text(String),
    /// An unescaped dot.
    AnyOne,
    /// Any number of characters, dots included.
    Many,
    Digits,
    /// Anything else.
    Other,
}

/// The entries that a pattern means.
#[derive(PartialEq, Eq, Debug, Default)]
pub(crate) struct Shape {
    /// Entries of `allow_origins`.
    pub(crate) origins: Vec<String>,
    /// An origin that the library accepts because nothing ends the pattern.
    pub(crate) end_open: Option<String>,
    /// An origin that the library accepts because nothing separates the domain.
    pub(crate) start_open: Option<String>,
    /// An origin that the library accepts because a dot is not escaped.
    pub(crate) dot: Option<String>,
    /// Loopback hosts are allowed on every port.
    pub(crate) loopback: bool,
}

/// The entries that say what the pattern says, or less if it is open. `None` if it says more.
pub(crate) fn of(hir: &Hir, anchored: bool, full: bool) -> Option<Shape> {
    let mut shape = Shape::default();
    let alternatives = expand(hir)?;
    let mut entries: Vec<(String, Port)> = Vec::new();
    for atoms in alternatives {
        entry(&atoms, anchored, full, &mut shape, &mut entries)?;
    }
    for (host, port) in &entries {
        let has = |wanted: Port| entries.contains(&(host.clone(), wanted));
        let local = is_loopback(host);
        let any_port = match port {
            Port::None => has(Port::Digits),
            Port::Open => local,
            Port::Digits if local || has(Port::None) => {
                shape.loopback |= !has(Port::None);
                true
            }
            Port::Digits => return None,
            Port::Text => false,
        };
        let text = if any_port { format!("{host}:*") } else { host.clone() };
        if !shape.origins.contains(&text) {
            shape.origins.push(text);
        }
    }
    (!shape.origins.is_empty()).then_some(shape)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Port {
    None,
    /// Written out.
    Text,
    Digits,
    /// Anything may follow.
    Open,
}

/// Adds what one alternative allows; nothing if no origin has its form.
fn entry(
    atoms: &[Atom],
    anchored: bool,
    full: bool,
    shape: &mut Shape,
    entries: &mut Vec<(String, Port)>,
) -> Option<()> {
    let anchored = anchored || atoms.first() == Some(&Atom::Start);
    let ended = full || atoms.last() == Some(&Atom::End);
    let atoms: Vec<_> =
        atoms.iter().filter(|atom| !matches!(atom, Atom::Start | Atom::End)).cloned().collect();
    let (atoms, stranger) = dotted(&atoms);
    let mut atoms = atoms.as_slice();
    let schemed = |atom: &Atom| match atom {
        Atom::Text(text) => text.contains("://"),
        atom => matches!(atom, Atom::Many | Atom::AnyOne),
    };
    if anchored && !atoms.iter().any(schemed) {
        // An origin has a scheme: none begins like this.
        return Some(());
    }
    let subdomains = match atoms {
        [Atom::Many, Atom::Text(text), ..] => is_host(text),
        [Atom::Text(text), ..] => !anchored && is_host(text),
        _ => false,
    };
    if subdomains {
        let rest = &atoms[usize::from(atoms[0] == Atom::Many)..];
        for scheme in ["https://", "http://"] {
            let mut with: Vec<_> = vec![Atom::Text(scheme.into()), Atom::Many];
            with.extend_from_slice(rest);
            with.extend(ended.then_some(Atom::End));
            entry(&with, true, full, shape, entries)?;
        }
        return Some(());
    }
    let Some(Atom::Text(first)) = atoms.first() else { return None };
    let (scheme, first) = first.split_once("://")?;
    if !matches!(scheme, "http" | "https") {
        return None;
    }
    let mut open = !ended;
    if let [.., Atom::Text(text), Atom::Many] = atoms
        && text.ends_with(|c: char| c.is_ascii_alphanumeric())
    {
        open = true;
        atoms = &atoms[..atoms.len() - 1];
    }
    let rest = &atoms[1..];
    let (before, host, port) = match (first, rest) {
        (host, []) => ("", host, Port::None),
        (host, [Atom::Digits]) => ("", host.strip_suffix(':')?, Port::Digits),
        ("", [Atom::Many | Atom::Other, Atom::Text(host)]) => ("*", host.as_str(), Port::None),
        ("", [Atom::Many | Atom::Other, Atom::Text(host), Atom::Digits]) => {
            ("*", host.strip_suffix(':')?, Port::Digits)
        }
        _ => return None,
    };
    let bare = host.trim_start_matches('.');
    if bare.contains('/') {
        // An origin has no path.
        return Some(());
    }
    let opaque = rest.first() == Some(&Atom::Other);
    if opaque && !is_loopback(&format!("{scheme}://{bare}")) {
        return None;
    }
    let written = format!("{scheme}://{bare}");
    if Origin::parse(written.as_bytes()).is_none() || !before.is_empty() && is_open(bare) {
        return None;
    }
    if open && port == Port::None && !bare.contains('.') && !is_loopback(&written) {
        return None;
    }
    if shape.dot.is_none() {
        shape.dot = stranger;
    }
    let port = match port {
        Port::None if open => {
            let label = if before.is_empty() { "" } else { "a." };
            let stranger = format!("{scheme}://{label}{bare}.evil.test");
            shape.end_open.get_or_insert(stranger);
            Port::Open
        }
        Port::None if bare.contains(':') => Port::Text,
        port => port,
    };
    let mut push = |text: String| entries.push((text, port));
    if before.is_empty() {
        push(written);
    } else if is_address(bare) {
        // No name is under an address.
    } else if host.starts_with('.') {
        shape.loopback |= opaque;
        push(format!("{scheme}://*.{bare}"));
    } else {
        shape.start_open.get_or_insert(format!("{scheme}://evil{bare}"));
        push(written);
        push(format!("{scheme}://*.{bare}"));
    }
    Some(())
}

/// The atoms with unescaped dots as dots, texts joined, and an origin that only the former match.
fn dotted(atoms: &[Atom]) -> (Vec<Atom>, Option<String>) {
    let plain = |char: char| char.is_ascii_alphanumeric();
    let mut joined: Vec<Atom> = Vec::new();
    // An example with a letter for the first of the dots, and one with a letter for each of them.
    let mut shown = [String::new(), String::new()];
    let mut open = false;
    for (at, atom) in atoms.iter().enumerate() {
        let follows =
            matches!(atoms.get(at + 1), Some(Atom::Text(next)) if next.starts_with(plain));
        let between = follows
            && match joined.last() {
                Some(Atom::Text(before)) => before.ends_with(plain),
                last => last == Some(&Atom::Many),
            };
        let (text, example) = match atom {
            Atom::Text(text) => (text.as_str(), [text.as_str(); 2]),
            Atom::AnyOne if between && open => (".", [".", "x"]),
            Atom::AnyOne if between => (".", ["x"; 2]),
            Atom::Digits => ("", ["8080"; 2]),
            _ => ("", ["evil"; 2]),
        };
        open |= atom == &Atom::AnyOne && between;
        shown.iter_mut().zip(example).for_each(|(shown, text)| shown.push_str(text));
        match (joined.last_mut(), text) {
            (_, "") => joined.push(atom.clone()),
            (Some(Atom::Text(before)), text) => before.push_str(text),
            (_, text) => joined.push(Atom::Text(text.to_owned())),
        }
    }
    let shown = shown.into_iter().find(|shown| Origin::parse(shown.as_bytes()).is_some());
    (joined, shown.filter(|_| open))
}

/// Whether anyone can register a name directly under this: `com`, `co.uk`.
fn is_open(host: &str) -> bool {
    let host = host.split(':').next().unwrap_or_default();
    let below = format!("https://.*\\.{}", regex_syntax::escape(host));
    PatternReach::new(&below).is_ok_and(|reach| reach.stranger().is_some() && !reach.is_hosted())
}

fn is_address(host: &str) -> bool {
    host.split(':').next().is_some_and(|host| host.parse::<std::net::Ipv4Addr>().is_ok())
}

/// Whether this is all of a host but what comes before its first dot, or a whole one.
fn is_host(text: &str) -> bool {
    let host = text.strip_prefix('.').unwrap_or(text);
    !text.contains("://") && Origin::parse(format!("https://{host}").as_bytes()).is_some()
}

/// Whether an entry is on the user's own machine.
fn is_loopback(entry: &str) -> bool {
    let host = entry.split_once("://").map_or(entry, |(_, host)| host);
    let host = host.strip_prefix("*.").unwrap_or(host);
    let host = host.split(':').next().unwrap_or_default();
    host == "localhost"
        || host.ends_with(".localhost")
        || host.starts_with("127.") && is_address(host)
}

fn expand(hir: &Hir) -> Option<Vec<Vec<Atom>>> {
    let one = |atom| Some(vec![vec![atom]]);
    match hir.kind() {
        HirKind::Empty => Some(vec![Vec::new()]),
        HirKind::Literal(literal) => {
            one(Atom::Text(str::from_utf8(&literal.0).ok()?.to_ascii_lowercase()))
        }
        HirKind::Look(Look::Start | Look::StartLF) => one(Atom::Start),
        HirKind::Look(Look::End | Look::EndLF) => one(Atom::End),
        HirKind::Look(_) => None,
        HirKind::Class(class) => match width(class) {
            _ if covers(class, b"/:@") => one(Atom::AnyOne),
            Some(chars) => Some(chars.into_iter().map(|c| vec![Atom::Text(c.into())]).collect()),
            None if covers(class, b"/") => None,
            None => one(Atom::Other),
        },
        HirKind::Repetition(repeated) => match (repeated.min, repeated.max, repeated.sub.kind()) {
            (1, Some(1), _) => expand(&repeated.sub),
            (0, Some(1), _) => {
                let mut alternatives = vec![Vec::new()];
                alternatives.extend(expand(&repeated.sub)?);
                Some(alternatives)
            }
            (0 | 1, None, HirKind::Class(class)) if covers(class, b"az09-.") => one(Atom::Many),
            (1, None, HirKind::Class(class)) if is_digits(class) => one(Atom::Digits),
            (1.., None | Some(2..), HirKind::Class(class)) if is_digits(class) => one(Atom::Digits),
            (_, _, HirKind::Class(class)) if !covers(class, b"/") => one(Atom::Other),
            _ => None,
        },
        HirKind::Capture(capture) => expand(&capture.sub),
        HirKind::Alternation(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(expand(part)?);
            }
            (all.len() <= MOST).then_some(all)
        }
        HirKind::Concat(parts) => {
            let mut all = vec![Vec::new()];
            for part in parts {
                let tails = expand(part)?;
                if all.len() * tails.len() > MOST {
                    return None;
                }
                all = all
                    .iter()
                    .flat_map(|head| tails.iter().map(move |tail| [&**head, &**tail].concat()))
                    .collect();
            }
            Some(all)
        }
    }
}
