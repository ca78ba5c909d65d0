//! Which of many paths describes a request's path closest: a tree of segments, walked without a
//! copy.

use alloc::{boxed::Box, vec, vec::Vec};
use core::cmp::Ordering;

use super::{
    pattern::Pattern,
    reading::{Decoded, LaxSegments, is_sound},
};
use crate::reason::Reason;

/// What stands for a path: the number of a policy, or none.
pub(super) type Entry = Option<u32>;

/// Paths, with what stands for each.
pub(super) struct Tree(Vec<Node>);

/// The node of the path `/`.
const ROOT: u32 = 0;

struct Node {
    parent: u32,
    /// In the order of their keys.
    children: Vec<Child>,
    /// What stands for the path itself, where that was written.
    exact: Option<Entry>,
    /// What stands for all that is below the path, where that was written.
    below: Option<Entry>,
}

struct Child {
    /// The segment in lower case. No two have the same.
    key: Box<[u8]>,
    segment: Box<[u8]>,
    node: u32,
}

/// Two readings of one path lead to different policies, or it cannot be read.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Ambiguous;

impl Tree {
    pub(super) fn new() -> Self {
        Self(vec![Node::new(ROOT)])
    }

    /// Adds a path, or says what keeps it from standing beside the others.
    pub(super) fn add(&mut self, pattern: &Pattern<'_>, entry: Entry) -> Result<(), Reason> {
        let mut node = ROOT;
        for segment in &pattern.segments {
            node = self.grow(node, segment.as_bytes())?;
        }
        let node = &mut self.0[node as usize];
        let place = if pattern.below { &mut node.below } else { &mut node.exact };
        match place.replace(entry) {
            None => Ok(()),
            Some(_) => Err(Reason::PathTie),
        }
    }

    /// The child for this segment, made if there is none.
    fn grow(&mut self, parent: u32, segment: &[u8]) -> Result<u32, Reason> {
        let key = segment.to_ascii_lowercase();
        let next = self.0.len() as u32;
        let children = &mut self.0[parent as usize].children;
        match children.binary_search_by(|child| (*child.key).cmp(&key)) {
            Ok(at) if *children[at].segment == *segment => Ok(children[at].node),
            Ok(_) => Err(Reason::PathCase),
            Err(at) => {
                let child = Child { key: key.into(), segment: segment.into(), node: next };
                children.insert(at, child);
                self.0.push(Node::new(parent));
                Ok(next)
            }
        }
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
            let mut length = 0;
            for &byte in rest {
                match byte {
                    b'/' => break,
                    b'%' | b'\\' | ..=0x1f | 0x7f.. => return None,
                    _ => length += 1,
                }
            }
            let (segment, after) = rest.split_at(length);
            match (segment, after) {
                (b"", [_, ..]) | (b"." | b"..", _) => return None,
                (b"", []) => walk.slash = true,
                _ if walk.beyond == 0 => match walk.child(|key| key.cmp(segment)) {
                    Some(child) if *child.segment == *segment => walk.enter(Some(child)),
                    None if !segment.iter().any(u8::is_ascii_uppercase) => walk.enter(None),
                    _ => return None,
                },
                _ => walk.enter(None),
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
            let child = walk.child_of(segment);
            walk.enter(child.filter(|child| Decoded(segment).eq(child.segment.iter().copied())));
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
    fn new(parent: u32) -> Self {
        Self { parent, children: Vec::new(), exact: None, below: None }
    }
}

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
        &self.tree.0[self.node as usize]
    }

    /// The child whose key compares as equal.
    fn child(&self, compare: impl Fn(&[u8]) -> Ordering) -> Option<&'t Child> {
        let children = &self.node().children;
        let at = children.binary_search_by(|child| compare(&child.key)).ok()?;
        children.get(at)
    }

    /// The child for an encoded segment in any case.
    fn child_of(&self, segment: &[u8]) -> Option<&'t Child> {
        if self.beyond > 0 {
            return None;
        }
        let lower = || Decoded(segment).map(|byte| byte.to_ascii_lowercase());
        self.child(|key| key.iter().copied().cmp(lower()))
    }

    fn enter(&mut self, child: Option<&Child>) {
        match child {
            Some(child) => self.node = child.node,
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
