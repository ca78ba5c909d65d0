//! Mistakes in paths.

use cors_core::{Policy, Resources};

use crate::rows::Row;

pub(crate) fn rows() -> Vec<Row<Resources>> {
    vec![
        (
            Resources::new(),
            "resources-none",
            "",
            r#"resources is empty: add a policy for at least one path, or for "*" (every path)"#,
        ),
        (
            at("api/*"),
            "path-slash",
            "api/*",
            r#"path "api/*" does not start with a slash: write it like "/api/*", or "*" alone for every path"#,
        ),
        (
            at("/api/"),
            "path-trailing-slash",
            "/api/",
            r#"path "/api/" ends with a slash: remove the slash, or end with "/*" to cover everything below"#,
        ),
        (
            at("/api/*.json"),
            "path-wildcard",
            "/api/*.json",
            r#"path "/api/*.json" has a misplaced "*": use it only as the whole last segment, as in "/api/*""#,
        ),
        (
            at("/api/../*"),
            "path-segment",
            "/api/../*",
            r#"path "/api/../*" contains an empty, "." or ".." segment: remove the segment"#,
        ),
        (
            at("/a%20b"),
            "path-character",
            "/a%20b",
            r##"path "/a%20b" contains "%", "?", "#", "\" or a control character: write the decoded path, without a query"##,
        ),
        (
            at("/api/*").without("/API/health"),
            "path-case",
            "/API/health",
            r#"path "/API/health" has a segment that another path writes in a different case: use the same case in both"#,
        ),
        (at("*").without("/*"), "path-tie", "/*", r#"path "/*" is listed twice: remove one"#),
    ]
}

fn at(path: &str) -> Resources {
    Resources::new().at(path, Policy::new().allow_any_origin())
}
