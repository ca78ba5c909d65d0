//! What a policy does otherwise than the configuration that it was made from.

use std::fmt;

use crate::Library;

/// One difference between a library's configuration and the policy made from it. It prints as one
/// sentence: what the library does, what the policy does, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    library: Library,
    rule: Rule,
    value: String,
}

impl Difference {
    pub(crate) fn new(library: Library, rule: Rule, value: impl Into<String>) -> Self {
        Self { library, rule, value: value.into() }
    }

    /// The library.
    pub fn library(&self) -> Library {
        self.library
    }

    /// What kind of difference it is.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// A name for the kind of difference that will not change, such as `regex-end-open`.
    pub fn code(&self) -> &'static str {
        self.rule.code()
    }

    /// The value that it is about, as configured; empty where it is about none.
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (theirs, ours, why) = self.rule.words();
        if !self.value.is_empty() {
            write!(f, "{}: ", self.value)?;
        }
        write!(f, "{} {theirs}; {ours}, because {why}", self.library)
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])+ $rule:ident = $code:literal, $theirs:literal, $ours:literal, $why:literal;)+) => {
        /// A kind of difference.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[$doc])+ $rule,)+
        }

        impl Rule {
            /// Every kind of difference.
            pub const ALL: &[Self] = &[$(Self::$rule,)+];

            /// A name that will not change, such as `regex-end-open`.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$rule => $code,)+
                }
            }

            /// What the library does, what the policy does, and why.
            const fn words(self) -> (&'static str, &'static str, &'static str) {
                match self {
                    $(Self::$rule => ($theirs, $ours, $why),)+
                }
            }
        }
    };
}

rules! {
    /// No origin is allowed.
    NothingAllowed = "nothing-allowed",
        "lets no origin read", "there is no policy", "a policy that allows nobody does not compile";
    /// An origin that no browser sends.
    OriginUnsent = "origin-unsent",
        "compares it with what browsers send", "it is left out",
        "no browser sends an origin that is written so";
    /// `null`, listed.
    OriginNull = "origin-null",
        "lets any sandboxed frame read", "the policy says dangerously_allow_null_origin",
        "that has to be meant";
    /// An origin whose path, query or fragment is not looked at.
    OriginTrimmed = "origin-trimmed",
        "looks at its scheme and host alone", "the rest is cut off", "no origin has more";
    /// An origin that means any scheme.
    OriginAnyScheme = "origin-any-scheme",
        "takes a host for that host in any scheme", "the policy has a pattern for it",
        "an origin has a scheme; write https and the host where no other is meant";
    /// An origin with a wildcard that the library reads as a regular expression.
    OriginGlob = "origin-glob",
        "reads it as a regular expression, in which \"*\" repeats what stands before it",
        "it is left out",
        "it matches strangers, and no subdomain; list \"https://*.example.com\" where subdomains are meant";
    /// Every origin with credentials.
    AnyOriginWithCredentials = "any-origin-with-credentials",
        "lets every origin read with credentials",
        "the policy says dangerously_allow_any_origin_with_credentials, and denies null",
        "any site can then act as the user; list the origins instead";
    /// Every origin with credentials, told in a way that browsers refuse.
    StarWithCredentials = "star-with-credentials",
        "answers \"*\" together with credentials, which browsers refuse",
        "the policy allows every origin, and no credentials", "that is what browsers make of it";
    /// A plain `http:` origin with credentials.
    InsecureOrigins = "insecure-origins",
        "lets plain http origins read with credentials",
        "the policy says dangerously_allow_insecure_origins",
        "anyone on the user's network can then act as the user; use https instead";
    /// Subdomains of a public suffix with credentials.
    PublicSuffixes = "public-suffixes",
        "lets every site under a public suffix read with credentials",
        "the policy says dangerously_allow_public_suffixes",
        "strangers register names there; list the hosts instead";
    /// A pattern that is not anchored at its start.
    RegexStartOpen = "regex-start-open",
        "lets anything stand before a match", "whole labels alone may",
        "notexample.com ends as example.com does";
    /// A pattern that is not anchored at its end.
    RegexEndOpen = "regex-end-open",
        "lets anything stand behind a match", "nothing may",
        "example.com.evil.test begins as example.com does";
    /// A method that no browser sends as it is written.
    MethodUnsent = "method-unsent",
        "sends it to browsers", "it is left out", "no browser sends a method that is written so";
    /// A method that the library loses.
    MethodLost = "method-lost",
        "loses a method that is written in upper case", "it is left out",
        "browsers are not told of it either; list it to allow it";
    /// Any method, told in upper case.
    MethodEcho = "method-echo",
        "echoes any method in upper case", "the methods that its router knows are listed",
        "others reach no route";
    /// A request header that no script can set.
    HeaderUnsent = "header-unsent",
        "sends it to browsers", "it is left out", "no script can set it";
    /// An exposed header that no script can read.
    ExposedUnreadable = "exposed-unreadable",
        "sends it to browsers", "it is left out", "no script can read it";
    /// `*` in a list, together with credentials.
    ListStarWithCredentials = "list-star-with-credentials",
        "sends \"*\", which covers requests without credentials alone", "it is left out",
        "here it would cover those with credentials as well";
    /// A preflight is kept for longer than any browser does.
    MaxAgeTooLarge = "max-age-too-large",
        "asks browsers to keep a preflight for longer", "it is 86400", "no browser keeps one longer";
    /// A number of seconds that browsers do not understand.
    MaxAgeInvalid = "max-age-invalid",
        "sends it to browsers", "it is 5", "that is what browsers use for what they cannot read";
    /// A pattern of paths that also matches what only begins as it does.
    PathPrefix = "path-prefix",
        "also matches paths that only begin so", "whole segments are compared",
        "/apix is not below /api";
    /// A path that no request has.
    PathUnmatched = "path-unmatched",
        "compares it with paths that no request has", "it is left out", "it can never match";
    /// Paths are read otherwise.
    PathForm = "path-form",
        "reads escapes, dots and slashes of a path in its own way",
        "a path that is not in its plain form matches as little as it can",
        "what the handler makes of it is not known";
    /// Which responses say that they vary.
    Vary = "vary",
        "leaves \"Vary: Origin\" off some responses that depend on the origin",
        "every response has it", "a shared cache would give one origin's answer to another";
    /// Headers that a handler writes by hand.
    HandlerHeaders = "handler-headers",
        "lets a handler's own CORS headers stand", "they are replaced, or removed where the origin is denied",
        "a policy that handlers can widen holds nothing; give the path a policy of its own";
    /// A handler that panics.
    Exceptions = "exceptions",
        "also writes to the answer that its framework makes of an exception",
        "a panic leaves the layer", "no response passes it; return an error instead";
    /// Paths without a route.
    Unrouted = "unrouted",
        "lets its framework answer preflights, by the routes that there are",
        "the layer stands around the routes", "a preflight for what is not there would pass otherwise";
    /// Preflights for methods that browsers never look up.
    SafelistedPreflights = "safelisted-preflights",
        "does not look at GET, HEAD and POST where the method is not listed",
        "only_listed_methods answers 403", "the method was not listed";
}
