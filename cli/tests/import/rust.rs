//! `--rust`: the code for each framework is a file of its example, which the workspace compiles.
//! `BLESS=1 cargo test -p cors-cli --test import` writes the files.

use std::{env, fs};

use crate::run::run;

const FRAMEWORKS: [&str; 8] =
    ["http", "tower", "axum", "actix-web", "rocket", "warp", "poem", "salvo"];

/// One policy for every path, and a list that is long.
const EXPRESS: &str = r#"{"origin": ["https://app.example.com", {"$regex": "^https://.*\\.example\\.net$"}],
    "methods": ["GET", "PUT", "DELETE"], "credentials": true, "maxAge": 600,
    "allowedHeaders": ["authorization", "content-type", "x-request-id", "x-correlation-id", "x-client-version"]}"#;

/// A path, a pattern that stays an expression, and quotes and backslashes in it.
const DJANGO: &str = r#"{"CORS_URLS_REGEX": "^/api/.*$",
    "CORS_ALLOWED_ORIGIN_REGEXES": ["^https://\\w+-shop\\.example\\.com$"]}"#;

/// Paths that share a policy, and one without.
const LARAVEL: &str = r#"{"paths": ["api/*", "login", "logout"],
    "allowed_origins": ["https://app.example.com"], "allowed_methods": ["*"],
    "allowed_headers": ["*"], "supports_credentials": true}"#;

#[track_caller]
fn check(library: &str, config: &str) {
    for framework in FRAMEWORKS {
        let said = run(&["import", "--from", library, "-", "--rust", framework], config.as_bytes());
        assert_eq!((said.err.as_str(), said.status), ("", Some(0)));
        let path = format!(
            "{}/../examples/{framework}/tests/imported/{library}.rs",
            env!("CARGO_MANIFEST_DIR")
        );
        if env::var_os("BLESS").is_some() {
            fs::write(&path, &said.out).expect("the file can be written");
        }
        assert_eq!(said.out, fs::read_to_string(path).expect("the example is there"));
    }
}

#[test]
fn one_policy() {
    check("express", EXPRESS);
}

#[test]
fn a_pattern_at_a_path() {
    check("django", DJANGO);
}

#[test]
fn paths_that_share_a_policy() {
    check("laravel", LARAVEL);
}

#[test]
fn a_server_without_an_adapter() {
    let said = run(&["import", "--from", "express", "-", "--rust", "nginx"], b"{}");
    assert!(said.err.contains("use one of axum, actix-web, "), "{}", said.err);
    assert_eq!(said.status, Some(2));
}
