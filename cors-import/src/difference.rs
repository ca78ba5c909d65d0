//! Differences between a configuration and the policy made from it.

use std::fmt;

use crate::Library;

/// One difference between a library's configuration and the policy made from it. It prints as two
/// sentences: what the library does, and what the policy does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    library: Library,
    rule: Rule,
    value: String,
    stranger: Option<String>,
}

impl Difference {
    pub(crate) fn new(library: Library, rule: Rule, value: impl Into<String>) -> Self {
        Self { library, rule, value: value.into(), stranger: None }
    }

    pub(crate) fn accepting(self, stranger: Option<String>) -> Self {
        Self { stranger, ..self }
    }

    /// An origin that the library accepts and the policy does not.
    pub fn stranger(&self) -> Option<&str> {
        self.stranger.as_deref()
    }

    /// Whether every configuration of the library has this difference.
    pub fn is_general(&self) -> bool {
        self.value.is_empty() && self.library.rules().contains(&self.rule)
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
        f.write_str(&self.about(&self.value))
    }
}

impl Difference {
    /// Both sentences, about these values.
    pub(crate) fn about(&self, values: &str) -> String {
        let (theirs, ours) = self.rule.words();
        let subject = if values.is_empty() { String::new() } else { format!("{values}: ") };
        let stranger = self.stranger.as_ref();
        let stranger = stranger.map_or_else(String::new, |it| format!(", so {it} is allowed"));
        format!("{subject}{} {theirs}{stranger}. {ours}.", self.library.name())
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

            /// A name that will not change, such as `regex-end-open`.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$rule => $code,)+
                }
            }

            /// What the library does, and what the policy does.
            const fn words(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$rule => ($theirs, $ours),)+
                }
            }
        }
    };
}

impl Rule {
    /// Whether it does not matter once every origin is allowed.
    pub(crate) const fn is_about_one_origin(self) -> bool {
        matches!(
            self,
            Self::RegexStartOpen
                | Self::RegexEndOpen
                | Self::RegexDot
                | Self::LoopbackPorts
                | Self::OriginGlob
                | Self::OriginUnsent
                | Self::OriginCorrected
                | Self::OriginTrimmed
                | Self::OriginAnyScheme
        )
    }

    /// What a reader has to know first, first.
    pub(crate) const fn rank(self) -> u8 {
        match self {
            Self::NothingAllowed | Self::PathsMissing | Self::NotEnabled => 0,
            Self::AnyOriginWithCredentials
            | Self::InsecureOrigins
            | Self::PublicSuffixes
            | Self::OriginNull => 1,
            Self::OptionIgnored | Self::RegexStartOpen | Self::RegexEndOpen | Self::RegexDot => 2,
            Self::PathForm
            | Self::Vary
            | Self::HandlerHeaders
            | Self::Exceptions
            | Self::Unrouted
            | Self::SafelistedPreflights => 4,
            _ => 3,
        }
    }
}

rules! {
    /// No origin is allowed.
    NothingAllowed = "nothing-allowed",
        "allows no origin",
        "No policy is created, because a policy must allow at least one origin";
    /// No path is covered.
    PathsMissing = "paths-missing",
        "covers no path until paths is set, so no response has CORS headers",
        "No policy is created: set paths in the configuration, such as [\"api/*\"], and import it again";
    /// CORS is not on for the whole application.
    NotEnabled = "not-enabled",
        "adds CORS headers only where a route calls cross_origin, because the setting cross_origin is not true",
        "No policy is created: enable cross_origin in the configuration, or add the layer to those routes in Rust";
    /// Every origin with credentials.
    AnyOriginWithCredentials = "any-origin-with-credentials",
        "allows every origin with credentials, so any site can act as the user",
        "The policy sets dangerously_allow_any_origin_with_credentials and denies \"null\": list the origins instead";
    /// A plain `http:` origin with credentials.
    InsecureOrigins = "insecure-origins",
        "allows http origins with credentials, so anyone on the user's network can act as the user",
        "The policy sets dangerously_allow_insecure_origins: use https instead";
    /// Subdomains of a public suffix with credentials.
    PublicSuffixes = "public-suffixes",
        "allows names that anyone can register, with credentials",
        "The policy sets dangerously_allow_public_suffixes: list the hosts instead";
    /// `null`, listed.
    OriginNull = "origin-null",
        "allows the origin \"null\", which any sandboxed frame sends",
        "The policy sets dangerously_allow_null_origin: remove it unless you need it";
    /// An option that the library does not have.
    OptionIgnored = "option-ignored",
        "ignores this option",
        "The policy ignores it too";
    /// A pattern that is not anchored at its start.
    RegexStartOpen = "regex-start-open",
        "accepts anything before the match",
        "The policy accepts only whole labels there";
    /// A pattern that is not anchored at its end.
    RegexEndOpen = "regex-end-open",
        "accepts anything after the match",
        "The policy accepts nothing there, or any port of a loopback host";
    /// A dot that is not escaped.
    RegexDot = "regex-dot-open",
        "reads an unescaped dot as any character",
        "The policy reads it as a dot";
    /// A pattern of loopback origins.
    LoopbackPorts = "loopback-ports",
        "requires a port, or a certain form of subdomain",
        "The policy allows every port and subdomain of this loopback host, which only the user's own machine can serve";
    /// An origin with a wildcard that the library reads as a regular expression.
    OriginGlob = "origin-glob",
        "reads this as a regular expression, where \"*\" repeats the character before it",
        "The policy omits it, because it matches unrelated sites and no subdomain: write \"https://*.example.com\" to allow subdomains";
    /// An origin that no browser sends.
    OriginUnsent = "origin-unsent",
        "compares this with the request's origin, but browsers never send it in this form",
        "The policy omits it";
    /// An origin with a slash at its end or a default port.
    OriginCorrected = "origin-corrected",
        "compares this with the request's origin, but browsers never send a slash at the end or a default port",
        "The policy corrects it, and so allows the origin that was meant";
    /// An origin whose path, query or fragment is not looked at.
    OriginTrimmed = "origin-trimmed",
        "compares only the scheme and host",
        "The policy drops the rest, because an origin has no path, query or fragment";
    /// An origin that means any scheme.
    OriginAnyScheme = "origin-any-scheme",
        "allows this host with any scheme",
        "The policy lists it with https and http: remove the one that you do not serve";
    /// The string `any` in place of the symbol.
    AnyString = "any-string",
        "reads the string \"any\" as a name; only the symbol :any means everything",
        "The policy omits it: write {\"$sym\": \"any\"} if it is a symbol";
    /// Every origin with credentials, in a way that browsers block.
    StarWithCredentials = "star-with-credentials",
        "sends \"*\" together with credentials, which browsers block",
        "The policy allows any origin without credentials, which has the same effect";
    /// A method that no browser sends as it is written.
    MethodUnsent = "method-unsent",
        "lists this method, but no browser sends it in this form",
        "The policy omits it";
    /// A Rails action in a list of methods.
    MethodAction = "method-action",
        "lists this as a method, but it is a Rails action",
        "The policy omits it";
    /// A method that the library loses.
    MethodLost = "method-lost",
        "drops a method written in uppercase, so browsers never see it",
        "The policy omits it too: add it to allow_methods to allow it";
    /// Any method, echoed in upper case.
    MethodEcho = "method-echo",
        "allows any method, and echoes it in uppercase",
        "The policy lists the methods that its router knows, because others reach no route";
    /// A request header that no script can set.
    HeaderUnsent = "header-unsent",
        "lists this header, but scripts cannot set it",
        "The policy omits it";
    /// `*` as a header name.
    HeaderStar = "header-star",
        "sends \"*\", which does not cover authorization",
        "The policy allows every header, authorization included: list the headers to allow less";
    /// An exposed header that no script can read.
    ExposedUnreadable = "exposed-unreadable",
        "exposes this header, but scripts cannot read it",
        "The policy omits it";
    /// `*` in a list, together with credentials.
    ListStarWithCredentials = "list-star-with-credentials",
        "sends \"*\", which is a wildcard only without credentials",
        "The policy omits it, because here \"*\" also covers requests with credentials";
    /// A preflight is kept for longer than most browsers do.
    MaxAgeTooLarge = "max-age-too-large",
        "sends a longer time than browsers other than Firefox cache a preflight",
        "The policy uses 7200";
    /// A number of seconds that browsers do not understand.
    MaxAgeInvalid = "max-age-invalid",
        "sends this value, which browsers cannot parse",
        "The policy uses 5 seconds, as browsers then do";
    /// Another status of preflights.
    PreflightStatus = "preflight-status",
        "answers preflights with this status",
        "The policy answers 204, which browsers treat the same";
    /// An option without a counterpart.
    NotCarried = "no-counterpart",
        "has this option",
        "The policy has no counterpart, and browsers do not need one";
    /// A pattern of paths that also matches what only begins as it does.
    PathPrefix = "path-prefix",
        "also matches paths that merely start with it",
        "The policy compares whole segments, so /apix is not below /api";
    /// A path that no request has.
    PathUnmatched = "path-unmatched",
        "compares this with paths that no request has",
        "The policy omits it, because it can never match";
    /// Paths are read otherwise.
    PathForm = "path-form",
        "decodes escapes, dots and slashes in a path in its own way",
        "The policy matches as little as possible if a path is not normalized, because the handler may read it differently";
    /// Which responses say that they vary.
    Vary = "vary",
        "omits \"Vary: Origin\" from some responses that depend on the origin",
        "The policy adds it to every response, because a shared cache could otherwise serve one origin's response to another";
    /// Headers that a handler writes by hand.
    HandlerHeaders = "handler-headers",
        "keeps CORS headers that a handler sets",
        "The policy replaces them, and removes them if the origin is denied: give that path its own policy instead";
    /// A handler that panics.
    Exceptions = "exceptions",
        "also adds CORS headers to error pages made from exceptions",
        "Here a panic produces no response, so the layer cannot add headers: return an error instead";
    /// Paths without a route.
    Unrouted = "unrouted",
        "lets its framework answer preflights, and only for routes that exist",
        "Add the layer around the routes, not around the fallback, or preflights for missing paths pass too";
    /// Preflights for methods that browsers never look up.
    SafelistedPreflights = "safelisted-preflights",
        "accepts a preflight for GET, HEAD or POST even if the method is not listed",
        "The policy sets only_listed_methods, and answers it with 403";
}
