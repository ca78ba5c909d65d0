//! express

use cors_import::Library::Express;

use crate::{becomes, fails};

#[test]
fn the_defaults() {
    becomes(
        Express,
        "{}",
        r#"{"allow_origins":["*"],"allow_methods":["PUT","PATCH","DELETE"],"allow_headers":["*"],"max_age":5}"#,
        &[],
    );
}

#[test]
fn origins_of_every_kind() {
    becomes(
        Express,
        r#"{"origin": [["https://a.example"], "https://b.example/", {"$regex": "^https://c\\.example$"}],
            "methods": "GET,put", "allowedHeaders": "X-A, X-B", "exposedHeaders": ["ETag"], "maxAge": 60}"#,
        r#"{"allow_origins":["https://a.example","https://b.example","https://c.example"],"allow_headers":["X-A","X-B"],"expose_headers":["ETag"],"max_age":60}"#,
        &["origin-corrected", "method-unsent"],
    );
}

#[test]
fn a_pattern_is_anchored_at_labels() {
    becomes(
        Express,
        r#"{"origin": {"$regex": "example\\.com", "flags": "i"}, "methods": []}"#,
        r#"{"allow_origins":["https://example.com","https://*.example.com","http://example.com","http://*.example.com"],"allow_headers":["*"],"max_age":5}"#,
        &["regex-start-open", "regex-end-open"],
    );
    becomes(
        Express,
        r#"{"origin": {"$regex": "\\.example\\.com$"}, "methods": []}"#,
        r#"{"allow_origins":["https://*.example.com","http://*.example.com"],"allow_headers":["*"],"max_age":5}"#,
        &[],
    );
}

#[test]
fn credentials_are_true_or_nothing() {
    let any = r#"{"allow_headers":["*"],"max_age":5,"dangerously_allow_any_origin_with_credentials":true}"#;
    becomes(
        Express,
        r#"{"origin": true, "credentials": true, "methods": []}"#,
        any,
        &["any-origin-with-credentials"],
    );
    let star = r#"{"allow_origins":["*"],"allow_headers":["*"],"max_age":5}"#;
    becomes(Express, r#"{"credentials": "true", "methods": []}"#, star, &[]);
    becomes(Express, r#"{"credentials": true, "methods": []}"#, star, &["star-with-credentials"]);
}

#[test]
fn off_is_no_policy() {
    let none = r#"{"resources":{"*":"none"}}"#;
    for origin in ["false", "\"\"", "null", r#"{"$undefined": 1}"#, "[]"] {
        let config = format!(r#"{{"origin": {origin}}}"#);
        becomes(Express, &config, none, &["nothing-allowed"]);
    }
}

#[test]
fn what_is_code_or_needs_it() {
    fails(
        Express,
        r#"{"origin": {"$fn": "allow"}, "preflightContinue": true}"#,
        "express: origin $fn allow is code, which a policy cannot contain: if it looks up a \
         fixed list, write that list; otherwise set dynamic_origins, and pass the adapter a predicate \
         in Rust [callback]\n\
         express: preflightContinue true passes preflights to the handler: move the code that \
         answers them outside the layer [preflight-continue]",
    );
    fails(
        Express,
        r#"{"origin": {"$regex": "^https://(?!evil)"}}"#,
        "express: origin /^https://(?!evil)/ is not a supported regular expression: rewrite it \
         without look-around and backreferences, or pass the adapter a predicate in Rust [regex]",
    );
    fails(
        Express,
        r#"{"origin": {"$regex": "a", "flags": "g"}}"#,
        "express: origin /a/g has flags that change what it matches: rewrite the pattern without them \
         [regex-flags]",
    );
}

#[test]
fn what_the_engine_refuses() {
    fails(
        Express,
        r#"{"origin": {"$regex": "^https://.*\\.com$"}, "credentials": true}"#,
        "express: origin pattern \"https://.*\\\\.com\" matches unrelated sites, which could act as the \
         user with allow_credentials: it allows https://x.com: write the full domain in the pattern \
         [strangers]",
    );
}
