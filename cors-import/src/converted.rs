//! What a conversion makes.

use cors_core::{Policy, Resources};

use crate::{Cause, Difference, Inexpressible, Library, Mistake, Rule, draft::Draft};

/// A configuration as policies by path, and every difference between the two.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Converted {
    /// The policies. They compile.
    pub resources: Resources,
    /// Where they differ: what is dangerous first, and last what every configuration of the library
    /// has.
    pub differences: Vec<Difference>,
}

/// The drafts of a configuration, each with the paths that it is for.
pub(crate) struct Drafts {
    library: Library,
    resources: Resources,
    differences: Vec<Difference>,
    mistakes: Vec<Mistake>,
}

impl Drafts {
    pub(crate) fn new(library: Library) -> Self {
        let resources = Resources::new();
        Self { library, resources, differences: Vec::new(), mistakes: Vec::new() }
    }

    /// The same draft for every path.
    pub(crate) fn only(library: Library, draft: Draft) -> Result<Converted, Inexpressible> {
        let mut drafts = Self::new(library);
        drafts.add([EVERY.to_owned()], draft);
        drafts.convert()
    }

    /// A draft for these paths. Those that have one already keep it.
    pub(crate) fn add(&mut self, paths: impl IntoIterator<Item = String>, draft: Draft) {
        match draft.settle() {
            Ok(settled) => {
                for path in paths {
                    self.set(path, settled.policy.clone());
                }
                self.differences.extend(settled.differences);
            }
            Err(wrong) => self.mistakes.extend(wrong.mistakes),
        }
    }

    /// What a draft says apart from its policy.
    pub(crate) fn absorb(&mut self, draft: Draft) {
        let (differences, mistakes) = draft.into_notes();
        self.differences.extend(differences);
        self.mistakes.extend(mistakes);
    }

    pub(crate) fn set(&mut self, path: String, policy: Option<Policy>) {
        if self.resources.iter().any(|(known, _)| known == path) {
            return;
        }
        let resources = std::mem::take(&mut self.resources);
        self.resources = match policy {
            Some(policy) => resources.at(path, policy),
            None => resources.without(path),
        };
    }

    pub(crate) fn note(&mut self, rule: Rule, value: impl Into<String>) {
        self.differences.push(Difference::new(self.library, rule, value));
    }

    /// Keys inside another option that the library does not have.
    pub(crate) fn ignored(&mut self, keys: &[String]) {
        for key in keys {
            self.note(Rule::OptionIgnored, format!("{key:?}"));
        }
    }

    pub(crate) fn refuse(&mut self, mistake: Mistake) {
        self.mistakes.push(mistake);
    }

    pub(crate) fn convert(mut self) -> Result<Converted, Inexpressible> {
        if self.resources.iter().all(|(_, policy)| policy.is_none()) {
            self.resources = Resources::new().without(EVERY);
        }
        // The policies compile already, and so what is wrong is a path.
        for error in self.resources.compile().err().iter().flatten() {
            if error.code() == "path-trailing-slash" {
                let (cause, value) = (Cause::PathSlash, format!("{:?}", error.value()));
                self.refuse(Mistake { cause, option: "path".into(), value, said: None });
                continue;
            }
            let value = error.to_string();
            self.refuse(Mistake { cause: Cause::Policy, option: String::new(), value, said: None });
        }
        if !self.mistakes.is_empty() {
            return Err(Inexpressible { library: self.library, mistakes: self.mistakes });
        }
        for rule in self.library.rules() {
            self.note(*rule, "");
        }
        let mut differences: Vec<Difference> = Vec::with_capacity(self.differences.len());
        for difference in self.differences {
            if !differences.contains(&difference) {
                differences.push(difference);
            }
        }
        differences.sort_by_key(|difference| difference.rule().rank());
        Ok(Converted { resources: self.resources, differences })
    }
}

/// The pattern of every path.
pub(crate) const EVERY: &str = "*";
