//! What keeps a configuration from being a policy, and what to write in Rust instead.

use std::fmt;

use crate::Library;

/// One thing that a policy cannot say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake {
    pub(crate) cause: Cause,
    pub(crate) option: String,
    pub(crate) value: String,
    /// What is wrong and what to do, if the library's own words say more than the cause.
    pub(crate) said: Option<(String, String)>,
}

impl Mistake {
    /// What kind of mistake it is.
    pub fn cause(&self) -> Cause {
        self.cause
    }

    /// A name for the kind of mistake that will not change, such as `callback`.
    pub fn code(&self) -> &'static str {
        self.cause.code()
    }

    /// The option, in the library's spelling; empty where the policy made of all is wrong.
    pub fn option(&self) -> &str {
        &self.option
    }

    /// The value as configured, or what the engine says of the policy.
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.cause == Cause::Policy {
            return f.write_str(&self.value);
        }
        let own = self.said.as_ref().map(|(clause, instead)| (clause.as_str(), instead.as_str()));
        let (clause, instead) = own.unwrap_or(self.cause.words());
        for part in [&self.option, &self.value] {
            if !part.is_empty() {
                write!(f, "{part} ")?;
            }
        }
        write!(f, "{clause}: {instead}")
    }
}

/// Everything that keeps a configuration from being a policy. Never empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Inexpressible {
    pub(crate) library: Library,
    pub(crate) mistakes: Vec<Mistake>,
}

impl Inexpressible {
    /// The mistakes, in the order met.
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
            write!(f, "{}: {mistake} [{}]", self.library, mistake.code())?;
        }
        Ok(())
    }
}

impl std::error::Error for Inexpressible {}

macro_rules! causes {
    ($($(#[$doc:meta])+ $cause:ident = $code:literal, $clause:literal: $instead:literal;)+) => {
        /// A kind of mistake.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[non_exhaustive]
        pub enum Cause {
            $($(#[$doc])+ $cause,)+
        }

        impl Cause {
            /// Every kind of mistake.
            pub const ALL: &[Self] = &[$(Self::$cause,)+];

            /// A name that will not change, such as `callback`.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$cause => $code,)+
                }
            }

            const fn words(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$cause => ($clause, $instead),)+
                }
            }
        }
    };
}

causes! {
    /// A value of a type that the option does not take.
    Type = "type", "has the wrong type": "use a type that the library accepts";
    /// An option inside another that is not known.
    Option = "option", "is not a known option": "use one that the library has";
    /// Code.
    Callback = "callback", "is code, which a policy cannot contain":
        "if it looks up a fixed list, write that list; otherwise set dynamic_origins, and pass the adapter a predicate in Rust";
    /// A regular expression that needs more than a finite automaton.
    Regex = "regex", "is not a supported regular expression":
        "rewrite it without look-around and backreferences, or pass the adapter a predicate in Rust";
    /// A regular expression with flags that do not carry over.
    RegexFlags = "regex-flags", "has flags that change what it matches": "rewrite the pattern without them";
    /// A header as a regular expression.
    HeaderPattern = "header-pattern", "matches header names by pattern":
        "list the names, or use \"*\"";
    /// A path that is more than a prefix.
    PathPattern = "path-pattern", "is neither an exact path nor everything below one":
        "give each router its own policy in Rust";
    /// Paths that belong to several policies at once.
    PathOverlap = "path-overlap", "overlaps with another policy for other origins":
        "write one policy for the shared paths";
    /// A policy for a host.
    Host = "host", "applies to one host": "give the router of each host its own policy in Rust";
    /// Preflights that the handler answers.
    PreflightContinue = "preflight-continue", "passes preflights to the handler":
        "move the code that answers them outside the layer";
    /// A condition on the request.
    Condition = "condition", "depends on the request": "give that router its own policy in Rust";
    /// A combination that the library itself refuses.
    Refused = "refused", "is rejected by the library itself": "fix it there first";
    /// A pattern that unrelated sites match, together with credentials.
    Strangers = "strangers", "allows unrelated sites with credentials": "list the origins";
    /// A path that ends with a slash.
    PathSlash = "path-slash", "ends with a slash, and a policy cannot cover that form alone":
        "write the path without the slash, or add a layer to that route in Rust";
    /// What the engine refuses.
    Policy = "policy", "is not a valid policy": "fix it as the message says";
}
