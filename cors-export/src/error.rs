//! Reasons why a policy cannot be exported.

use std::fmt;

use crate::Server;

/// One thing that a server's configuration cannot say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake {
    pub(crate) cause: Cause,
    pub(crate) value: String,
}

impl Mistake {
    pub(crate) fn new(cause: Cause, value: impl Into<String>) -> Self {
        Self { cause, value: value.into() }
    }

    /// The kind of mistake.
    pub fn cause(&self) -> Cause {
        self.cause
    }

    /// A name for the kind of mistake that does not change, such as `callback`.
    pub fn code(&self) -> &'static str {
        self.cause.code()
    }

    /// The value as written in the policy.
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cause {
            // The engine's own words.
            Cause::Policy => f.write_str(&self.value),
            cause => write!(f, "{} {}", self.value, cause.words()),
        }
    }
}

/// Everything that keeps a policy from being exported. Never empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Inexpressible {
    pub(crate) server: Server,
    pub(crate) mistakes: Vec<Mistake>,
}

impl Inexpressible {
    /// The mistakes, in the order written.
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }
}

impl fmt::Display for Inexpressible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, mistake) in self.mistakes.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{}: {mistake} [{}]", self.server, mistake.code())?;
        }
        Ok(())
    }
}

impl std::error::Error for Inexpressible {}

macro_rules! causes {
    ($($(#[$doc:meta])+ $cause:ident = $code:literal, $words:literal;)+) => {
        /// A kind of mistake.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[non_exhaustive]
        pub enum Cause {
            $($(#[$doc])+ $cause,)+
        }

        impl Cause {
            /// Every kind of mistake.
            pub const ALL: &[Self] = &[$(Self::$cause,)+];

            /// A name that does not change, such as `callback`.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$cause => $code,)+
                }
            }

            const fn words(self) -> &'static str {
                match self {
                    $(Self::$cause => $words,)+
                }
            }
        }
    };
}

causes! {
    /// A policy that the engine rejects.
    Policy = "policy", "is not a valid policy: fix it as the message says";
    /// A predicate.
    Callback = "callback",
        "is code, which a configuration cannot contain: list the origins, or enforce the policy in the application";
    /// A key that the exporter does not know.
    Key = "key",
        "cannot be exported: remove it, or enforce the policy in the application";
    /// An entry of `allow_origins` in a form that the exporter does not know.
    Origin = "origin",
        "cannot be exported: list the origins it covers, or write an origin pattern";
    /// A regular expression that the servers' dialects cannot express.
    Regex = "regex",
        "uses word boundaries or line anchors, which do not carry over: rewrite the pattern without them";
    /// A path with characters that servers receive percent-encoded.
    PathPattern = "path-pattern",
        "has characters that servers receive percent-encoded: use ASCII letters, digits and -._~ in the path";
}
