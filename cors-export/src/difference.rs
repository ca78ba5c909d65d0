//! Differences between an exported configuration and its policy.

use std::fmt;

use crate::Server;

/// One difference between a policy and the configuration made from it. It prints as two sentences:
/// the server's behavior and the policy's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    server: Server,
    rule: Rule,
    value: String,
}

impl Difference {
    pub(crate) fn new(server: Server, rule: Rule, value: impl Into<String>) -> Self {
        Self { server, rule, value: value.into() }
    }

    /// The server.
    pub fn server(&self) -> Server {
        self.server
    }

    /// The kind of difference.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// A name for the kind of difference that does not change, such as `path-form`.
    pub fn code(&self) -> &'static str {
        self.rule.code()
    }

    /// The part of the policy that differs, as written; empty where it is all of it.
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (theirs, ours) = self.rule.words();
        if !self.value.is_empty() {
            write!(f, "{}: ", self.value)?;
        }
        write!(f, "{} {theirs}. {ours}", self.server)
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])+ $rule:ident = $code:literal, $theirs:literal, $ours:literal;)+) => {
        /// A kind of difference.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[$doc])+ $rule,)+
        }

        impl Rule {
            /// Every kind of difference.
            pub const ALL: &[Self] = &[$(Self::$rule,)+];

            /// A name that does not change, such as `path-form`.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$rule => $code,)+
                }
            }

            /// The server's behavior, and the policy's.
            const fn words(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$rule => ($theirs, $ours),)+
                }
            }
        }
    };
}

rules! {
    /// Several `Origin` lines.
    OriginTwice = "origin-twice",
        "before 1.23 reads only the first of several Origin lines",
        "The policy denies such a request, which no browser sends.";
    /// An empty `Origin` or `Access-Control-Request-Method`.
    EmptyHeader = "empty-header",
        "treats an empty Origin or Access-Control-Request-Method header as missing",
        "The policy treats it as present. No browser sends one.";
    /// A request list with white space or empty elements.
    ListForm = "list-form",
        "accepts Access-Control-Request-Headers only as browsers write it",
        "The policy also accepts empty elements and any white space.";
    /// `Vary` twice.
    VaryTwice = "vary-twice",
        "may send Origin in Vary although the application's Vary already has it or is \"*\"",
        "The policy sends it once. Caches treat both the same.";
    /// Paths that are not in their plain form.
    PathForm = "path-form",
        "allows no origin on a path with escapes, empty or dot segments, parameters or other characters that some servers read differently",
        "The policy allows the origin if every reading of the path leads to the same entry.";
    /// A pattern that could match an IPv6 address or a scheme of an application.
    PatternForm = "pattern-form",
        "matches this only with http and https origins of a domain or an IPv4 address",
        "The policy also matches other origins: list those in allow_origins.";
}
