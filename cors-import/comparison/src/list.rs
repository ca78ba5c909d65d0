//! The committed list of differences, each with its reason.

use std::fmt;

use cors_import::Library;
use serde::Deserialize;

use super::recorded::Configuration;

/// Every difference that is allowed.
#[derive(Deserialize)]
pub(super) struct List {
    pub(super) difference: Vec<Entry>,
}

/// A difference that is allowed: in a configuration whose conversion says so by one of these rules,
/// where one of these is what decided.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// All of them, where none is named.
    #[serde(default)]
    libraries: Vec<String>,
    rules: Vec<String>,
    when: Vec<When>,
    pub(super) reason: Reason,
    pub(super) sentence: String,
}

/// Why a difference is allowed.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Reason {
    /// Ours allows less, and should.
    Safer,
    /// Theirs does what its documentation or the standard says it does not.
    TheirBug,
    /// A policy has no word for it.
    CannotExpress,
}

/// What decided about a case.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub(super) enum When {
    /// Our policy denied the origin.
    Origin,
    /// Our policy denied the origin `null`.
    OriginNull,
    /// Our policy denied the preflight's method.
    Method,
    /// Our policy denied one of the preflight's headers.
    Header,
    /// No policy of ours stands for the path.
    Path,
    /// The path is read in two ways, under different policies.
    PathForm,
    /// Our policy allowed what was asked for.
    Allowed,
    /// The handler wrote CORS headers.
    HandlerHeaders,
    /// The handler raised an exception.
    Exception,
    /// There is no route.
    Unrouted,
    /// An origin is corrected, or any port of a loopback host is allowed.
    Corrected,
    /// A shared cache would give a response to another origin.
    Cache,
    /// The configuration becomes no policy.
    Configuration,
    /// The library crashed.
    Crash,
}

impl List {
    /// The list in the repository.
    pub(super) fn committed() -> Result<Self, String> {
        toml::from_str(include_str!("../data/differences.toml"))
            .map_err(|error| format!("comparison/data/differences.toml: {error}"))
    }

    /// The entry that explains a difference.
    pub(super) fn explains(&self, configuration: &Configuration, when: When) -> Option<usize> {
        let said = |rule: &str| {
            configuration.differences.iter().any(|difference| difference.code() == rule)
        };
        self.find(configuration, when, said)
    }

    /// The entry that explains a whole configuration, by the code of what keeps it from being a
    /// policy; or of what the library did not answer.
    pub(super) fn explains_all(
        &self,
        configuration: &Configuration,
        when: When,
        code: &str,
    ) -> Option<usize> {
        self.find(configuration, when, |rule| rule == code)
    }

    fn find(
        &self,
        configuration: &Configuration,
        when: When,
        said: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        self.difference.iter().position(|entry| {
            entry.covers(configuration.library)
                && entry.when.contains(&when)
                && entry.rules.iter().any(|rule| said(rule))
        })
    }
}

impl Entry {
    fn covers(&self, library: Library) -> bool {
        self.libraries.is_empty() || self.libraries.iter().any(|name| name == library.as_str())
    }
}

impl Reason {
    pub(super) const ALL: [Self; 3] = [Self::Safer, Self::TheirBug, Self::CannotExpress];
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Safer => "safer",
            Self::TheirBug => "their bug",
            Self::CannotExpress => "cannot express",
        })
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.sentence, self.rules.join(", "))
    }
}
