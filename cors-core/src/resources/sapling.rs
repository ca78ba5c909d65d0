//! A [`Tree`] to which paths are still added.

use alloc::{string::String, vec, vec::Vec};
use core::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::{
    fold::folded,
    pattern::Pattern,
    place::ROOT,
    tree::{Entry, Node, Tree},
};
use crate::DiagnosticKind;

/// A tree whose nodes have children in any order. Each of them is found by its hash: to insert it
/// in order would move all that come after it.
pub(super) struct Sapling(Tree);

impl Sapling {
    pub(super) fn new() -> Self {
        let nodes = vec![Node::new(ROOT, "")];
        Self(Tree { nodes, index: HashTable::new(), hasher: DefaultHashBuilder::default() })
    }

    /// Adds a path, or returns why it clashes with the others.
    pub(super) fn add(
        &mut self,
        pattern: &Pattern<'_>,
        entry: Entry,
    ) -> Result<(), DiagnosticKind> {
        let mut node = ROOT;
        for segment in &pattern.segments {
            node = self.grow(node, segment)?;
        }
        let node = &mut self.0.nodes[node as usize];
        let place = if pattern.below { &mut node.below } else { &mut node.exact };
        match place.replace(entry) {
            None => Ok(()),
            Some(_) => Err(DiagnosticKind::PathTie),
        }
    }

    /// The child for this segment, which is made if it is missing.
    fn grow(&mut self, parent: u32, segment: &str) -> Result<u32, DiagnosticKind> {
        let added = Node::new(parent, segment);
        match self.0.keyed(parent, added.key.as_bytes()) {
            Some(child) if self.0.node(child).segment == added.segment => Ok(child),
            Some(_) => Err(DiagnosticKind::PathCase),
            None => {
                let number = self.0.nodes.len() as u32;
                self.0.nodes.push(added);
                self.0.nodes[parent as usize].children.push(number);
                let Tree { nodes, index, hasher } = &mut self.0;
                let hash = |number: &u32| {
                    let node = &nodes[*number as usize];
                    hasher.hash_one((node.parent, node.key.as_bytes()))
                };
                index.insert_unique(hash(&number), number, hash);
                Ok(number)
            }
        }
    }

    /// The tree, in which children are in the order of their keys.
    pub(super) fn grown(mut self) -> Tree {
        for number in 0..self.0.nodes.len() {
            let mut children = core::mem::take(&mut self.0.nodes[number].children);
            children.sort_unstable_by(|a, b| self.0.node(*a).key.cmp(&self.0.node(*b).key));
            self.0.nodes[number].children = children;
        }
        self.0
    }
}

impl Node {
    fn new(parent: u32, segment: &str) -> Self {
        let key = folded(segment).collect::<String>().into();
        let (children, segment) = (Vec::new(), segment.into());
        Self { parent, key, segment, children, exact: None, below: None }
    }
}
