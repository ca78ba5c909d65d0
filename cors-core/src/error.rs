//! What can be wrong with a policy, and what to write instead.

use alloc::{format, string::String, vec::Vec};
use core::fmt;

use crate::Reason;

/// One mistake in a policy: the path that the policy stands for, the value as given, and why it
/// cannot be.
///
/// It prints as one clause, which says what to write instead where that is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PolicyError {
    reason: Reason,
    value: String,
    instead: Option<String>,
    path: Option<String>,
    variable: Option<String>,
    example: Option<String>,
}

impl PolicyError {
    pub(crate) fn new(reason: Reason, value: impl Into<String>) -> Self {
        Self {
            reason,
            value: value.into(),
            instead: None,
            path: None,
            variable: None,
            example: None,
        }
    }

    pub(crate) fn instead(mut self, instead: Option<&str>) -> Self {
        self.instead = instead.map(Into::into);
        self
    }

    #[cfg(feature = "regex")]
    pub(crate) fn for_example(mut self, example: &str) -> Self {
        self.example = Some(example.into());
        self
    }

    /// An origin that shows the mistake: one that a pattern lets in.
    pub fn example(&self) -> Option<&str> {
        self.example.as_deref()
    }

    pub(crate) fn under(mut self, path: &str) -> Self {
        self.path = Some(path.into());
        self
    }

    pub(crate) fn name_variable(&mut self, variable: Option<&str>) {
        self.variable = variable.map(Into::into);
    }

    /// The environment variable that the value was read from, if it was.
    pub fn variable(&self) -> Option<&str> {
        self.variable.as_deref()
    }

    /// The path pattern of the policy that the mistake is in. There is none for a policy of all
    /// paths, and for a mistake in the pattern itself.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// What kind of mistake it is.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// A name for the kind of mistake that will not change, such as `origin-trailing-slash`.
    pub fn code(&self) -> &'static str {
        self.reason.code()
    }

    /// The value as given; empty where a value is missing.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// What is wrong, without what to write instead.
    pub fn problem(&self) -> String {
        let (subject, clause, _) = self.reason.words();
        let subject = match &self.path {
            Some(path) => format!("under {path:?}: {subject}"),
            None => subject.into(),
        };
        let subject = match &self.variable {
            Some(variable) => format!("environment variable {variable}: {subject}"),
            None => subject,
        };
        let subject = match (&self.example, self.value.as_str()) {
            (Some(example), value) => {
                return format!("{subject} {value:?} {clause}: it allows {example}");
            }
            _ => subject,
        };
        match self.value.as_str() {
            "" => format!("{subject} {clause}"),
            number if self.reason == Reason::MaxAgeTooLarge => {
                format!("{subject} {number} {clause}")
            }
            value => format!("{subject} {value:?} {clause}"),
        }
    }

    /// What to write instead.
    pub fn remedy(&self) -> String {
        match &self.instead {
            Some(instead) => format!("write {instead:?}"),
            None => self.reason.words().2.into(),
        }
    }

    /// The value to write instead, where it follows from the one given.
    pub fn suggestion(&self) -> Option<&str> {
        self.instead.as_deref()
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.problem(), self.remedy())
    }
}

impl core::error::Error for PolicyError {}

/// Every mistake of a policy, in the order written. Never empty.
///
/// `Debug` prints as `Display` does, so that a `main` which returns it says what is wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct PolicyErrors(Vec<PolicyError>);

impl PolicyErrors {
    /// Nothing wrong is no error.
    pub(crate) fn check(errors: Vec<PolicyError>) -> Result<(), Self> {
        if errors.is_empty() { Ok(()) } else { Err(Self(errors)) }
    }

    #[cfg(feature = "regex")]
    pub(crate) fn one(error: PolicyError) -> Self {
        Self([error].into())
    }

    /// The mistakes, in the order written.
    pub fn iter(&self) -> core::slice::Iter<'_, PolicyError> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a PolicyErrors {
    type Item = &'a PolicyError;
    type IntoIter = core::slice::Iter<'a, PolicyError>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for PolicyErrors {
    type Item = PolicyError;
    type IntoIter = alloc::vec::IntoIter<PolicyError>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for PolicyErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, error) in self.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{error} [{}]", error.code())?;
        }
        Ok(())
    }
}

impl fmt::Debug for PolicyErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for PolicyErrors {}
