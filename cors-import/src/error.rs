//! What keeps a configuration from being a policy, and what to write in Rust instead.

use std::fmt;

use crate::Library;

/// One thing that a policy cannot say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake {
    pub(crate) cause: Cause,
    pub(crate) option: String,
    pub(crate) value: String,
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
        let (clause, instead) = self.cause.words();
        write!(f, "{}", self.option)?;
        if !self.value.is_empty() {
            write!(f, " {}", self.value)?;
        }
        write!(f, " {clause}: {instead}")
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
    Type = "type", "is not what the option takes": "write a value of the type that the library asks for";
    /// An option inside another that is not known.
    Option = "option", "is no option": "write one that the library has";
    /// Code.
    Callback = "callback", "is code": "say dynamic_origins, and give the adapter a predicate in Rust";
    /// A regular expression that needs more than a finite automaton.
    Regex = "regex", "is no regular expression, or has look-around or a back-reference":
        "give the adapter a predicate in Rust, which sees a parsed origin";
    /// A regular expression with flags that do not carry over.
    RegexFlags = "regex-flags", "has flags that change what a match is": "write the pattern without them";
    /// A header as a regular expression.
    HeaderPattern = "header-pattern", "is a pattern of header names": "list the names, or say \"*\"";
    /// A path that is more than a prefix.
    PathPattern = "path-pattern", "is more than a whole path, or what is below one":
        "give each router in Rust its own policy";
    /// Paths that belong to several policies at once.
    PathOverlap = "path-overlap", "shares paths with another policy for other origins":
        "write one policy for the paths that they share";
    /// A policy for a host.
    Host = "host", "is for one host": "give the router of each host its own policy";
    /// Preflights that the handler answers.
    PreflightContinue = "preflight-continue", "lets the handler answer preflights":
        "put what answers them outside the layer";
    /// A condition on the request.
    Condition = "condition", "depends on the request": "give the router in Rust its own policy";
    /// A combination that the library itself refuses.
    Refused = "refused", "is refused by the library itself": "correct it there first";
    /// What the engine refuses.
    Policy = "policy", "is no valid policy": "correct it as the message says";
}
