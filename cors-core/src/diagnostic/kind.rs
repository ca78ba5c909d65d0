//! The kinds of diagnostics: one table of codes, keys and words.

use super::table::kinds;

kinds! {
    Error {
        /// No origin, pattern or predicate.
        OriginNone = "origin-none", AllowOrigins "allow_origins", "is empty":
            "list the origins to allow, such as \"https://app.example.com\", or \"*\" alone for any origin";
        /// An environment variable without an origin.
        OriginVariable = "origin-variable", AllowOrigins "environment variable",
            "is not set to a list of origins":
            "set it to a list such as \"https://app.example.com, https://admin.example.com\", or use allow_origins_from_env_or_none";
        /// A list of origins that looks like JSON and is not.
        OriginListJson = "origin-list-json", AllowOrigins "list of origins",
            "begins with \"[\" but is not a JSON array of strings":
            "write it as in [\"https://app.example.com\"], or separate the origins with commas";
        /// `*` beside other origins.
        OriginAnyMixed = "origin-any-mixed", AllowOrigins "origin",
            "cannot be combined with other origins": "remove it, or remove the others";
        /// Any origin with credentials, beside other origins.
        OriginReflectMixed = "origin-reflect-mixed", DangerouslyAllowAnyOriginWithCredentials "dangerously_allow_any_origin_with_credentials",
            "cannot be combined with other origins": "remove it, or remove the origins";
        /// An empty text.
        OriginEmpty = "origin-empty", AllowOrigins "origin", "is empty": "remove it";
        /// `null`, the origin of sandboxed frames and of local files: anyone can have it.
        OriginNull = "origin-null", AllowOrigins "origin",
            "can be sent by any site through a sandboxed frame":
            "remove it, or set dangerously_allow_null_origin";
        /// Several origins in one text.
        OriginSeveral = "origin-several", AllowOrigins "origin", "contains several origins":
            "write each as a separate entry";
        /// White space.
        OriginSpace = "origin-space", AllowOrigins "origin", "contains whitespace": "remove it";
        /// No `://`.
        OriginMissingScheme = "origin-missing-scheme", AllowOrigins "origin",
            "does not start with a scheme and \"://\"": "write it like \"https://app.example.com\"";
        /// Something before `://` that is no scheme.
        OriginScheme = "origin-scheme", AllowOrigins "origin", "has an invalid scheme":
            "start with a letter, then use letters, digits, \"+\", \"-\" or \".\"";
        /// `file:`, whose origin browsers send as `null`.
        OriginFileScheme = "origin-file-scheme", AllowOrigins "origin",
            "is sent by browsers as \"null\"": "serve the page over http instead";
        /// A letter in upper case.
        OriginUpperCase = "origin-upper-case", AllowOrigins "origin",
            "contains uppercase letters, which browsers never send": "write it in lowercase";
        /// A letter outside ASCII.
        OriginNotAscii = "origin-not-ascii", AllowOrigins "origin", "contains non-ASCII characters":
            "write the host in Punycode (\"xn--...\"), as browsers send it";
        /// User info before the host.
        OriginUserInfo = "origin-user-info", AllowOrigins "origin",
            "contains a user name or password": "remove it";
        /// A path of nothing but `/`.
        OriginTrailingSlash = "origin-trailing-slash", AllowOrigins "origin",
            "ends with a slash, but an origin has no path": "remove the slash";
        /// A path.
        OriginPath = "origin-path", AllowOrigins "origin",
            "contains a path, but an origin is only a scheme, a host and a port": "remove the path";
        /// A query.
        OriginQuery = "origin-query", AllowOrigins "origin",
            "contains a query, but an origin is only a scheme, a host and a port": "remove the query";
        /// A fragment.
        OriginFragment = "origin-fragment", AllowOrigins "origin",
            "contains a fragment, but an origin is only a scheme, a host and a port":
            "remove the fragment";
        /// The scheme's default port.
        OriginDefaultPort = "origin-default-port", AllowOrigins "origin",
            "includes the default port of its scheme, which browsers omit": "remove the port";
        /// A port that is no number from 1 to 65535 as it is usually written.
        OriginPort = "origin-port", AllowOrigins "origin", "has an invalid port":
            "write a number from 1 to 65535, without leading zeros";
        /// `*` where it stands for nothing.
        OriginWildcard = "origin-wildcard", AllowOrigins "origin", "has a misplaced \"*\"":
            "use \"*.\" before a domain, as in \"https://*.example.com\", or \":*\" as the port, as in \"http://localhost:*\"";
        /// `*.` before an IP address.
        OriginWildcardAddress = "origin-wildcard-address", AllowOrigins "origin",
            "has \"*.\" before an IP address, which has no subdomains": "remove the \"*.\"";
        /// A host that ends in a number and is no IPv4 address in its usual form.
        OriginIpv4 = "origin-ipv4", AllowOrigins "origin",
            "has a host that ends in a number but is not a valid IPv4 address":
            "write it like \"http://127.0.0.1\"";
        /// An IPv6 address without brackets, or not in its shortest form.
        OriginIpv6 = "origin-ipv6", AllowOrigins "origin",
            "has an IPv6 address that is not in brackets, or not in its shortest form":
            "write it like \"http://[::1]\"";
        /// A host that is empty, too long, or has a character that no host has.
        OriginHost = "origin-host", AllowOrigins "origin", "has an invalid host":
            "use labels of 1 to 63 letters, digits, \"-\" or \"_\", separated by dots, at most 253 characters in total";
        /// A label that begins with `xn--` and is not Punycode.
        OriginPunycode = "origin-punycode", AllowOrigins "origin",
            "has a label that begins with \"xn--\" but is not valid Punycode":
            "copy the host from the browser's address bar";
        /// A pattern in a program that was built without feature `regex`.
        RegexFeature = "regex-feature", AllowOriginPatterns "origin pattern",
            "needs the feature \"regex\"":
            "enable it in Cargo.toml, on the dependency that the policy comes from: features = [\"regex\"]";
        /// A pattern that is no regular expression.
        RegexSyntax = "regex-syntax", AllowOriginPatterns "origin pattern",
            "is not a supported regular expression":
            "fix its syntax, and avoid look-around and backreferences";
        /// Patterns that compile to too much.
        RegexTooLarge = "regex-too-large", AllowOriginPatterns "origin pattern",
            "compiles to more than 1 MiB": "use fewer or smaller repetitions";
        /// A method that is no token.
        MethodToken = "method-token", AllowMethods "method", "is not a valid HTTP token":
            "write a name such as \"PUT\"";
        /// A method that browsers refuse to send.
        MethodForbidden = "method-forbidden", AllowMethods "method", "cannot be used by a script":
            "remove it";
        /// `*` beside other methods.
        MethodAnyMixed = "method-any-mixed", AllowMethods "method",
            "already allows every method and cannot be combined with others":
            "remove the others, or remove \"*\"";
        /// A header name that is no token.
        HeaderToken = "header-token", AllowHeaders "header name", "is not a valid HTTP token":
            "write a name such as \"content-type\"";
        /// A `*` in a header name.
        HeaderPattern = "header-pattern", AllowHeaders "header name",
            "has a \"*\", but names cannot be patterns":
            "list each name, or only \"*\" for any header";
        /// A header that browsers set themselves.
        HeaderForbidden = "header-forbidden", AllowHeaders "header name",
            "cannot be set by a script": "remove it";
        /// A response header among the request headers.
        HeaderResponseOnly = "header-response-only", AllowHeaders "header name",
            "is a response header, not a request header": "remove it";
        /// `*` beside other header names.
        HeaderAnyMixed = "header-any-mixed", AllowHeaders "header name",
            "already allows every header, including Authorization, and cannot be combined with others":
            "remove the others, or remove \"*\"";
        /// An exposed header name that is no token.
        ExposedToken = "exposed-token", ExposeHeaders "exposed header name",
            "is not a valid HTTP token": "write a name such as \"etag\"";
        /// A `*` in an exposed header name.
        ExposedPattern = "exposed-pattern", ExposeHeaders "exposed header name",
            "has a \"*\", but names cannot be patterns":
            "list each name, or only \"*\" for any header";
        /// A response header that no script may read.
        ExposedForbidden = "exposed-forbidden", ExposeHeaders "exposed header name",
            "can never be read by a script": "remove it";
        /// `*` beside other exposed header names.
        ExposedAnyMixed = "exposed-any-mixed", ExposeHeaders "exposed header name",
            "already exposes every header and cannot be combined with others":
            "remove the others, or remove \"*\"";
        /// A max-age that no browser honours.
        MaxAgeTooLarge = "max-age-too-large", MaxAge "max_age",
            "is longer than any browser caches a preflight": "use 86400 seconds or less";
        /// A status of preflights that is neither 200 nor 204.
        PreflightStatus = "preflight-status", PreflightStatus "preflight_status",
            "is not 200 or 204": "write 204, or 200 for clients that reject 204";
        /// Any origin together with credentials.
        CredentialsAnyOrigin = "credentials-any-origin", AllowOrigins "origin",
            "cannot be combined with allow_credentials, because browsers reject it":
            "list the origins, or set dangerously_allow_any_origin_with_credentials";
        /// A pattern that strangers match, together with credentials.
        CredentialsAnyPattern = "credentials-any-pattern", AllowOriginPatterns "origin pattern",
            "matches unrelated sites, which could act as the user with allow_credentials":
            "write the full domain in the pattern";
        /// Any exposed header together with credentials.
        CredentialsAnyExposed = "credentials-any-exposed", ExposeHeaders "exposed header name",
            "is not a wildcard with allow_credentials": "list the names";
        /// A plain http origin together with credentials.
        CredentialsInsecure = "credentials-insecure", AllowOrigins "origin",
            "is not encrypted, so with allow_credentials anyone on the network can act as the user":
            "use https, or set dangerously_allow_insecure_origins";
        /// Every site under a public suffix together with credentials.
        CredentialsPublicSuffix = "credentials-public-suffix", AllowOrigins "origin",
            "covers a public suffix, so with allow_credentials anyone who registers a name there can act as the user":
            "list the hosts, or set dangerously_allow_public_suffixes";
        /// No path.
        ResourcesNone = "resources-none", "resources", "is empty":
            "add a policy for at least one path, or for \"*\" (every path)";
        /// A path without a leading slash.
        PathSlash = "path-slash", "path", "does not start with a slash":
            "write it like \"/api/*\", or \"*\" alone for every path";
        /// A path that ends in a slash.
        PathTrailingSlash = "path-trailing-slash", "path", "ends with a slash":
            "remove the slash, or end with \"/*\" to cover everything below";
        /// `*` elsewhere than for all that is below a path.
        PathWildcard = "path-wildcard", "path", "has a misplaced \"*\"":
            "use it only as the whole last segment, as in \"/api/*\"";
        /// An empty segment, or one of dots.
        PathSegment = "path-segment", "path", "contains an empty, \".\" or \"..\" segment":
            "remove the segment";
        /// A character that stands for something else in a request's path.
        PathCharacter = "path-character", "path",
            "contains \"%\", \"?\", \"#\", \"\\\" or a control character":
            "write the decoded path, without a query";
        /// A path with a segment that another one writes in another case.
        PathCase = "path-case", "path",
            "has a segment that another path writes in a different case": "use the same case in both";
        /// A path that is written twice.
        PathTie = "path-tie", "path", "is listed twice": "remove one";
    }
    Warning {
        /// An origin under a suffix of a hosting provider.
        HostingSuffix = "hosting-suffix", AllowOrigins "origin",
            "is on a shared hosting domain, where anyone can claim a released name":
            "use your own domain, or remove this entry when you give up the name";
        /// `*.` together with credentials.
        CredentialsSubdomains = "credentials-subdomains", AllowOrigins "origin",
            "with allow_credentials lets every subdomain act as the user":
            "list only the hosts that need it";
        /// Any host of a custom scheme together with credentials.
        CredentialsAnyHost = "credentials-any-host", AllowOrigins "origin",
            "with allow_credentials lets every app or extension of this scheme act as the user":
            "list the hosts that need it";
        /// Plain http beside https.
        HttpBesideHttps = "http-beside-https", AllowOrigins "origin",
            "uses http while others use https, and anyone on the network can impersonate it":
            "serve that site over https, and remove this entry";
        /// The user's own machine together with credentials.
        CredentialsLocalhost = "credentials-localhost", AllowOrigins "origin",
            "with allow_credentials lets any server on the user's machine act as the user":
            "allow it only in a development policy";
        /// A loopback origin without a port.
        LocalhostPort = "localhost-port", AllowOrigins "origin", "allows only port 80":
            "add \":*\" for any port";
        /// An origin or a pattern that is listed twice.
        OriginDuplicate = "origin-duplicate", AllowOrigins "origin", "is listed twice": "remove one";
        /// An origin that another entry covers.
        OriginCovered = "origin-covered", AllowOrigins "origin", "is covered by another entry":
            "remove it";
        /// A regular expression.
        OriginPattern = "origin-pattern", AllowOriginPatterns "origin pattern",
            "is a regular expression, which can match more than intended":
            "use \"*.\" or \":*\" in allow_origins if that is enough";
        /// A method that needs no listing.
        MethodSafelisted = "method-safelisted", AllowMethods "method", "does not need to be listed":
            "remove it";
        /// A method in lowercase that browsers do not change to uppercase.
        MethodCase = "method-case", AllowMethods "method",
            "is case-sensitive, and servers expect it in uppercase":
            "write it in uppercase";
        /// A method that is listed twice.
        MethodDuplicate = "method-duplicate", AllowMethods "method", "is listed twice": "remove one";
        /// A request header that needs no listing.
        HeaderSafelisted = "header-safelisted", AllowHeaders "header name",
            "does not need to be listed": "remove it";
        /// A request header that is listed twice.
        HeaderDuplicate = "header-duplicate", AllowHeaders "header name", "is listed twice":
            "remove one";
        /// A response header that needs no listing.
        ExposedSafelisted = "exposed-safelisted", ExposeHeaders "exposed header name",
            "does not need to be listed": "remove it";
        /// A CORS response header.
        ExposedCors = "exposed-cors", ExposeHeaders "exposed header name",
            "is for the browser, and scripts do not need to read it": "remove it";
        /// A request header among the exposed ones.
        ExposedRequestHeader = "exposed-request-header", ExposeHeaders "exposed header name",
            "is a request header, not a response header": "remove it";
        /// An exposed header that is listed twice.
        ExposedDuplicate = "exposed-duplicate", ExposeHeaders "exposed header name",
            "is listed twice": "remove one";
        /// A max-age that most browsers cut off.
        MaxAgeCapped = "max-age-capped", MaxAge "max_age",
            "is capped by browsers other than Firefox": "use 7200 seconds or less";
        /// The private-network header.
        PrivateNetwork = "private-network", AllowPrivateNetwork "allow_private_network",
            "opens a private network to public sites, through a header that browsers have replaced":
            "remove it";
        /// `null` is allowed.
        DangerousNullOrigin = "dangerous-null-origin",
            DangerouslyAllowNullOrigin "dangerously_allow_null_origin",
            "lets any site read responses through a sandboxed frame":
            "remove it unless the responses are public";
        /// Every origin is allowed with credentials.
        DangerousAnyOrigin = "dangerous-any-origin",
            DangerouslyAllowAnyOriginWithCredentials "dangerously_allow_any_origin_with_credentials",
            "lets every site act as the user and read the responses":
            "list the origins in allow_origins instead";
        /// `http:` origins are allowed with credentials.
        DangerousInsecureOrigins = "dangerous-insecure-origins",
            DangerouslyAllowInsecureOrigins "dangerously_allow_insecure_origins",
            "lets anyone on the user's network act as the user": "serve these origins over https instead";
        /// `*.` may cover public suffixes with credentials.
        DangerousPublicSuffixes = "dangerous-public-suffixes",
            DangerouslyAllowPublicSuffixes "dangerously_allow_public_suffixes",
            "lets anyone who registers a name under a public suffix act as the user":
            "list the hosts instead";
        /// A path with `/*` whose base has another policy.
        PathBase = "path-base", "path", "does not cover the path without \"/*\"":
            "add that path too";
    }
}
