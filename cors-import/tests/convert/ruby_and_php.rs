//! sinatra, rack-cors, laravel

use cors_import::Library::{Laravel, RackCors, Sinatra};

use crate::{becomes, fails};

#[test]
fn sinatra_shares_credentials_with_everybody() {
    becomes(
        Sinatra,
        r#"{"cross_origin": true, "allow_methods": [{"$sym": "put"}, "GET"]}"#,
        r#"{"allow_methods":["PUT"],"allow_headers":["Content-Type","AUTHORIZATION","Cache-Control"],"max_age":7200,"dangerously_allow_any_origin_with_credentials":true}"#,
        &["any-origin-with-credentials", "method-lost", "list-star-with-credentials"],
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
        r#"{"resources":{"/api":{"allow_origins":["https://a.example","http://a.example"],"allow_methods":["PUT"],"allow_headers":["content-type"],"max_age":7200,"only_listed_methods":true},"/api/*":{"allow_origins":["https://a.example","http://a.example"],"allow_methods":["PUT"],"allow_headers":["content-type"],"max_age":7200,"only_listed_methods":true},"/public":{"allow_origins":["*"],"allow_methods":["GET"],"allow_headers":["*"],"max_age":7200,"only_listed_methods":true}}}"#,
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
        "rack-cors: if $proc f depends on the request: give that router its own policy in Rust \
         [condition]\n\
         rack-cors: resource \"*\" overlaps with another policy for other origins: write one policy \
         for the shared paths [path-overlap]\n\
         rack-cors: resource \"/:id\" is neither an exact path nor everything below one: give each \
         router its own policy in Rust [path-pattern]",
    );
    fails(
        RackCors,
        r#"{"allow": [{"origins": ["*"], "resources": [["*", {"credentials": true}]]}]}"#,
        "rack-cors: origins \"*\" with credentials is rejected by the library itself: fix it \
         there first [refused]",
    );
}

#[test]
fn laravel_is_spelled_in_two_ways() {
    let policy = r#"{"allow_origins":["https://*.example.com","http://localhost:*","https://b"],"allow_methods":["PUT"],"allow_headers":["*"],"max_age":0}"#;
    let resources = format!(r#"{{"resources":{{"/api/*":{policy},"/api":"none"}}}}"#);
    becomes(
        Laravel,
        r#"{"paths": ["api/*"], "allowed_origins": ["https://*.example.com", "http://localhost:*"],
            "allowed_origins_patterns": ["~^https://b$~"], "allowed_methods": ["put"]}"#,
        &resources,
        &["loopback-ports"],
    );
    becomes(
        Laravel,
        r#"{"paths": ["api/*"], "allowedOrigins": ["https://*.example.com", "http://localhost:*"],
            "allowedOriginsPatterns": ["~^https://b$~"], "allowedMethods": ["put"],
            "allowed_methods": ["delete"]}"#,
        &resources,
        &["loopback-ports"],
    );
}

#[test]
fn laravel_covers_no_path_unless_told() {
    becomes(Laravel, "{}", r#"{"resources":{"*":"none"}}"#, &["paths-missing", "method-echo"]);
}

#[test]
fn laravel_has_paths_of_hosts() {
    fails(
        Laravel,
        r#"{"paths": {"api.example.com": ["*"]}, "allowed_origins_patterns": ["example"]}"#,
        "laravel: paths \"api.example.com\" applies to one host: give the router of each host its own \
         policy in Rust [host]\n\
         laravel: allowed_origins_patterns \"example\" is not a supported regular expression: rewrite it \
         without look-around and backreferences, or pass the adapter a predicate in Rust [regex]",
    );
}

#[test]
fn a_path_that_no_request_has_is_a_mistake() {
    fails(
        Laravel,
        r#"{"paths": ["a//b"]}"#,
        "laravel: path \"/a//b\" contains an empty, \".\" or \"..\" segment: remove the segment [policy]",
    );
}

#[test]
fn blocks_with_the_same_resources_are_one() {
    becomes(
        RackCors,
        r#"{"allow": [
            {"origins": ["https://a.example"], "resources": [["*", {"methods": {"$sym": "put"}}]]},
            {"origins": ["https://b.example"], "resources": [["*", {"methods": {"$sym": "put"}}]]}
        ]}"#,
        r#"{"allow_origins":["https://a.example","https://b.example"],"allow_methods":["PUT"],"allow_headers":["content-type"],"max_age":7200,"only_listed_methods":true}"#,
        &[],
    );
}

#[test]
fn any_is_a_symbol() {
    becomes(
        Sinatra,
        r#"{"cross_origin": true, "allow_origin": ["any", "https://a.example"], "allow_methods": [], "allow_headers": [], "expose_headers": []}"#,
        r#"{"allow_origins":["https://a.example"],"allow_credentials":true,"max_age":7200}"#,
        &["any-string"],
    );
}
