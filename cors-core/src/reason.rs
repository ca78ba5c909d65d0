//! The kinds of mistakes, each with its words.

macro_rules! reasons {
    ($($(#[$doc:meta])+ $reason:ident = $code:literal, $subject:literal, $clause:literal: $hint:literal;)+) => {
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

            /// What the value is, what is wrong with it, and what to do unless there is a value to
            /// write instead.
            pub(crate) const fn words(self) -> (&'static str, &'static str, &'static str) {
                match self {
                    $(Self::$reason => ($subject, $clause, $hint),)+
                }
            }
        }
    };
}

reasons! {
    /// No origin, pattern or predicate.
    OriginNone = "origin-none", "allow_origins", "is empty":
        "list the origins that may read, such as \"https://app.example.com\", or only \"*\" for every one";
    /// An environment variable without an origin.
    OriginVariable = "origin-variable", "environment variable", "is not set to a list of origins":
        "set it to a list such as \"https://app.example.com, https://admin.example.com\", or use allow_origins_from_env_or_none";
    /// A list of origins that looks like JSON and is not.
    OriginListJson = "origin-list-json", "list of origins",
        "begins with \"[\" but is not a JSON array of strings":
        "write it as in [\"https://app.example.com\"], or separate the origins with commas";
    /// `*` beside other origins.
    OriginAnyMixed = "origin-any-mixed", "origin", "stands beside other origins":
        "remove it, or remove all the others";
    /// Any origin with credentials, beside other origins.
    OriginReflectMixed = "origin-reflect-mixed", "dangerously_allow_any_origin_with_credentials",
        "stands beside other origins": "remove it, or remove all the others";
    /// An empty text.
    OriginEmpty = "origin-empty", "origin", "is empty": "remove it";
    /// `null`, the origin of sandboxed frames and of local files: anyone can have it.
    OriginNull = "origin-null", "origin", "is what any sandboxed frame sends":
        "remove it, or say dangerously_allow_null_origin";
    /// Several origins in one text.
    OriginSeveral = "origin-several", "origin", "holds several origins":
        "write each as an entry of its own";
    /// White space.
    OriginSpace = "origin-space", "origin", "has white space, which no origin has": "remove it";
    /// No `://`.
    OriginMissingScheme = "origin-missing-scheme", "origin", "has no \"://\" behind a scheme":
        "write it as in \"https://app.example.com\"";
    /// Something before `://` that is no scheme.
    OriginScheme = "origin-scheme", "origin",
        "has a scheme that is not a letter followed by letters, digits, \"+\", \"-\" or \".\"":
        "write a scheme such as \"https\"";
    /// `file:`, whose origin browsers send as `null`.
    OriginFileScheme = "origin-file-scheme", "origin", "is sent by browsers as \"null\"":
        "serve the page over http instead";
    /// A letter in upper case.
    OriginUpperCase = "origin-upper-case", "origin",
        "has upper-case letters, which browsers never send": "write it in lower case";
    /// A letter outside ASCII.
    OriginNotAscii = "origin-not-ascii", "origin", "has letters outside ASCII":
        "write the host's punycode, \"xn--…\", as browsers send it";
    /// User info before the host.
    OriginUserInfo = "origin-user-info", "origin",
        "has user info before the host, which no origin has": "remove it";
    /// A path of nothing but `/`.
    OriginTrailingSlash = "origin-trailing-slash", "origin",
        "ends in a slash, which no origin does": "remove it";
    /// A path.
    OriginPath = "origin-path", "origin", "has a path, which no origin has": "remove it";
    /// A query.
    OriginQuery = "origin-query", "origin", "has a query, which no origin has": "remove it";
    /// A fragment.
    OriginFragment = "origin-fragment", "origin", "has a fragment, which no origin has": "remove it";
    /// The scheme's default port.
    OriginDefaultPort = "origin-default-port", "origin",
        "names its scheme's default port, which browsers leave out": "remove it";
    /// A port that is no number from 1 to 65535 as it is usually written.
    OriginPort = "origin-port", "origin",
        "has a port that is not a number from 1 to 65535 without leading zeros": "write such a number";
    /// `*` where it stands for nothing.
    OriginWildcard = "origin-wildcard", "origin", "has a \"*\" in the wrong place":
        "write it for all labels before a domain, as in \"https://*.example.com\", or for the port, as in \"http://localhost:*\"";
    /// `*.` before an IP address.
    OriginWildcardAddress = "origin-wildcard-address", "origin",
        "has a \"*.\" before an IP address, which has no subdomains": "write the address alone";
    /// A host that ends in a number and is no IPv4 address in its usual form.
    OriginIpv4 = "origin-ipv4", "origin",
        "has a host that ends in a number but is not an IPv4 address of four decimal numbers":
        "write it as in \"http://127.0.0.1\"";
    /// An IPv6 address without brackets, or not in its shortest form.
    OriginIpv6 = "origin-ipv6", "origin",
        "has an IPv6 address that is not written in brackets, or not in its shortest form":
        "write it as in \"http://[::1]\"";
    /// A host that is empty, too long, or has a character that no host has.
    OriginHost = "origin-host", "origin", "has a host that no browser sends":
        "write labels of 1 to 63 letters, digits, \"-\" or \"_\", joined by dots, 253 characters at most";
    /// A pattern in a program that was built without feature `regex`.
    RegexFeature = "regex-feature", "origin pattern", "needs the feature \"regex\"":
        "enable it in Cargo.toml, on the dependency that the policy comes from: features = [\"regex\"]";
    /// A pattern that is no regular expression.
    RegexSyntax = "regex-syntax", "origin pattern",
        "is not a regular expression, or has look-around or a back-reference":
        "write one that can be matched in linear time";
    /// Patterns that compile to too much.
    RegexTooLarge = "regex-too-large", "origin pattern",
        "compiles to an automaton of more than 1 MiB": "write it with fewer repetitions";
    /// A method that is no token.
    MethodToken = "method-token", "method", "is not a token": "write a name such as \"PUT\"";
    /// A method that browsers refuse to send.
    MethodForbidden = "method-forbidden", "method", "is sent by no browser": "remove it";
    /// `*` beside other methods.
    MethodAnyMixed = "method-any-mixed", "method", "stands for every method":
        "remove the others, or remove it";
    /// A header name that is no token.
    HeaderToken = "header-token", "header name", "is not a token":
        "write a name such as \"content-type\"";
    /// A `*` in a header name.
    HeaderPattern = "header-pattern", "header name", "has a \"*\", but names cannot be patterns":
        "list each name, or only \"*\" for any header";
    /// A header that browsers set themselves.
    HeaderForbidden = "header-forbidden", "header name", "cannot be set by a script": "remove it";
    /// A response header among the request headers.
    HeaderResponseOnly = "header-response-only", "header name",
        "is a response header, which no request carries": "remove it";
    /// `*` beside other header names.
    HeaderAnyMixed = "header-any-mixed", "header name",
        "stands for every header, Authorization included": "remove the others, or remove it";
    /// An exposed header name that is no token.
    ExposedToken = "exposed-token", "exposed header name", "is not a token":
        "write a name such as \"etag\"";
    /// A `*` in an exposed header name.
    ExposedPattern = "exposed-pattern", "exposed header name",
        "has a \"*\", but names cannot be patterns": "list each name, or only \"*\" for any header";
    /// A response header that no script may read.
    ExposedForbidden = "exposed-forbidden", "exposed header name",
        "cannot be read by a script, exposed or not": "remove it";
    /// `*` beside other exposed header names.
    ExposedAnyMixed = "exposed-any-mixed", "exposed header name", "stands for every header":
        "remove the others, or remove it";
    /// A max-age that no browser honours.
    MaxAgeTooLarge = "max-age-too-large", "max_age",
        "is more seconds than any browser keeps a preflight": "write 86400 or less";
    /// Any origin together with credentials.
    CredentialsAnyOrigin = "credentials-any-origin", "origin",
        "with allow_credentials is refused by browsers":
        "list the origins, or say dangerously_allow_any_origin_with_credentials";
    /// A pattern that strangers match, together with credentials.
    CredentialsAnyPattern = "credentials-any-pattern", "origin pattern",
        "matches unrelated sites, which could act as the user with allow_credentials":
        "write the full domain in the pattern";
    /// Any exposed header together with credentials.
    CredentialsAnyExposed = "credentials-any-exposed", "exposed header name",
        "with allow_credentials is read as a header named \"*\"": "list the names";
    /// A plain http origin together with credentials.
    CredentialsInsecure = "credentials-insecure", "origin",
        "with allow_credentials lets anyone on the network act for the user":
        "use https, or say dangerously_allow_insecure_origins";
    /// Every site under a public suffix together with credentials.
    CredentialsPublicSuffix = "credentials-public-suffix", "origin",
        "with allow_credentials covers the sites of strangers, because anyone may register a name there":
        "list the hosts, or say dangerously_allow_public_suffixes";
    /// No path.
    ResourcesNone = "resources-none", "resources", "is empty":
        "give at least one path a policy, or \"*\" for all of them";
    /// A path without a leading slash.
    PathSlash = "path-slash", "path", "does not begin with a slash":
        "write it as in \"/api/*\", or only \"*\" for every path";
    /// A path that ends in a slash.
    PathTrailingSlash = "path-trailing-slash", "path", "ends in a slash":
        "write it without, or with \"/*\" for all that is below it";
    /// `*` elsewhere than for all that is below a path.
    PathWildcard = "path-wildcard", "path", "has a \"*\" in the wrong place":
        "write it as the last segment alone, as in \"/api/*\"";
    /// An empty segment, or one of dots.
    PathSegment = "path-segment", "path", "has a segment that is empty, \".\" or \"..\"": "remove it";
    /// A character that stands for something else in a request's path.
    PathCharacter = "path-character", "path",
        "has a \"%\", \"?\", \"#\", \"\\\" or a control character":
        "write the path as it is decoded, without a query";
    /// A path with a segment that another one writes in another case.
    PathCase = "path-case", "path", "has a segment that another path writes in another case":
        "write both in the same case";
    /// A path that is written twice.
    PathTie = "path-tie", "path", "is written twice": "remove one of the two";
}
