//! What is wrong with a policy, or doubtful about it, and what to write instead.

mod kind;
mod table;

use alloc::{borrow::Cow, format, string::String};
use core::fmt;

pub use kind::DiagnosticKind;

use crate::data::Key;

/// How bad a diagnostic is. There are no other levels.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The policy does not compile.
    Error,
    /// The policy compiles, but this may be a mistake.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// One mistake in a policy, or one warning about it: where it is, what is wrong and what to do.
///
/// It prints as one clause: `{problem}: {remedy}`.
///
/// ```
/// use cors_core::{Policy, Severity, data::Key};
///
/// let policy = Policy::new().allow_origins(["https://a.example", "https://b.example/"]);
/// let errors = policy.compile().unwrap_err();
/// let error = errors.iter().next().unwrap();
/// assert_eq!(error.code(), "origin-trailing-slash");
/// assert_eq!(error.severity(), Severity::Error);
/// assert_eq!((error.key(), error.index()), (Some(Key::AllowOrigins), Some(1)));
/// assert_eq!(error.value(), "https://b.example/");
/// assert_eq!(error.remedy(), "write \"https://b.example\"");
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    kind: DiagnosticKind,
    key: Option<Key>,
    index: Option<usize>,
    value: String,
    /// The words, where they depend on the value.
    clause: Option<String>,
    remedy: Option<String>,
    suggestion: Option<String>,
    example: Option<String>,
    variable: Option<String>,
    path: Option<String>,
    entry: Option<usize>,
}

impl Diagnostic {
    pub(crate) fn new(kind: DiagnosticKind, value: impl Into<String>) -> Self {
        Self {
            kind,
            key: kind.key(),
            index: None,
            value: value.into(),
            clause: None,
            remedy: None,
            suggestion: None,
            example: None,
            variable: None,
            path: None,
            entry: None,
        }
    }

    /// Sets the position in the list.
    pub(crate) fn at(mut self, index: usize) -> Self {
        self.index = Some(index);
        self
    }

    /// Sets the key, where it is not the usual one of its kind.
    pub(crate) fn under_key(mut self, key: Key) -> Self {
        self.key = Some(key);
        self
    }

    pub(crate) fn instead(mut self, suggestion: Option<&str>) -> Self {
        self.suggestion = suggestion.map(Into::into);
        self
    }

    #[cfg(feature = "regex")]
    pub(crate) fn for_example(mut self, example: &str) -> Self {
        self.example = Some(example.into());
        self
    }

    /// Replaces the words that say what is wrong.
    pub(crate) fn with_clause(mut self, clause: impl Into<String>) -> Self {
        self.clause = Some(clause.into());
        self
    }

    /// Replaces the words that say what to do.
    pub(crate) fn with_remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    pub(crate) fn name_variable(&mut self, variable: Option<&str>) {
        self.variable = variable.map(Into::into);
    }

    /// Sets the path's position in the resources.
    pub(crate) fn of_entry(mut self, entry: usize) -> Self {
        self.entry = Some(entry);
        self
    }

    /// Sets the path that the policy applies to.
    pub(crate) fn under_path(mut self, entry: usize, path: &str) -> Self {
        self.path = Some(path.into());
        self.of_entry(entry)
    }

    /// The kind of diagnostic.
    pub fn kind(&self) -> DiagnosticKind {
        self.kind
    }

    /// A name for the kind that does not change, such as `origin-trailing-slash`.
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// Tells an error from a warning.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// The key that the value is written under, or that is missing. `None` for a path.
    pub fn key(&self) -> Option<Key> {
        self.key
    }

    /// The position of the value in the list of its key, from 0. `None` for a value outside a list.
    pub fn index(&self) -> Option<usize> {
        self.index
    }

    /// The value as given. Empty if a value is missing, and for a boolean.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The path pattern of the policy. `None` for a policy of all paths, and for a diagnostic about
    /// the path itself.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// The position of the path in its [`Resources`](crate::Resources), from 0. `None` for a policy
    /// of all paths.
    pub fn entry(&self) -> Option<usize> {
        self.entry
    }

    /// The environment variable that the value was read from.
    pub fn variable(&self) -> Option<&str> {
        self.variable.as_deref()
    }

    /// An origin that shows the mistake: one that a pattern allows.
    pub fn example(&self) -> Option<&str> {
        self.example.as_deref()
    }

    /// The value to write instead, if it follows from the given one.
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }

    /// What is wrong, without what to do.
    pub fn problem(&self) -> String {
        let (subject, clause, _) = self.kind.words();
        let mut problem = String::new();
        if let Some(variable) = &self.variable {
            problem += &format!("environment variable {variable}: ");
        }
        if let Some(path) = &self.path {
            problem += &format!("policy for {path:?}: ");
        }
        problem += subject;
        problem += &match (self.value.as_str(), self.key) {
            ("", _) => String::new(),
            (number, Some(Key::MaxAge | Key::PreflightStatus)) => format!(" {number}"),
            (value, _) => format!(" {value:?}"),
        };
        problem += " ";
        problem += self.clause.as_deref().unwrap_or(clause);
        if let Some(example) = &self.example {
            problem += &format!(": it allows {example}");
        }
        problem
    }

    /// What to do.
    pub fn remedy(&self) -> Cow<'_, str> {
        match (&self.suggestion, &self.remedy) {
            (Some(suggestion), _) => format!("write {suggestion:?}").into(),
            (None, Some(remedy)) => remedy.into(),
            (None, None) => self.kind.words().2.into(),
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.problem(), self.remedy())
    }
}

impl core::error::Error for Diagnostic {}
