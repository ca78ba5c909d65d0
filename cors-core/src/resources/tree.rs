//! Which of many paths describes a request's path closest: a tree of segments, walked without a
//! copy.

use alloc::{boxed::Box, vec, vec::Vec};
use core::{cmp::Ordering, hash::BuildHasher};

use hashbrown::{DefaultHashBuilder, HashTable};

use super::{
    pattern::Pattern,
    reading::{Decoded, LaxSegments, is_sound},
};
use crate::reason::Reason;

/// What stands for a path: the number of a policy, or none.
pub(super) type Entry = Option<u32>;

/// Paths, with what stands for each.
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// The same nodes by parent and key, for segments that need not be decoded.
    index: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

/// The node of the path `/`.
const ROOT: u32 = 0;

struct Node {
    parent: u32,
    /// The last segment in lower case: no two children of a node have the same.
    key: Box<[u8]>,
    /// The last segment as it was written.
    segment: Box<[u8]>,
    /// In the order of their keys.
    children: Vec<u32>,
    /// What stands for the path itself, where that was written.
    exact: Option<Entry>,
    /// What stands for all that is below the path, where that was written.
    below: Option<Entry>,
}

/// Two readings of one path lead to different policies, or it cannot be read.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Ambiguous;

impl Tree {
    pub(super) fn new() -> Self {
        let nodes = vec![Node::new(ROOT, b"")];
        Self { nodes, index: HashTable::new(), hasher: DefaultHashBuilder::default() }
    }

    /// Adds a path, or says what keeps it from standing beside the others.
    pub(super) fn add(&mut self, pattern: &Pattern<'_>, entry: Entry) -> Result<(), Reason> {
        let mut node = ROOT;
        for segment in &pattern.segments {
            node = self.grow(node, segment.as_bytes())?;
        }
        let node = &mut self.nodes[node as usize];
        let place = if pattern.below { &mut node.below } else { &mut node.exact };
        match place.replace(entry) {
            None => Ok(()),
            Some(_) => Err(Reason::PathTie),
        }
    }

    /// The child for this segment, made if there is none.
    fn grow(&mut self, parent: u32, segment: &[u8]) -> Result<u32, Reason> {
        let added = Node::new(parent, segment);
        match self.search(parent, |key| key.cmp(&added.key)) {
            Ok(child) if self.node(child).segment == added.segment => Ok(child),
            Ok(_) => Err(Reason::PathCase),
            Err(at) => {
                let number = self.nodes.len() as u32;
                self.nodes.push(added);
                self.nodes[parent as usize].children.insert(at, number);
                let Self { nodes, index, hasher } = self;
                let hash = |number: &u32| {
                    let node = &nodes[*number as usize];
                    hasher.hash_one((node.parent, &*node.key))
                };
                index.insert_unique(hash(&number), number, hash);
                Ok(number)
            }
        }
    }

    fn node(&self, number: u32) -> &Node {
        &self.nodes[number as usize]
    }

    /// The child whose key compares as equal, or where it would stand.
    fn search(&self, parent: u32, compare: impl Fn(&[u8]) -> Ordering) -> Result<u32, usize> {
        let children = &self.node(parent).children;
        let at = children.binary_search_by(|child| compare(&self.node(*child).key))?;
        Ok(children[at])
    }

    /// The child with this key.
    fn child(&self, parent: u32, key: &[u8]) -> Option<u32> {
        let is = |number: &u32| {
            let node = self.node(*number);
            node.parent == parent && *node.key == *key
        };
        self.index.find(self.hasher.hash_one((parent, key)), is).copied()
    }

    /// What stands for a request's path.
    pub(super) fn find(&self, path: &[u8]) -> Result<Entry, Ambiguous> {
        let path = path.strip_prefix(b"/").unwrap_or(path);
        if let Some(entry) = self.find_plain(path) {
            return Ok(entry);
        }
        let strict = self.find_strict(path);
        if is_sound(path) && strict == self.find_lax(path) { Ok(strict) } else { Err(Ambiguous) }
    }

    /// Finds a path that has one reading alone, as nearly all have.
    fn find_plain(&self, path: &[u8]) -> Option<Entry> {
        let mut walk = Walk::new(self);
        let mut rest = path;
        loop {
            let end = rest.iter().position(|byte| KINDS[usize::from(*byte)] != Byte::Plain);
            let (segment, after) = rest.split_at(end.unwrap_or(rest.len()));
            match (segment, after) {
                (_, [byte, ..]) if *byte != b'/' => return None,
                (b"", [_, ..]) | (b"." | b"..", _) => return None,
                (b"", []) => walk.slash = true,
                _ if walk.beyond > 0 => walk.beyond += 1,
                _ => match self.child(walk.node, segment) {
                    Some(child) if *self.node(child).segment == *segment => walk.node = child,
                    None if !segment.iter().any(u8::is_ascii_uppercase) => walk.beyond += 1,
                    _ => return None,
                },
            }
            match after {
                [] => return Some(walk.end()),
                [_, after @ ..] => rest = after,
            }
        }
    }

    /// Reads a path as it stands.
    fn find_strict(&self, path: &[u8]) -> Entry {
        let mut walk = Walk::new(self);
        let mut segments = path.split(|byte| *byte == b'/').peekable();
        while let Some(segment) = segments.next() {
            if segment.is_empty() && segments.peek().is_none() {
                walk.slash = true;
                break;
            }
            let is = |child: &u32| Decoded(segment).eq(self.node(*child).segment.iter().copied());
            walk.enter(walk.child_of(segment).filter(is));
        }
        walk.end()
    }

    /// Reads a path as a lax reader might.
    fn find_lax(&self, path: &[u8]) -> Entry {
        let mut walk = Walk::new(self);
        for segment in LaxSegments(Some(path)) {
            let is = |text: &[u8]| Decoded(segment).eq(text.iter().copied());
            walk.slash = true;
            if is(b"..") {
                walk.leave();
            } else if !is(b"") && !is(b".") {
                walk.slash = false;
                walk.enter(walk.child_of(segment));
            }
        }
        walk.end()
    }
}

impl Node {
    fn new(parent: u32, segment: &[u8]) -> Self {
        let key = segment.to_ascii_lowercase().into();
        let (children, segment) = (Vec::new(), segment.into());
        Self { parent, key, segment, children, exact: None, below: None }
    }
}

/// What a byte of a path may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Plain,
    /// It ends a segment, or has to be looked at.
    Other,
}

const KINDS: [Byte; 256] = {
    let mut kinds = [Byte::Other; 256];
    let mut byte = 0x20;
    while byte < 0x7f {
        if !matches!(byte as u8, b'/' | b'\\' | b'%') {
            kinds[byte] = Byte::Plain;
        }
        byte += 1;
    }
    kinds
};

/// A place in the tree, or so many segments beyond it.
struct Walk<'t> {
    tree: &'t Tree,
    node: u32,
    beyond: usize,
    /// The path ended in a slash.
    slash: bool,
}

impl<'t> Walk<'t> {
    fn new(tree: &'t Tree) -> Self {
        Self { tree, node: ROOT, beyond: 0, slash: false }
    }

    fn node(&self) -> &'t Node {
        self.tree.node(self.node)
    }

    /// The child for an encoded segment in any case.
    fn child_of(&self, segment: &[u8]) -> Option<u32> {
        if self.beyond > 0 {
            return None;
        }
        let lower = || Decoded(segment).map(|byte| byte.to_ascii_lowercase());
        self.tree.search(self.node, |key| key.iter().copied().cmp(lower())).ok()
    }

    fn enter(&mut self, child: Option<u32>) {
        match child {
            Some(child) => self.node = child,
            None => self.beyond += 1,
        }
    }

    fn leave(&mut self) {
        match self.beyond.checked_sub(1) {
            Some(beyond) => self.beyond = beyond,
            None => self.node = self.node().parent,
        }
    }

    /// What stands for the path that was walked.
    fn end(mut self) -> Entry {
        if self.beyond == 0 {
            if let Some(entry) = self.node().exact {
                return entry;
            }
            // `/api/*` is below `/api/`, and not `/api`. The root is its own parent.
            if !self.slash {
                self.node = self.node().parent;
            }
        }
        loop {
            match self.node().below {
                Some(entry) => return entry,
                None if self.node == ROOT => return None,
                None => self.node = self.node().parent,
            }
        }
    }
}
