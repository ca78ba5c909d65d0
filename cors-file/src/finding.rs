//! What is said about a file, and how it is shown.

use std::{
    error::Error,
    fmt,
    path::{Path, PathBuf},
};

use cors_core::{Diagnostic, Severity};

use crate::place::{Place, printable};

/// Where a finding is.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Where {
    /// In the file, and nowhere in it: something is missing.
    File,
    At(Place),
    /// In the environment variable of this name.
    Variable(String),
}

/// One thing that is said about a file: a mistake, or a warning.
///
/// Its [`Report`] prints it as a compiler does, with the line that it is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub(crate) severity: Severity,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) at: Where,
}

impl Finding {
    pub(crate) fn error(code: &'static str, message: impl Into<String>, at: Where) -> Self {
        Self { severity: Severity::Error, code, message: message.into(), help: None, at }
    }

    pub(crate) fn of(diagnostic: &Diagnostic, at: Where) -> Self {
        Self {
            severity: diagnostic.severity(),
            code: diagnostic.code(),
            message: diagnostic.problem(),
            help: Some(diagnostic.remedy().into_owned()),
            at,
        }
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// `Error` if the policy cannot be used.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// A name for the kind of finding that will not change, such as `unknown-key` or
    /// `origin-trailing-slash`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What is wrong, or doubtful, in one clause.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do instead.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// Where it stands in the file, unless it is missing there, or stands in the environment.
    pub fn place(&self) -> Option<&Place> {
        match &self.at {
            Where::At(place) => Some(place),
            Where::File | Where::Variable(_) => None,
        }
    }

    /// The environment variable that it stands in, if it does.
    pub fn variable(&self) -> Option<&str> {
        match &self.at {
            Where::Variable(name) => Some(name),
            Where::File | Where::At(_) => None,
        }
    }

    fn show(&self, path: &Path, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = printable(&path.to_string_lossy());
        let message = printable(&self.message);
        write!(f, "{}[{}]: {message}\n --> ", self.severity, self.code)?;
        match &self.at {
            Where::File => write!(f, "{path}")?,
            Where::At(place) => write!(f, "{path}:{}:{}{place}", place.line(), place.column())?,
            Where::Variable(name) => write!(f, "{} in the environment", printable(name))?,
        }
        match &self.help {
            Some(help) => write!(f, "\n  = help: {}", printable(help)),
            None => Ok(()),
        }
    }
}

/// Everything that is said about a file, in the order written.
///
/// As an error it has at least one. `Debug` prints as `Display` does, so that a `main` which
/// returns it says what is wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct Report {
    path: PathBuf,
    findings: Vec<Finding>,
}

impl Report {
    pub(crate) fn new(path: &Path, mut findings: Vec<Finding>) -> Self {
        // What stands nowhere comes last.
        findings.sort_by_key(|finding| {
            finding.place().map_or((usize::MAX, 0), |place| (place.line(), place.column()))
        });
        Self { path: path.to_owned(), findings }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The findings, in the order written.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.findings.iter()
    }

    /// How many findings are this severe.
    pub fn count(&self, severity: Severity) -> usize {
        self.iter().filter(|finding| finding.severity == severity).count()
    }
}

impl<'a> IntoIterator for &'a Report {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, finding) in self.iter().enumerate() {
            if at > 0 {
                f.write_str("\n\n")?;
            }
            finding.show(&self.path, f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for Report {}
