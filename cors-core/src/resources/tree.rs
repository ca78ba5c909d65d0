//! A tree of path segments that finds the most specific pattern for a path, without allocating.

use alloc::{boxed::Box, vec::Vec};
use core::{cmp::Ordering, hash::BuildHasher};

use hashbrown::{DefaultHashBuilder, HashTable};

use super::{
    fold::folded,
    lax,
    place::{Place, ROOT},
    text::{self, HARD, Text},
};

/// The longest path that is read. A longer one is denied.
const LONGEST: usize = 8_192;

/// The number of the policy for a path, or none.
pub(super) type Entry = Option<u32>;

/// Paths, each with its entry. A [`Sapling`](super::sapling::Sapling) grows into one.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// The same nodes by parent and key, for segments that need not be decoded.
    pub(super) index: HashTable<u32>,
    pub(super) hasher: DefaultHashBuilder,
}

pub(super) struct Node {
    pub(super) parent: u32,
    /// The last segment as lax readers see it: no two children of a node have the same.
    pub(super) key: Box<str>,
    /// The last segment as it was written.
    pub(super) segment: Box<str>,
    /// In the order of their keys.
    pub(super) children: Vec<u32>,
    /// The entry of the path itself, where one was written.
    pub(super) exact: Option<Entry>,
    /// The entry of everything below the path, where one was written.
    pub(super) below: Option<Entry>,
}

/// Two readings of one path lead to different policies, or it cannot be read.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Ambiguous;

impl Tree {
    pub(super) fn node(&self, number: u32) -> &Node {
        &self.nodes[number as usize]
    }

    /// The child whose key compares as equal.
    fn search(&self, parent: u32, compare: impl Fn(&str) -> Ordering) -> Option<u32> {
        let children = &self.node(parent).children;
        let at = children.binary_search_by(|child| compare(&self.node(*child).key)).ok()?;
        Some(children[at])
    }

    /// The child with this key.
    pub(super) fn keyed(&self, parent: u32, key: &[u8]) -> Option<u32> {
        let is = |number: &u32| {
            let node = self.node(*number);
            node.parent == parent && *node.key.as_bytes() == *key
        };
        self.index.find(self.hasher.hash_one((parent, key)), is).copied()
    }

    /// The entry of a request's path.
    pub(super) fn find(&self, path: &[u8]) -> Result<Entry, Ambiguous> {
        if path.len() > LONGEST {
            return Err(Ambiguous);
        }
        let path = path.strip_prefix(b"/").unwrap_or(path);
        if let Some(entry) = self.find_plain(path) {
            return Ok(entry);
        }
        if path.len() > text::LONGEST {
            return Err(Ambiguous);
        }
        let text = Text::new(path).map_err(|_| Ambiguous)?;
        let entry = self.find_strict(text.as_str());
        lax::check(self, text, entry).map(|()| entry)
    }

    /// Finds a path that has one reading alone, as nearly all have.
    fn find_plain(&self, path: &[u8]) -> Option<Entry> {
        let mut place = Place::default();
        let mut rest = path;
        loop {
            let end = rest.iter().position(|byte| !PLAIN[usize::from(*byte)]);
            let (segment, after) = rest.split_at(end.unwrap_or(rest.len()));
            match (segment, after) {
                (_, [byte, ..]) if *byte != b'/' => return None,
                (b"", [_, ..]) | ([.., b'.'], _) => return None,
                (b"", []) => place.slash = true,
                _ if place.beyond > 0 => place = place.enter(None),
                _ => match self.keyed(place.node, segment) {
                    Some(child) if self.node(child).segment.as_bytes() == segment => {
                        place = place.enter(Some(child));
                    }
                    None if !segment.iter().any(u8::is_ascii_uppercase) => {
                        place = place.enter(None);
                    }
                    _ => return None,
                },
            }
            match after {
                [] if self.agrees(place, self.entry(place)) => return Some(self.entry(place)),
                [] => return None,
                [_, after @ ..] => rest = after,
            }
        }
    }

    /// Reads a path as it is sent, decoded once.
    fn find_strict(&self, path: &str) -> Entry {
        let mut place = Place::default();
        let mut segments = path.split(HARD).peekable();
        while let Some(segment) = segments.next() {
            if segment.is_empty() && segments.peek().is_none() {
                place.slash = true;
            } else {
                place = place.enter(self.child(place, segment));
            }
        }
        self.entry(place)
    }

    /// The child with exactly this segment.
    pub(super) fn child(&self, place: Place, segment: &str) -> Option<u32> {
        let child = self.lax_child(place, segment)?;
        (*self.node(child).segment == *segment).then_some(child)
    }

    /// The child that a lax reader does not tell from this segment.
    pub(super) fn lax_child(&self, place: Place, segment: &str) -> Option<u32> {
        if place.beyond > 0 {
            return None;
        }
        self.search(place.node, |key| key.chars().cmp(folded(segment)))
    }

    /// The same for a reader that takes `+` for a space.
    pub(super) fn spaced_child(&self, place: Place, segment: &str) -> Option<u32> {
        if place.beyond > 0 {
            return None;
        }
        let spaced = || folded(segment).map(|c| if c == '+' { ' ' } else { c });
        self.search(place.node, |key| key.chars().cmp(spaced()))
    }

    /// The children that a lax reader takes to begin with this.
    pub(super) fn children_from<'a>(
        &'a self,
        place: Place,
        start: &'a str,
    ) -> impl Iterator<Item = u32> + 'a {
        let children = if place.beyond > 0 { &[] } else { &*self.node(place.node).children };
        let key = |child: &u32| self.node(*child).key.chars();
        let first = children.partition_point(|child| key(child).lt(folded(start)));
        let starts = move |child: &u32| {
            let mut key = key(child);
            folded(start).all(|character| key.next() == Some(character))
        };
        children[first..].iter().copied().take_while(starts)
    }

    /// The place above, where `..` leads.
    pub(super) fn up(&self, place: Place) -> Place {
        match place.beyond.checked_sub(1) {
            Some(beyond) => Place { beyond, slash: true, ..place },
            None => Place { node: self.node(place.node).parent, beyond: 0, slash: true },
        }
    }

    /// Whether a path that ends here has this entry for every reader: some drop the last slash.
    pub(super) fn agrees(&self, place: Place, entry: Entry) -> bool {
        let without = Place { slash: false, ..place };
        let is_written = place.beyond == 0 && self.node(place.node).exact.is_some();
        self.entry(place) == entry && (!is_written || self.entry(without) == entry)
    }

    /// The entry of a path that ends here.
    pub(super) fn entry(&self, place: Place) -> Entry {
        let mut number = place.node;
        if place.beyond == 0 {
            let node = self.node(number);
            if let Some(entry) = node.exact.filter(|_| !place.slash || number == ROOT) {
                return entry;
            }
            // `/api/*` is below `/api/`, and not `/api`. The root is its own parent.
            if !place.slash {
                number = node.parent;
            }
        }
        loop {
            match self.node(number).below {
                Some(entry) => return entry,
                None if number == ROOT => return None,
                None => number = self.node(number).parent,
            }
        }
    }
}

/// The bytes of which a segment has one reading alone, but for a dot at its end.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0x21;
    while byte < 0x7f {
        plain[byte] =
            !matches!(byte as u8, b'/' | b'\\' | b'%' | b';' | b'?' | b'#' | b':' | b'~' | b'+');
        byte += 1;
    }
    plain
};
