//! The mistakes that the pages of `docs/coming-from` name, each with what it becomes.

use cors_import::{
    Format,
    Library::{self, Django, Express, Flask, Laravel, RackCors, Sinatra, Starlette},
    Unreadable, import,
};

/// The codes of the differences that are particular to a configuration, or of its mistakes, and all
/// that is said.
fn said(library: Library, config: &str) -> (Vec<&'static str>, String) {
    match import(library, Format::Json, config) {
        Ok(converted) => {
            let own = converted.differences.iter().filter(|it| !it.is_general());
            (own.map(cors_import::Difference::code).collect(), converted.notes().join("\n"))
        }
        Err(Unreadable::Inexpressible(wrong)) => {
            (wrong.mistakes().iter().map(cors_import::Mistake::code).collect(), wrong.to_string())
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn each_is_named_with_an_origin_that_shows_it() {
    for (library, config, code, shown) in [
        (Express, r#"{"origin": true, "credentials": true}"#, "any-origin-with-credentials", ""),
        (Express, r#"{"credentials": true}"#, "star-with-credentials", ""),
        (Express, r#"{"origin": "https://app.example.com/"}"#, "origin-corrected", ""),
        (
            Express,
            r#"{"origin": {"$regex": "example\\.net$"}}"#,
            "regex-start-open",
            "https://evilexample.net",
        ),
        (
            Express,
            r#"{"origin": {"$regex": "^https:\\/\\/app.example.net$"}}"#,
            "regex-dot-open",
            "https://appxexample.net",
        ),
        (
            Express,
            r#"{"origin": {"$regex": "https:\\/\\/app\\.example\\.net"}}"#,
            "regex-end-open",
            "https://app.example.net.evil.test",
        ),
        (Express, r#"{"origin": {"$fn": "origin"}}"#, "callback", "write that list"),
        (Flask, r#"{"supports_credentials": true}"#, "any-origin-with-credentials", ""),
        (Flask, r#"{"origins": "https://*.example.net"}"#, "origin-glob", "https://*.example.com"),
        (Flask, r#"{"CORS_HEADERS": "Content-Type"}"#, "option-ignored", "\"CORS_HEADERS\""),
        (Flask, r#"{"CORS_ORIGIN": "*"}"#, "option", "CORS_ORIGINS"),
        (
            Starlette,
            r#"{"allow_origins": ["*"], "allow_credentials": true}"#,
            "any-origin-with-credentials",
            "",
        ),
        (Starlette, r#"{"allow_origins": "https://a.example"}"#, "type", "[\"https://a.example\"]"),
        (Starlette, r#"{"allow_origins": ["https://*.a.example"]}"#, "origin-unsent", ""),
        (
            Starlette,
            r#"{"allow_origin_regex": "https://.*.example.net"}"#,
            "regex-dot-open",
            "https://evilxexample.net",
        ),
        (
            Starlette,
            r#"{"allow_origin_regex": "https://.*", "allow_credentials": true}"#,
            "strangers",
            "https://evil.example",
        ),
        (Django, r#"{"CORS_ALLOWED_ORIGINS": ["*"]}"#, "refused", "CORS_ALLOW_ALL_ORIGINS = True"),
        (
            Django,
            r#"{"CORS_ALLOWED_ORIGINS": ["localhost:3000"]}"#,
            "refused",
            "\"http://localhost:3000\"",
        ),
        (
            Django,
            r#"{"CORS_ALLOWED_ORIGIN_REGEXES": ["^https://app-.*\\.vercel\\.app$"], "CORS_ALLOW_CREDENTIALS": true}"#,
            "public-suffixes",
            ".vercel.app is allowed",
        ),
        (
            Django,
            r#"{"CORS_ALLOWED_ORIGIN_REGEXES": ["^http://192\\.168\\.\\d+\\.\\d+:3000$"], "CORS_ALLOW_CREDENTIALS": true}"#,
            "insecure-origins",
            "the user's network",
        ),
        (
            Django,
            r#"{"CORS_ALLOW_ALL_ORIGINS": true, "CORS_ALLOWED_METHODS": []}"#,
            "option-ignored",
            "CORS_ALLOW_METHODS",
        ),
        (
            RackCors,
            r#"{"allow": [{"origins": ["app.example.com"], "resources": [["*"]]}]}"#,
            "origin-any-scheme",
            "with https and http",
        ),
        (
            RackCors,
            r#"{"allow": [{"origins": ["*"], "resources": [["*", {"methods": [{"$sym": "show"}]}]]}]}"#,
            "method-action",
            "\"show\"",
        ),
        (Sinatra, r#"{"cross_origin": true}"#, "any-origin-with-credentials", ""),
        (Sinatra, r#"{"allow_origin": {"$sym": "any"}}"#, "not-enabled", ""),
        (Laravel, r#"{"allowedOrigins": ["*"]}"#, "paths-missing", "[\"api/*\"]"),
        (Laravel, r#"{"paths": ["*"], "allowed_origins": "*"}"#, "type", "write [\"*\"]"),
        (
            Laravel,
            r#"{"paths": ["*"], "allowed_origins": ["https://example.*"], "supports_credentials": true}"#,
            "strangers",
            "https://example.",
        ),
    ] {
        let (codes, said) = said(library, config);
        assert!(codes.contains(&code), "{config}: {codes:?}");
        assert!(said.contains(shown), "{config}: {said}");
    }
}
