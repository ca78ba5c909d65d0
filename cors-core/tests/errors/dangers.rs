//! What is well-formed and dangerous together with credentials.

use cors_core::Policy;

use crate::rows::{Row, origin};

pub(crate) fn rows() -> Vec<Row> {
    [credentials(), patterns(), public_suffixes()].concat()
}

fn credentials() -> Vec<Row> {
    vec![
        (
            trusted("*"),
            "credentials-any-origin",
            "*",
            r#"origin "*" cannot be combined with allow_credentials, because browsers reject it: list the origins, or set dangerously_allow_any_origin_with_credentials"#,
        ),
        (
            trusted("https://a.example").expose_headers(["*"]),
            "credentials-any-exposed",
            "*",
            r#"exposed header name "*" is not a wildcard with allow_credentials: list the names"#,
        ),
        (
            trusted("http://a.example"),
            "credentials-insecure",
            "http://a.example",
            r#"origin "http://a.example" is not encrypted, so with allow_credentials anyone on the network can act as the user: use https, or set dangerously_allow_insecure_origins"#,
        ),
    ]
}

fn public_suffixes() -> Vec<Row> {
    vec![(
        trusted("https://*.github.io"),
        "credentials-public-suffix",
        "https://*.github.io",
        r#"origin "https://*.github.io" covers a public suffix, so with allow_credentials anyone who registers a name there can act as the user: list the hosts, or set dangerously_allow_public_suffixes"#,
    )]
}

#[cfg(feature = "regex")]
fn patterns() -> Vec<Row> {
    let trusted = |text| Policy::new().allow_origin_patterns([text]).allow_credentials(true);
    vec![
        (
            trusted("https://.*"),
            "credentials-any-pattern",
            "https://.*",
            r#"origin pattern "https://.*" matches unrelated sites, which could act as the user with allow_credentials: it allows https://evil.example: write the full domain in the pattern"#,
        ),
        (
            trusted("https://[a-z]+[.](com|org)"),
            "credentials-any-pattern",
            "https://[a-z]+[.](com|org)",
            r#"origin pattern "https://[a-z]+[.](com|org)" matches unrelated sites, which could act as the user with allow_credentials: it allows https://x.org: write the full domain in the pattern"#,
        ),
        (
            trusted("https?://app[.]example"),
            "credentials-insecure",
            "https?://app[.]example",
            r#"origin "https?://app[.]example" is not encrypted, so with allow_credentials anyone on the network can act as the user: it allows http://app.example: use https, or set dangerously_allow_insecure_origins"#,
        ),
    ]
}

#[cfg(not(feature = "regex"))]
fn patterns() -> Vec<Row> {
    Vec::new()
}

fn trusted(text: &str) -> Policy {
    origin(text).allow_credentials(true)
}
