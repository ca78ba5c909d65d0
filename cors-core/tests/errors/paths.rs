//! Mistakes in paths.

use cors_core::{Policy, Resources};

use crate::rows::Row;

pub(crate) fn rows() -> Vec<Row<Resources>> {
    vec![
        (
            Resources::new(),
            "resources-none",
            "",
            r#"resources is empty: give at least one path a policy, or "*" for all of them"#,
        ),
        (
            at("api/*"),
            "path-slash",
            "api/*",
            r#"path "api/*" does not begin with a slash: write it as in "/api/*", or only "*" for every path"#,
        ),
        (
            at("/api/"),
            "path-trailing-slash",
            "/api/",
            r#"path "/api/" ends in a slash: write it without, or with "/*" for all that is below it"#,
        ),
        (
            at("/api/*.json"),
            "path-wildcard",
            "/api/*.json",
            r#"path "/api/*.json" has a "*" in the wrong place: write it as the last segment alone, as in "/api/*""#,
        ),
        (
            at("/api/../*"),
            "path-segment",
            "/api/../*",
            r#"path "/api/../*" has a segment that is empty, "." or "..": remove it"#,
        ),
        (
            at("/a%20b"),
            "path-character",
            "/a%20b",
            r##"path "/a%20b" has a "%", "?", "#", "\" or a control character: write the path as it is decoded, without a query"##,
        ),
        (
            at("/api/*").without("/API/health"),
            "path-case",
            "/API/health",
            r#"path "/API/health" has a segment that another path writes in another case: write both in the same case"#,
        ),
        (
            at("*").without("/*"),
            "path-tie",
            "/*",
            r#"path "/*" is written twice: remove one of the two"#,
        ),
    ]
}

fn at(path: &str) -> Resources {
    Resources::new().at(path, Policy::new().allow_any_origin())
}
