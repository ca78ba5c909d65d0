//! sinatra, rack-cors, laravel

use cors_import::Library::{Laravel, RackCors, Sinatra};

use crate::{becomes, fails};

#[test]
fn sinatra_shares_credentials_with_everybody() {
    becomes(
        Sinatra,
        r#"{"cross_origin": true, "allow_methods": [{"$sym": "put"}, "GET"]}"#,
        r#"{"allow_methods":["PUT"],"allow_headers":["Content-Type","Accept","AUTHORIZATION","Cache-Control"],"expose_headers":["Cache-Control","Content-Language","Content-Type","Expires","Last-Modified","Pragma"],"max_age":86400,"dangerously_allow_any_origin_with_credentials":true}"#,
        &[
            "method-lost",
            "list-star-with-credentials",
            "any-origin-with-credentials",
            "max-age-too-large",
        ],
    );
}

#[test]
fn rack_cors_has_blocks_of_resources() {
    becomes(
        RackCors,
        r#"{"allow": [
            {"origins": ["a.example"], "resources": [["/api/*", {"methods": {"$sym": "put"}}]]},
            {"origins": ["*"], "resources": [["/public", {"headers": {"$sym": "any"}}], ["/public", {}]]}
        ]}"#,
        r#"{"resources":{"/api":{"allow_origin_patterns":["[a-z][a-z0-9.+-]*://a\\.example"],"allow_methods":["PUT"],"allow_headers":["accept","accept-language","content-language","content-type"],"max_age":7200,"only_listed_methods":true},"/api/*":{"allow_origin_patterns":["[a-z][a-z0-9.+-]*://a\\.example"],"allow_methods":["PUT"],"allow_headers":["accept","accept-language","content-language","content-type"],"max_age":7200,"only_listed_methods":true},"/public":{"allow_origins":["*"],"allow_methods":["GET"],"allow_headers":["*"],"max_age":7200,"only_listed_methods":true}}}"#,
        &["origin-any-scheme", "path-prefix"],
    );
}

#[test]
fn rack_cors_has_blocks_that_one_policy_cannot_be() {
    fails(
        RackCors,
        r#"{"allow": [
            {"origins": ["https://a.example"], "resources": [["/api/*", {"if": {"$proc": "f"}}]]},
            {"origins": ["https://b.example"], "resources": [["*", {"method": "get"}], ["/:id", {}], ["*"]]}
        ]}"#,
        "rack-cors: if $proc f depends on the request: give the router in Rust its own policy \
         [condition]\n\
         rack-cors: resource \"method\" (or methods?) is no option: write one that the library has \
         [option]\n\
         rack-cors: resource \"/:id\" is more than a whole path, or what is below one: give each \
         router in Rust its own policy [path-pattern]\n\
         rack-cors: resource \"*\" shares paths with another policy for other origins: write one \
         policy for the paths that they share [path-overlap]",
    );
    fails(
        RackCors,
        r#"{"allow": [{"origins": ["*"], "resources": [["*", {"credentials": true}]]}]}"#,
        "rack-cors: origins \"*\" with credentials is refused by the library itself: correct it \
         there first [refused]",
    );
}

#[test]
fn laravel_is_spelled_in_two_ways() {
    let policy = r#"{"allow_origins":["https://*.example.com"],"allow_origin_patterns":["http://localhost:.*","(?:^https://b$)"],"allow_methods":["PUT"],"allow_headers":["*"],"max_age":0}"#;
    let resources = format!(r#"{{"resources":{{"/api/*":{policy},"/api":"none"}}}}"#);
    becomes(
        Laravel,
        r#"{"paths": ["api/*"], "allowed_origins": ["https://*.example.com", "http://localhost:*"],
            "allowed_origins_patterns": ["~^https://b$~"], "allowed_methods": ["put"]}"#,
        &resources,
        &[],
    );
    becomes(
        Laravel,
        r#"{"paths": ["api/*"], "allowedOrigins": ["https://*.example.com", "http://localhost:*"],
            "allowedOriginsPatterns": ["~^https://b$~"], "allowedMethods": ["put"],
            "allowed_methods": ["delete"]}"#,
        &resources,
        &[],
    );
}

#[test]
fn laravel_covers_no_path_unless_told() {
    becomes(Laravel, "{}", r#"{"resources":{"*":"none"}}"#, &["method-echo"]);
}

#[test]
fn laravel_has_paths_of_hosts() {
    fails(
        Laravel,
        r#"{"paths": {"api.example.com": ["*"]}, "allowed_origins_patterns": ["example"]}"#,
        "laravel: paths \"api.example.com\" is for one host: give the router of each host its own \
         policy [host]\n\
         laravel: allowed_origins_patterns \"example\" is no regular expression, or has look-around \
         or a back-reference: give the adapter a predicate in Rust, which sees a parsed origin [regex]",
    );
}

#[test]
fn a_path_that_no_request_has_is_a_mistake() {
    fails(
        Laravel,
        r#"{"paths": ["a//b"]}"#,
        "laravel: path \"/a//b\" has a segment that is empty, \".\" or \"..\": remove it [policy]",
    );
}
