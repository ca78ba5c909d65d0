//! flask, starlette, django

use cors_import::Library::{Django, Flask, Starlette};

use crate::{becomes, fails};

#[test]
fn starlette_lists_all_that_passes() {
    becomes(
        Starlette,
        r#"{"allow_origins": ["https://a.example", "null"], "allow_methods": ["GET", "put"],
            "allow_headers": ["X-A"], "max_age": -1}"#,
        r#"{"allow_origins":["https://a.example"],"allow_methods":["GET"],"allow_headers":["content-type","X-A"],"max_age":5,"only_listed_methods":true,"dangerously_allow_null_origin":true}"#,
        &["origin-null", "method-unsent", "max-age-invalid"],
    );
}

#[test]
fn starlette_takes_a_star_for_everything_it_knows() {
    becomes(
        Starlette,
        r#"{"allow_origins": ["*"], "allow_methods": ["*"], "allow_headers": ["*"],
            "allow_credentials": true}"#,
        r#"{"allow_methods":["DELETE","OPTIONS","PATCH","PUT","QUERY"],"allow_headers":["*"],"dangerously_allow_any_origin_with_credentials":true}"#,
        &["any-origin-with-credentials"],
    );
}

#[test]
fn starlette_takes_lists() {
    fails(
        Starlette,
        r#"{"allow_origins": "https://a.example"}"#,
        "starlette: allow_origins \"https://a.example\" is not a list: write \
         [\"https://a.example\"] [type]",
    );
}

#[test]
fn django_looks_at_scheme_and_host() {
    becomes(
        Django,
        r#"{"CORS_ORIGIN_WHITELIST": ["http://old.example"],
            "CORS_ALLOWED_ORIGINS": ["HTTPS://a.example", "https://b.example:443"],
            "CORS_URLS_REGEX": "^/api/.*$", "CORS_ALLOW_METHODS": ["*"], "CORS_ALLOW_HEADERS": []}"#,
        r#"{"resources":{"/api/*":{"allow_origins":["https://a.example","https://b.example"],"allow_methods":["*"],"max_age":7200}}}"#,
        &["origin-trimmed", "origin-corrected"],
    );
}

#[test]
fn django_sends_a_star_that_covers_no_credentials() {
    becomes(
        Django,
        r#"{"CORS_ALLOWED_ORIGINS": ["https://a.example"], "CORS_ALLOW_CREDENTIALS": true,
            "CORS_ALLOW_METHODS": ["*"], "CORS_ALLOW_HEADERS": ["*"], "CORS_PREFLIGHT_MAX_AGE": 0}"#,
        r#"{"allow_origins":["https://a.example"],"allow_credentials":true,"max_age":5}"#,
        &["list-star-with-credentials", "list-star-with-credentials"],
    );
}

#[test]
fn flask_guesses_what_a_regular_expression_is() {
    becomes(
        Flask,
        r#"{"origins": ["HTTPS://A.example", "https://b\\.example", "https://*.c.example"],
            "methods": ["put"], "allow_headers": ["X-A"]}"#,
        r#"{"allow_origins":["https://a.example","https://b.example"],"allow_methods":["PUT"],"allow_headers":["X-A"],"max_age":5,"only_listed_methods":true}"#,
        &["regex-end-open", "origin-glob"],
    );
}

#[test]
fn flask_has_options_by_path_and_behind_them() {
    becomes(
        Flask,
        r#"{"resources": {"/api/*": {"max_age": 7}, "/public/.*": {"origins": "*"}},
            "CORS_ORIGINS": "https://a.example", "methods": [], "allow_headers": []}"#,
        r#"{"resources":{"/public/*":{"allow_origins":["*"],"max_age":5,"only_listed_methods":true},"/api":{"allow_origins":["https://a.example"],"max_age":7,"only_listed_methods":true},"/api/*":{"allow_origins":["https://a.example"],"max_age":7,"only_listed_methods":true}}}"#,
        &["path-prefix"],
    );
}

#[test]
fn flask_takes_the_longer_pattern_of_two() {
    becomes(
        Flask,
        r#"{"resources": {"/api/*": {"origins": "*"}, "/api/.*": {"origins": "https://a.example"}},
            "methods": [], "allow_headers": []}"#,
        r#"{"resources":{"/api/*":{"allow_origins":["https://a.example"],"max_age":5,"only_listed_methods":true},"/api":{"allow_origins":["*"],"max_age":5,"only_listed_methods":true}}}"#,
        &["path-prefix"],
    );
}

#[test]
fn flask_refuses_its_own_contradiction() {
    fails(
        Flask,
        r#"{"supports_credentials": true, "send_wildcard": true, "allow_headers": ["X-.*"]}"#,
        "flask: origins \"*\" with supports_credentials and send_wildcard is rejected by the library \
         itself: fix it there first [refused]\n\
         flask: allow_headers \"X-.*\" matches header names by pattern: list the names, or use \
         \"*\" [header-pattern]",
    );
}

#[test]
fn django_refuses_what_its_checks_refuse() {
    fails(
        Django,
        r#"{"CORS_ALLOWED_ORIGINS": ["*", "localhost:8080", "app.example.com", "https://a.example/", "HTTPS://b.example/x"]}"#,
        "django: CORS_ALLOWED_ORIGINS \"*\" is rejected by Django: it is missing scheme or netloc \
         (corsheaders.E013): write CORS_ALLOW_ALL_ORIGINS = True to allow every origin, or list the \
         origins [refused]\n\
         django: CORS_ALLOWED_ORIGINS \"localhost:8080\" is rejected by Django: it is missing scheme \
         or netloc (corsheaders.E013): write \"http://localhost:8080\" [refused]\n\
         django: CORS_ALLOWED_ORIGINS \"app.example.com\" is rejected by Django: it is missing scheme \
         or netloc (corsheaders.E013): write \"https://app.example.com\" [refused]\n\
         django: CORS_ALLOWED_ORIGINS \"https://a.example/\" is rejected by Django: it should not \
         have path (corsheaders.E014): write \"https://a.example\" [refused]\n\
         django: CORS_ALLOWED_ORIGINS \"HTTPS://b.example/x\" is rejected by Django: it should not \
         have path (corsheaders.E014): write \"https://b.example\" [refused]",
    );
}

#[test]
fn flask_tells_a_path_from_the_same_with_a_slash() {
    becomes(
        Flask,
        r#"{"resources": {"/api/items": {"origins": "*"}}, "methods": "GET", "allow_headers": "x-a"}"#,
        r#"{"resources":{"/api/items":{"allow_origins":["*"],"allow_methods":["GET"],"allow_headers":["x-a"],"max_age":5,"only_listed_methods":true}}}"#,
        &[],
    );
    fails(
        Flask,
        r#"{"resources": {"/api/items/": {"origins": "*"}}}"#,
        "flask: path \"/api/items/\" ends with a slash, and a policy cannot cover that form alone: write \
         the path without the slash, or add a layer to that route in Rust [path-slash]",
    );
}

#[test]
fn flags_of_a_pattern_of_paths_are_not_dropped() {
    fails(
        Django,
        r#"{"CORS_ALLOW_ALL_ORIGINS": true, "CORS_URLS_REGEX": {"$regex": "^/api/.*$", "flags": "i"}}"#,
        "django: CORS_URLS_REGEX /^/api/.*$/i is neither an exact path nor everything below one: give \
         each router its own policy in Rust [path-pattern]",
    );
}
