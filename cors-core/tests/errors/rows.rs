//! One policy for every kind of mistake, which makes that mistake and no other.

use cors_core::{Policy, Resources};

use crate::{dangers, lists, paths};

/// The policy, and the code, value and printed text of its only mistake.
pub(crate) type Row<P = Policy> = (P, &'static str, &'static str, &'static str);

/// Of every kind that can be made with the features that are on.
pub(crate) fn rows() -> Vec<Row<Resources>> {
    let policies =
        [origins(), families(), regexes(), names(), lists::rows(), dangers::rows()].concat();
    let policies = policies.into_iter().map(|(policy, code, value, text)| {
        let resources = Resources::from(policy);
        (resources, code, value, text)
    });
    policies.chain(paths::rows()).collect()
}

fn origins() -> Vec<Row> {
    vec![
        (
            Policy::new(),
            "origin-none",
            "",
            r#"allow_origins is empty: list the origins that may read, such as "https://app.example.com", or only "*" for every one"#,
        ),
        (
            origin("*").dynamic_origins(),
            "origin-any-mixed",
            "*",
            r#"origin "*" stands beside other origins: remove it, or remove all the others"#,
        ),
        (
            origin("https://a.example").dangerously_allow_any_origin_with_credentials(),
            "origin-reflect-mixed",
            "",
            "dangerously_allow_any_origin_with_credentials stands beside other origins: remove it, or remove all the others",
        ),
        (origin(""), "origin-empty", "", "origin is empty: remove it"),
        (
            origin("https://a.example, https://b.example"),
            "origin-several",
            "https://a.example, https://b.example",
            r#"origin "https://a.example, https://b.example" holds several origins: write each as an entry of its own"#,
        ),
        (
            origin("https://a.example "),
            "origin-space",
            "https://a.example ",
            r#"origin "https://a.example " has white space, which no origin has: write "https://a.example""#,
        ),
        (
            origin("null"),
            "origin-null",
            "null",
            r#"origin "null" is what any sandboxed frame sends: remove it, or say dangerously_allow_null_origin"#,
        ),
        (
            origin("example.com"),
            "origin-missing-scheme",
            "example.com",
            r#"origin "example.com" has no "://" behind a scheme: write "https://example.com""#,
        ),
        (
            origin("my_app://localhost"),
            "origin-scheme",
            "my_app://localhost",
            r#"origin "my_app://localhost" has a scheme that is not a letter followed by letters, digits, "+", "-" or ".": write a scheme such as "https""#,
        ),
        (
            origin("file:///srv"),
            "origin-file-scheme",
            "file:///srv",
            r#"origin "file:///srv" is sent by browsers as "null": serve the page over http instead"#,
        ),
        (
            origin("https://Example.com"),
            "origin-upper-case",
            "https://Example.com",
            r#"origin "https://Example.com" has upper-case letters, which browsers never send: write "https://example.com""#,
        ),
        (
            origin("https://bücher.example"),
            "origin-not-ascii",
            "https://bücher.example",
            r#"origin "https://bücher.example" has letters outside ASCII: write the host's punycode, "xn--…", as browsers send it"#,
        ),
        (
            origin("https://me@example.com"),
            "origin-user-info",
            "https://me@example.com",
            r#"origin "https://me@example.com" has user info before the host, which no origin has: write "https://example.com""#,
        ),
        (
            origin("https://example.com/"),
            "origin-trailing-slash",
            "https://example.com/",
            r#"origin "https://example.com/" ends in a slash, which no origin does: write "https://example.com""#,
        ),
        (
            origin("https://example.com/app"),
            "origin-path",
            "https://example.com/app",
            r#"origin "https://example.com/app" has a path, which no origin has: write "https://example.com""#,
        ),
        (
            origin("https://example.com?a"),
            "origin-query",
            "https://example.com?a",
            r#"origin "https://example.com?a" has a query, which no origin has: write "https://example.com""#,
        ),
        (
            origin("https://example.com#a"),
            "origin-fragment",
            "https://example.com#a",
            r#"origin "https://example.com#a" has a fragment, which no origin has: write "https://example.com""#,
        ),
        (
            origin("https://example.com:443"),
            "origin-default-port",
            "https://example.com:443",
            r#"origin "https://example.com:443" names its scheme's default port, which browsers leave out: write "https://example.com""#,
        ),
        (
            origin("https://example.com:0"),
            "origin-port",
            "https://example.com:0",
            r#"origin "https://example.com:0" has a port that is not a number from 1 to 65535 without leading zeros: write "https://example.com""#,
        ),
        (
            origin("http://127.1"),
            "origin-ipv4",
            "http://127.1",
            r#"origin "http://127.1" has a host that ends in a number but is not an IPv4 address of four decimal numbers: write it as in "http://127.0.0.1""#,
        ),
        (
            origin("http://[0:0:0:0:0:0:0:1]"),
            "origin-ipv6",
            "http://[0:0:0:0:0:0:0:1]",
            r#"origin "http://[0:0:0:0:0:0:0:1]" has an IPv6 address that is not written in brackets, or not in its shortest form: write "http://[::1]""#,
        ),
        (
            origin("https://exa%20mple.com"),
            "origin-host",
            "https://exa%20mple.com",
            r#"origin "https://exa%20mple.com" has a host that no browser sends: write labels of 1 to 63 letters, digits, "-" or "_", joined by dots, 253 characters at most"#,
        ),
    ]
}

fn families() -> Vec<Row> {
    vec![
        (
            origin("https://app-*.example.com"),
            "origin-wildcard",
            "https://app-*.example.com",
            r#"origin "https://app-*.example.com" has a "*" in the wrong place: write it for all labels before a domain, as in "https://*.example.com", or for the port, as in "http://localhost:*""#,
        ),
        (
            origin("http://*.127.0.0.1"),
            "origin-wildcard-address",
            "http://*.127.0.0.1",
            r#"origin "http://*.127.0.0.1" has a "*." before an IP address, which has no subdomains: write the address alone"#,
        ),
    ]
}

#[cfg(feature = "regex")]
fn regexes() -> Vec<Row> {
    let pattern = |text: &str| Policy::new().allow_origin_patterns([text]);
    vec![
        (
            pattern("https://(a"),
            "regex-syntax",
            "https://(a",
            r#"origin pattern "https://(a" is not a regular expression, or has look-around or a back-reference: write one that can be matched in linear time"#,
        ),
        (
            pattern("(?:[a-z]{0,999}){999}"),
            "regex-too-large",
            "(?:[a-z]{0,999}){999}",
            r#"origin pattern "(?:[a-z]{0,999}){999}" compiles to an automaton of more than 1 MiB: write it with fewer repetitions"#,
        ),
    ]
}

#[cfg(not(feature = "regex"))]
fn regexes() -> Vec<Row> {
    Vec::new()
}

fn names() -> Vec<Row> {
    vec![
        (
            listed().allow_methods(["PUT "]),
            "method-token",
            "PUT ",
            r#"method "PUT " is not a token: write a name such as "PUT""#,
        ),
        (
            listed().allow_methods(["trace"]),
            "method-forbidden",
            "trace",
            r#"method "trace" is sent by no browser: remove it"#,
        ),
        (
            listed().allow_methods(["PUT", "*"]),
            "method-any-mixed",
            "*",
            r#"method "*" stands for every method: remove the others, or remove it"#,
        ),
        (
            listed().allow_headers(["x api"]),
            "header-token",
            "x api",
            r#"header name "x api" is not a token: write a name such as "content-type""#,
        ),
        (
            listed().allow_headers(["Cookie"]),
            "header-forbidden",
            "Cookie",
            r#"header name "Cookie" cannot be set by a script: remove it"#,
        ),
        (
            listed().allow_headers(["Access-Control-Allow-Origin"]),
            "header-response-only",
            "Access-Control-Allow-Origin",
            r#"header name "Access-Control-Allow-Origin" is a response header, which no request carries: remove it"#,
        ),
        (
            listed().allow_headers(["*", "range"]),
            "header-any-mixed",
            "*",
            r#"header name "*" stands for every header, Authorization included: remove the others, or remove it"#,
        ),
        (
            listed().expose_headers(["etag:"]),
            "exposed-token",
            "etag:",
            r#"exposed header name "etag:" is not a token: write a name such as "etag""#,
        ),
        (
            listed().expose_headers(["Set-Cookie"]),
            "exposed-forbidden",
            "Set-Cookie",
            r#"exposed header name "Set-Cookie" cannot be read by a script, exposed or not: remove it"#,
        ),
        (
            listed().expose_headers(["etag", "*"]),
            "exposed-any-mixed",
            "*",
            r#"exposed header name "*" stands for every header: remove the others, or remove it"#,
        ),
        (
            listed().max_age(86_401),
            "max-age-too-large",
            "86401",
            r#"max_age 86401 is more seconds than any browser keeps a preflight: write 86400 or less"#,
        ),
    ]
}

pub(crate) fn origin(text: &str) -> Policy {
    Policy::new().allow_origins([text])
}

fn listed() -> Policy {
    origin("https://a.example")
}
