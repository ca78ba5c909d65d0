//! Mistakes in lists that come from elsewhere, or that were meant as patterns.

use cors_core::Policy;

use crate::rows::{Row, origin};

pub(crate) fn rows() -> Vec<Row> {
    let listed = || origin("https://a.example");
    vec![
        #[cfg(feature = "std")]
        (
            Policy::new().allow_origins_from_env("CORS_CORE_UNSET"),
            "origin-variable",
            "CORS_CORE_UNSET",
            r#"environment variable "CORS_CORE_UNSET" is not set to a list of origins: set it to a list such as "https://app.example.com, https://admin.example.com", or use allow_origins_from_env_or_none"#,
        ),
        #[cfg(not(feature = "regex"))]
        (
            Policy::new().allow_origin_patterns(["https://[a-z]+"]),
            "regex-feature",
            "https://[a-z]+",
            r#"origin pattern "https://[a-z]+" needs the feature "regex": enable it in Cargo.toml, on the dependency that the policy comes from: features = ["regex"]"#,
        ),
        (
            Policy::new().allow_origins_list("[https://a.example]"),
            "origin-list-json",
            "[https://a.example]",
            r#"list of origins "[https://a.example]" begins with "[" but is not a JSON array of strings: write it as in ["https://app.example.com"], or separate the origins with commas"#,
        ),
        (
            listed().allow_headers("x-*"),
            "header-pattern",
            "x-*",
            r#"header name "x-*" has a "*", but names cannot be patterns: list each name, or only "*" for any header"#,
        ),
        (
            listed().expose_headers("x-*"),
            "exposed-pattern",
            "x-*",
            r#"exposed header name "x-*" has a "*", but names cannot be patterns: list each name, or only "*" for any header"#,
        ),
    ]
}
