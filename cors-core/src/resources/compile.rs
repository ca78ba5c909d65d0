//! `Resources` to `Cors`.

use alloc::{boxed::Box, string::String, vec::Vec};

use hashbrown::hash_map::{Entry, HashMap};

use super::{
    Resources, pattern,
    sapling::Sapling,
    tree::{Ambiguous, Tree},
};
use crate::{
    Cors, Diagnostic, DiagnosticKind, Framework, Policy, PolicyErrors, compiled::Compiled,
};

/// Compiled policies by path.
pub(crate) struct Paths<C: Framework> {
    tree: Tree,
    policies: Box<[Compiled<C>]>,
    /// Allows no origin.
    closed: Compiled<C>,
    /// What was written: the paths, and the policies' numbers.
    entries: Box<[(String, Option<u32>)]>,
}

/// The policy of a path, and its pattern as it was written.
pub(crate) struct Place<'a, C: Framework> {
    pub(crate) policy: Option<&'a Compiled<C>>,
    pub(crate) path: Option<String>,
}

/// What stands for a path.
pub(crate) enum Found<'a, C: Framework> {
    Policy(&'a Compiled<C>),
    /// One policy by one reading, and another by another. This one allows no origin.
    Ambiguous(&'a Compiled<C>),
    None,
}

impl Resources {
    /// Validates every policy and every path.
    ///
    /// # Errors
    ///
    /// Every mistake at once, in the order written, each with its path: see [`DiagnosticKind`].
    ///
    /// ```
    /// use cors_core::{Policy, Resources};
    ///
    /// let wrong = Resources::new().at("/api/", Policy::new()).without("/api/*").without("/api/*");
    /// let errors = wrong.compile().unwrap_err();
    /// let codes: Vec<_> = errors.iter().map(|error| error.code()).collect();
    /// assert_eq!(codes, ["path-trailing-slash", "origin-none", "path-tie"]);
    /// ```
    pub fn compile(&self) -> Result<Cors, PolicyErrors> {
        self.compile_for()
    }

    /// Like [`compile`](Self::compile), with the values of a framework: for adapters and tools.
    /// Adapters render a [`Cors`] themselves.
    ///
    /// # Errors
    ///
    /// Those of [`compile`](Self::compile).
    pub fn compile_for<C: Framework>(&self) -> Result<Cors<C>, PolicyErrors> {
        if let Some(policy) = self.only() {
            return policy.compile_for();
        }
        let mut errors = Vec::new();
        if self.entries.is_empty() {
            errors.push(Diagnostic::new(DiagnosticKind::ResourcesNone, ""));
        }
        let mut sapling = Sapling::new();
        let mut policies = Vec::new();
        // Equal policies are one, so that a path between them is not ambiguous.
        let mut known: HashMap<&Policy, u32> = HashMap::new();
        let mut entries = Vec::with_capacity(self.entries.len());
        for (at, (path, policy)) in self.entries.iter().enumerate() {
            let next = known.len() as u32;
            let (number, new) = match policy.as_ref().map(|policy| known.entry(policy)) {
                Some(Entry::Occupied(known)) => (Some(*known.get()), None),
                Some(Entry::Vacant(new)) => (Some(next), Some(*new.insert_entry(next).key())),
                None => (None, None),
            };
            let mut wrong = |reason| errors.push(Diagnostic::new(reason, path).of_entry(at));
            match pattern::parse(path) {
                Ok(pattern) => sapling.add(&pattern, number).unwrap_or_else(wrong),
                Err(reasons) => reasons.into_iter().for_each(&mut wrong),
            }
            entries.push((path.clone(), number));
            match new.map(Policy::prove) {
                Some(Ok(compiled)) => policies.push(compiled),
                Some(Err(wrong)) => {
                    errors.extend(wrong.into_iter().map(|error| error.under_path(at, path)));
                }
                None => {}
            }
        }
        PolicyErrors::check(errors)?;
        // With origins from a predicate that is never asked.
        let closed = Policy::new().dynamic_origins().prove()?;
        let (tree, policies, entries) = (sapling.grown(), policies.into(), entries.into());
        Ok(Cors::by_path(Paths { tree, policies, closed, entries }))
    }
}

impl<C: Framework> Paths<C> {
    /// A policy that allows no origin.
    pub(crate) fn closed(&self) -> &Compiled<C> {
        &self.closed
    }

    pub(crate) fn find(&self, path: &[u8]) -> Found<'_, C> {
        match self.tree.find(path) {
            Ok(None) => Found::None,
            Ok(Some(number)) => Found::Policy(&self.policies[number as usize]),
            Err(Ambiguous) => Found::Ambiguous(&self.closed),
        }
    }

    /// The policy of a path, and the pattern that it is found by. Off the hot path.
    pub(crate) fn place(&self, path: &[u8]) -> Place<'_, C> {
        let Ok(Some(number)) = self.tree.find(path) else {
            return Place { policy: None, path: None };
        };
        // The tree forgets patterns: each of this policy's is tried alone.
        let covers = |written: &&str| {
            let mut sapling = Sapling::new();
            pattern::parse(written).is_ok_and(|pattern| sapling.add(&pattern, Some(0)).is_ok())
                && matches!(sapling.grown().find(path), Ok(Some(_)))
        };
        let entries = self.entries.iter().filter(|(_, known)| *known == Some(number));
        let written = entries.map(|(written, _)| written.as_str()).filter(covers);
        // The longest one is the most specific: all of them cover the same path.
        let closest = written.max_by_key(|written| written.len());
        Place { policy: Some(&self.policies[number as usize]), path: closest.map(Into::into) }
    }

    pub(crate) fn resources(&self) -> Resources {
        let policy = |number: u32| self.policies[number as usize].policy();
        let entries = self.entries.iter();
        let entries = entries.map(|(path, number)| (path.clone(), number.map(policy)));
        Resources { entries: entries.collect() }
    }
}
