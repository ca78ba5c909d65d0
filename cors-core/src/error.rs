//! What can be wrong with a policy, and what to write instead.

use alloc::{string::String, vec::Vec};
use core::fmt;

/// One mistake in a policy: where, the value as given, and why it cannot be.
///
/// It prints as one clause, which says what to write instead where that is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PolicyError {
    reason: Reason,
    value: String,
    instead: Option<String>,
}

impl PolicyError {
    pub(crate) fn new(reason: Reason, value: impl Into<String>) -> Self {
        Self { reason, value: value.into(), instead: None }
    }

    pub(crate) fn instead(mut self, instead: Option<&str>) -> Self {
        self.instead = instead.map(Into::into);
        self
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

    /// The value to write instead, where it follows from the one given.
    pub fn suggestion(&self) -> Option<&str> {
        self.instead.as_deref()
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (subject, clause) = self.reason.words();
        f.write_str(subject)?;
        if !self.value.is_empty() {
            write!(f, " {:?}", self.value)?;
        }
        write!(f, " {clause}")?;
        match &self.instead {
            Some(instead) => write!(f, ": write {instead:?}"),
            None => Ok(()),
        }
    }
}

impl core::error::Error for PolicyError {}

/// Every mistake of a policy, in the order written. Never empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PolicyErrors(Vec<PolicyError>);

impl PolicyErrors {
    /// Nothing wrong is no error.
    pub(crate) fn check(errors: Vec<PolicyError>) -> Result<(), Self> {
        if errors.is_empty() { Ok(()) } else { Err(Self(errors)) }
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

impl core::error::Error for PolicyErrors {}

macro_rules! reasons {
    ($($(#[$doc:meta])+ $reason:ident = $code:literal, $subject:literal, $clause:literal;)+) => {
        /// A kind of mistake in a policy.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[non_exhaustive]
        pub enum Reason {
            $($(#[$doc])+ $reason,)+
        }

        impl Reason {
            /// Every kind of mistake.
            pub const ALL: &[Self] = &[$(Self::$reason,)+];

            /// A name that will not change, such as `origin-trailing-slash`.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$reason => $code,)+
                }
            }

            /// What the value is, and what is wrong with it.
            const fn words(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$reason => ($subject, $clause),)+
                }
            }
        }
    };
}

reasons! {
    /// No origin, pattern or predicate.
    OriginNone = "origin-none", "allow_origins",
        "is empty: list the origins that may read, such as \"https://app.example.com\", or only \"*\" for every one";
    /// `*` beside other origins.
    OriginAnyMixed = "origin-any-mixed", "origin",
        "stands beside other origins: remove it, or remove all the others";
    /// `null`, the origin of sandboxed frames and of local files: anyone can have it.
    OriginNull = "origin-null", "origin",
        "is what any sandboxed frame sends: remove it, or say dangerously_allow_null_origin";
    /// No `://`.
    OriginMissingScheme = "origin-missing-scheme", "origin",
        "has no scheme";
    /// Something before `://` that is no scheme.
    OriginScheme = "origin-scheme", "origin",
        "has a scheme that is not a letter followed by letters, digits, \"+\", \"-\" or \".\"";
    /// `file:`, whose origin browsers send as `null`.
    OriginFileScheme = "origin-file-scheme", "origin",
        "is sent by browsers as \"null\": serve the page over http instead";
    /// A letter in upper case.
    OriginUpperCase = "origin-upper-case", "origin",
        "has upper-case letters, which browsers never send";
    /// A letter outside ASCII.
    OriginNotAscii = "origin-not-ascii", "origin",
        "has letters outside ASCII: write the host's punycode, \"xn--…\", as browsers send it";
    /// User info before the host.
    OriginUserInfo = "origin-user-info", "origin",
        "has user info before the host, which no origin has";
    /// A path of nothing but `/`.
    OriginTrailingSlash = "origin-trailing-slash", "origin",
        "ends in a slash, which no origin does";
    /// A path.
    OriginPath = "origin-path", "origin",
        "has a path, which no origin has";
    /// A query.
    OriginQuery = "origin-query", "origin",
        "has a query, which no origin has";
    /// A fragment.
    OriginFragment = "origin-fragment", "origin",
        "has a fragment, which no origin has";
    /// The scheme's default port.
    OriginDefaultPort = "origin-default-port", "origin",
        "names its scheme's default port, which browsers leave out";
    /// A port that is no number from 1 to 65535 as it is usually written.
    OriginPort = "origin-port", "origin",
        "has a port that is not a number from 1 to 65535 without leading zeros";
    /// `*` where it stands for nothing.
    OriginWildcard = "origin-wildcard", "origin",
        "has a \"*\" in the wrong place: it may stand for all labels before a domain, as in \"https://*.example.com\", and for the port, as in \"http://localhost:*\"";
    /// `*.` before an IP address.
    OriginWildcardAddress = "origin-wildcard-address", "origin",
        "has a \"*.\" before an IP address, which has no subdomains";
    /// A host that ends in a number and is no IPv4 address in its usual form.
    OriginIpv4 = "origin-ipv4", "origin",
        "has a host that ends in a number but is not an IPv4 address of four decimal numbers";
    /// An IPv6 address without brackets, or not in its shortest form.
    OriginIpv6 = "origin-ipv6", "origin",
        "has an IPv6 address that is not in brackets and in its shortest form";
    /// A host that is empty, too long, or has a character that no host has.
    OriginHost = "origin-host", "origin",
        "has a host that is not labels of 1 to 63 letters, digits, \"-\" or \"_\", joined by dots, of 253 at most";
    /// A pattern that is no regular expression.
    RegexSyntax = "regex-syntax", "origin pattern",
        "is not a regular expression that can be matched in linear time";
    /// Patterns that compile to too much.
    RegexTooLarge = "regex-too-large", "origin pattern",
        "compiles to more than is kept: write it with fewer repetitions";
    /// A method that is no token.
    MethodToken = "method-token", "method",
        "is not a token: write a name such as \"PUT\"";
    /// A method that browsers refuse to send.
    MethodForbidden = "method-forbidden", "method",
        "is sent by no browser: remove it";
    /// `*` beside other methods.
    MethodAnyMixed = "method-any-mixed", "method",
        "stands for every method: remove the others, or remove it";
    /// A header name that is no token.
    HeaderToken = "header-token", "header name",
        "is not a token: write a name such as \"content-type\"";
    /// A header that browsers set themselves.
    HeaderForbidden = "header-forbidden", "header name",
        "cannot be set by a script: remove it";
    /// A response header among the request headers.
    HeaderResponseOnly = "header-response-only", "header name",
        "is a response header, which no request carries: remove it";
    /// `*` beside other header names.
    HeaderAnyMixed = "header-any-mixed", "header name",
        "stands for every header, Authorization included: remove the others, or remove it";
    /// An exposed header name that is no token.
    ExposedToken = "exposed-token", "exposed header name",
        "is not a token: write a name such as \"etag\"";
    /// A response header that no script may read.
    ExposedForbidden = "exposed-forbidden", "exposed header name",
        "cannot be read by a script, exposed or not: remove it";
    /// `*` beside other exposed header names.
    ExposedAnyMixed = "exposed-any-mixed", "exposed header name",
        "stands for every header: remove the others, or remove it";
    /// A max-age that no browser honours.
    MaxAgeTooLarge = "max-age-too-large", "max_age",
        "is more seconds than any browser keeps a preflight: write 86400 or less";
    /// Any origin together with credentials.
    CredentialsAnyOrigin = "credentials-any-origin", "origin",
        "with allow_credentials is refused by browsers: list the origins, or say dangerously_allow_any_origin_with_credentials";
    /// Any exposed header together with credentials.
    CredentialsAnyExposed = "credentials-any-exposed", "exposed header name",
        "with allow_credentials is read as a header named \"*\": list the names";
    /// A plain http origin together with credentials.
    CredentialsInsecure = "credentials-insecure", "origin",
        "with allow_credentials lets anyone on the network act for the user: use https, or say dangerously_allow_insecure_origins";
    /// Every site under a public suffix together with credentials.
    CredentialsPublicSuffix = "credentials-public-suffix", "origin",
        "with allow_credentials covers sites of strangers, because anyone may register a name there: list the hosts, or say dangerously_allow_public_suffixes";
}
