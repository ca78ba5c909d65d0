//! Runs the binary, as whoever types `cors import` does.

#[path = "../try/run.rs"]
mod run;

mod pages;
mod rust;

use run::{policy, read, run};

const LARAVEL: &str = r#"{"paths": ["api/*"], "allowed_origins": ["https://app.example.com", "null"],
    "allowed_methods": ["PUT"], "supports_credentials": true}"#;

/// What comes out for it.
const POLICY: &str = "\
# Imported from Laravel. What always differs: docs/coming-from/laravel.md#what-differs
# Laravel allows the origin \"null\", which any sandboxed frame sends. The policy sets \
dangerously_allow_null_origin: remove it unless you need it. [origin-null]

[resources]
\"/api\" = \"none\"

[resources.\"/api/*\"]
allow_origins = [\"https://app.example.com\"]
allow_methods = [\"PUT\"]
allow_headers = [\"*\"]
allow_credentials = true
max_age = 0
dangerously_allow_null_origin = true
";

const DIFFERENCE: &str = "Laravel allows the origin \"null\", which any sandboxed frame sends. The policy \
    sets dangerously_allow_null_origin: remove it unless you need it. [origin-null]\n";

#[track_caller]
fn fails(args: &[&str], input: &str, message: &str) {
    let said = run(args, input.as_bytes());
    assert_eq!(said.err.trim_end_matches('\n'), message);
    assert_eq!((said.out.as_str(), said.status), ("", Some(2)));
}

#[test]
fn a_policy_behind_its_differences() {
    let said = run(&["import", "--from", "laravel", "-"], LARAVEL.as_bytes());
    assert_eq!((said.err.as_str(), said.status), ("", Some(0)));
    assert_eq!(said.out, POLICY);
}

#[test]
fn a_file_and_what_is_different() {
    policy("laravel.json", LARAVEL);
    let args = ["import", "--from", "laravel", "laravel.json", "-o", "imported.toml"];
    let said = run(&args, b"");
    assert_eq!((said.err.as_str(), said.status), ("", Some(0)));
    assert!(said.out.starts_with(DIFFERENCE), "{}", said.out);
    let written = run(&["import", "--from", "laravel", "laravel.json"], b"").out;
    assert_eq!(read("imported.toml"), written);
}

#[test]
fn paths_with_the_same_policy_share_it() {
    let laravel = r#"{"paths": ["api/*", "login", "logout"], "allowed_methods": ["PUT"],
        "allowed_origins": ["https://app.example.com"]}"#;
    let said = run(&["import", "--from", "laravel", "-"], laravel.as_bytes());
    let shared = "\n[resources]\n\"/login\" = \"/api/*\"\n\"/logout\" = \"/api/*\"\n";
    assert!(said.out.contains(shared), "{}", said.out);
    assert_eq!(said.out.matches("allow_origins").count(), 1);
    policy("shared.toml", &said.out);
    assert_eq!(run(&["check", "shared.toml"], b"").status, Some(0));
}

#[test]
fn toml_by_its_name_or_by_its_look() {
    let toml = "allow_origins = ['https://app.example.com']\n";
    policy("starlette.toml", toml);
    let named = run(&["import", "--from", "starlette", "starlette.toml"], b"");
    let looked = run(&["import", "--from", "starlette", "-"], toml.as_bytes());
    assert_eq!(named.out, looked.out);
    assert_eq!((named.status, looked.status), (Some(0), Some(0)));
}

#[test]
fn one_mistake_with_its_place() {
    policy("malformed.json", "{\n  \"origin\": [1,}\n");
    fails(
        &["import", "--from", "express", "malformed.json"],
        "",
        "malformed.json:2:16: expected value",
    );
    fails(
        &["import", "--from", "django", "-"],
        "CORS_ALLOWED_ORIGIN = []\n",
        "-: \"CORS_ALLOWED_ORIGIN\" is not a known option, and Django ignores it: write \
         CORS_ALLOWED_ORIGINS, or remove it [option]",
    );
}

#[test]
fn what_has_to_be_said_in_rust() {
    fails(
        &["import", "--from", "express", "-"],
        r#"{"origin": {"$fn": "allow"}}"#,
        "-: origin $fn allow is code, which a policy cannot contain: if it looks up a fixed list, write \
         that list; otherwise set dynamic_origins, and pass the adapter a predicate in Rust [callback]",
    );
}

#[test]
fn files_that_are_not_there() {
    let said = run(&["import", "--from", "express", "missing.json"], b"");
    assert!(said.err.starts_with("cannot read missing.json: "), "{}", said.err);
    assert_eq!(said.status, Some(2));
    let said = run(&["import", "--from", "laravel", "-", "-o", "missing/policy.toml"], b"{}");
    assert!(said.err.starts_with("cors: missing/policy.toml: "), "{}", said.err);
    assert_eq!(said.status, Some(2));
}

#[test]
fn a_library_that_is_not_known() {
    let said = run(&["import", "--from", "spring", "-"], b"{}");
    assert!(said.err.contains("use one of express, flask, "), "{}", said.err);
    assert_eq!(said.status, Some(2));
}

#[test]
fn a_source_file_is_named_with_the_line_that_shows_what_it_sets() {
    policy("settings.py", "CORS_ALLOW_ALL_ORIGINS = True\n");
    let said = run(&["import", "--from", "django", "settings.py"], b"");
    assert_eq!((said.out.as_str(), said.status), ("", Some(2)));
    let how = run(&["import", "--how", "django"], b"");
    assert_eq!((how.err.as_str(), how.status), ("", Some(0)));
    assert!(said.err.starts_with("settings.py is Python source, "), "{}", said.err);
    assert!(said.err.ends_with(&how.out), "{}", said.err);
}

#[test]
fn frameworks_are_names_of_their_libraries() {
    let config = br#"{"allow_origins": ["https://app.example.com"]}"#;
    let [fastapi, starlette] =
        ["fastapi", "starlette"].map(|name| run(&["import", "--from", name, "-"], config));
    assert_eq!(fastapi.out, starlette.out);
    assert_eq!(run(&["import", "--how", "rails"], b"").status, Some(0));
}

#[test]
fn an_empty_text_is_not_a_configuration() {
    fails(
        &["import", "--from", "flask", "-"],
        "\n",
        "- is empty: the command that prints the options failed",
    );
}
