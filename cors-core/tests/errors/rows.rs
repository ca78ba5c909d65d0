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
            r#"allow_origins is empty: list the origins to allow, such as "https://app.example.com", or "*" alone for any origin"#,
        ),
        (
            origin("*").dynamic_origins(),
            "origin-any-mixed",
            "*",
            r#"origin "*" cannot be combined with other origins: remove it, or remove the others"#,
        ),
        (
            origin("https://a.example").dangerously_allow_any_origin_with_credentials(),
            "origin-reflect-mixed",
            "",
            "dangerously_allow_any_origin_with_credentials cannot be combined with other origins: remove it, or remove the origins",
        ),
        (origin(""), "origin-empty", "", "origin is empty: remove it"),
        (
            origin("https://a.example, https://b.example"),
            "origin-several",
            "https://a.example, https://b.example",
            r#"origin "https://a.example, https://b.example" contains several origins: write each as a separate entry"#,
        ),
        (
            origin("https://a.example "),
            "origin-space",
            "https://a.example ",
            r#"origin "https://a.example " contains whitespace: write "https://a.example""#,
        ),
        (
            origin("null"),
            "origin-null",
            "null",
            r#"origin "null" can be sent by any site through a sandboxed frame: remove it, or set dangerously_allow_null_origin"#,
        ),
        (
            origin("example.com"),
            "origin-missing-scheme",
            "example.com",
            r#"origin "example.com" does not start with a scheme and "://": write "https://example.com""#,
        ),
        (
            origin("my_app://localhost"),
            "origin-scheme",
            "my_app://localhost",
            r#"origin "my_app://localhost" has an invalid scheme: start with a letter, then use letters, digits, "+", "-" or ".""#,
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
            r#"origin "https://Example.com" contains uppercase letters, which browsers never send: write "https://example.com""#,
        ),
        (
            origin("https://bücher.example"),
            "origin-not-ascii",
            "https://bücher.example",
            r#"origin "https://bücher.example" contains non-ASCII characters: write the host in Punycode ("xn--..."), as browsers send it"#,
        ),
        (
            origin("https://me@example.com"),
            "origin-user-info",
            "https://me@example.com",
            r#"origin "https://me@example.com" contains a user name or password: write "https://example.com""#,
        ),
        (
            origin("https://example.com/"),
            "origin-trailing-slash",
            "https://example.com/",
            r#"origin "https://example.com/" ends with a slash, but an origin has no path: write "https://example.com""#,
        ),
        (
            origin("https://example.com/app"),
            "origin-path",
            "https://example.com/app",
            r#"origin "https://example.com/app" contains a path, but an origin is only a scheme, a host and a port: write "https://example.com""#,
        ),
        (
            origin("https://example.com?a"),
            "origin-query",
            "https://example.com?a",
            r#"origin "https://example.com?a" contains a query, but an origin is only a scheme, a host and a port: write "https://example.com""#,
        ),
        (
            origin("https://example.com#a"),
            "origin-fragment",
            "https://example.com#a",
            r#"origin "https://example.com#a" contains a fragment, but an origin is only a scheme, a host and a port: write "https://example.com""#,
        ),
        (
            origin("https://example.com:443"),
            "origin-default-port",
            "https://example.com:443",
            r#"origin "https://example.com:443" includes the default port of its scheme, which browsers omit: write "https://example.com""#,
        ),
        (
            origin("https://example.com:0"),
            "origin-port",
            "https://example.com:0",
            r#"origin "https://example.com:0" has an invalid port: write "https://example.com""#,
        ),
        (
            origin("http://127.1"),
            "origin-ipv4",
            "http://127.1",
            r#"origin "http://127.1" has a host that ends in a number but is not a valid IPv4 address: write it like "http://127.0.0.1""#,
        ),
        (
            origin("http://[0:0:0:0:0:0:0:1]"),
            "origin-ipv6",
            "http://[0:0:0:0:0:0:0:1]",
            r#"origin "http://[0:0:0:0:0:0:0:1]" has an IPv6 address that is not in brackets, or not in its shortest form: write "http://[::1]""#,
        ),
        (
            origin("https://exa%20mple.com"),
            "origin-host",
            "https://exa%20mple.com",
            r#"origin "https://exa%20mple.com" has an invalid host: use labels of 1 to 63 letters, digits, "-" or "_", separated by dots, at most 253 characters in total"#,
        ),
    ]
}

fn families() -> Vec<Row> {
    vec![
        (
            origin("https://app-*.example.com"),
            "origin-wildcard",
            "https://app-*.example.com",
            r#"origin "https://app-*.example.com" has a misplaced "*": list "https://app-[a-z0-9-]+\\.example\\.com" in allow_origin_patterns"#,
        ),
        (
            origin("https://xn--f.example"),
            "origin-punycode",
            "https://xn--f.example",
            r#"origin "https://xn--f.example" has a label that begins with "xn--" but is not valid Punycode: copy the host from the browser's address bar"#,
        ),
        (
            origin("https://*example.com"),
            "origin-wildcard",
            "https://*example.com",
            r#"origin "https://*example.com" has a misplaced "*": use "*." before a domain, as in "https://*.example.com", or ":*" as the port, as in "http://localhost:*""#,
        ),
        (
            origin("http://*.127.0.0.1"),
            "origin-wildcard-address",
            "http://*.127.0.0.1",
            r#"origin "http://*.127.0.0.1" has "*." before an IP address, which has no subdomains: remove the "*.""#,
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
            r#"origin pattern "https://(a" is not a supported regular expression: fix its syntax, and avoid look-around and backreferences"#,
        ),
        (
            pattern("(?:[a-z]{0,999}){999}"),
            "regex-too-large",
            "(?:[a-z]{0,999}){999}",
            r#"origin pattern "(?:[a-z]{0,999}){999}" compiles to more than 1 MiB: use fewer or smaller repetitions"#,
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
            r#"method "PUT " is not a valid HTTP token: write a name such as "PUT""#,
        ),
        (
            listed().allow_methods(["trace"]),
            "method-forbidden",
            "trace",
            r#"method "trace" cannot be used by a script: remove it"#,
        ),
        (
            listed().allow_methods(["PUT", "*"]),
            "method-any-mixed",
            "*",
            r#"method "*" already allows every method and cannot be combined with others: remove the others, or remove "*""#,
        ),
        (
            listed().allow_headers(["x api"]),
            "header-token",
            "x api",
            r#"header name "x api" is not a valid HTTP token: write a name such as "content-type""#,
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
            r#"header name "Access-Control-Allow-Origin" is a response header, not a request header: remove it"#,
        ),
        (
            listed().allow_headers(["*", "range"]),
            "header-any-mixed",
            "*",
            r#"header name "*" already allows every header, including Authorization, and cannot be combined with others: remove the others, or remove "*""#,
        ),
        (
            listed().expose_headers(["etag:"]),
            "exposed-token",
            "etag:",
            r#"exposed header name "etag:" is not a valid HTTP token: write a name such as "etag""#,
        ),
        (
            listed().expose_headers(["Set-Cookie"]),
            "exposed-forbidden",
            "Set-Cookie",
            r#"exposed header name "Set-Cookie" can never be read by a script: remove it"#,
        ),
        (
            listed().expose_headers(["etag", "*"]),
            "exposed-any-mixed",
            "*",
            r#"exposed header name "*" already exposes every header and cannot be combined with others: remove the others, or remove "*""#,
        ),
        (
            listed().max_age(86_401),
            "max-age-too-large",
            "86401",
            r#"max_age 86401 is longer than any browser caches a preflight: use 86400 seconds or less"#,
        ),
        (
            listed().preflight_status(404),
            "preflight-status",
            "404",
            "preflight_status 404 is not 200 or 204: write 204, or 200 for clients that reject 204",
        ),
    ]
}

pub(crate) fn origin(text: &str) -> Policy {
    Policy::new().allow_origins([text])
}

fn listed() -> Policy {
    origin("https://a.example")
}
