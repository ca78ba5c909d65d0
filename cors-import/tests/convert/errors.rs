//! Texts that are no configuration, each with its place.

use cors_import::{Format, Library, import};

#[track_caller]
fn fails(library: Library, format: Format, text: &str, message: &str) {
    let error = import(library, format, text).expect_err("it is none");
    assert_eq!(error.to_string(), message);
}

#[test]
fn malformed() {
    fails(Library::Express, Format::Json, "{\"origin\":\n [1,}", "2:5: expected value");
    fails(
        Library::Express,
        Format::Json,
        "[]",
        "1:1: invalid type: sequence, expected a table of options",
    );
    fails(
        Library::Laravel,
        Format::Toml,
        "paths = [\"*\"]\nmax_age = = 1\n",
        "2:11: extra `=`, expected nothing",
    );
}

#[test]
fn an_unknown_option_names_the_nearest_one() {
    fails(
        Library::Starlette,
        Format::Toml,
        "allow_origins = []\nallow_method = []\n",
        "starlette: allow_method is rejected by Starlette: got an unexpected keyword argument: write \
         allow_methods [refused]",
    );
    fails(
        Library::Flask,
        Format::Json,
        r#"{"origin": "https://a.example", "CORS_ORIGN": []}"#,
        "flask: \"origin\" is not a known option, and Flask-CORS ignores it: write origins, or remove \
         it [option]\n\
         flask: \"CORS_ORIGN\" is not a known option, and Flask-CORS ignores it: write CORS_ORIGINS, \
         or remove it [option]",
    );
}

#[test]
fn an_option_that_the_library_ignores_is_noted() {
    let converted = import(Library::Flask, Format::Json, r#"{"CORS_HEADERS": "Content-Type"}"#);
    let notes = converted.expect("a policy").notes();
    assert_eq!(
        notes,
        ["\"CORS_HEADERS\": Flask-CORS ignores this option. The policy ignores it too. \
          [option-ignored]"]
    );
}

#[test]
fn nothing_from_the_configuration_becomes_policy() {
    let text = r#"{"origin": [{"$regex": "^https://a.example\n|b$"}, "x\ndangerously_allow_null_origin = true"],
        "x\u001b[2J\u2028": 1}"#;
    let converted = import(Library::Express, Format::Json, text);
    let file = converted.expect("a policy").to_toml(Library::Express);
    assert!(!file.lines().any(|line| line.starts_with("dangerously")), "{file}");
    assert!(!file.contains(['\u{1b}', '\u{2028}']), "{file}");
    assert!(toml::from_str::<toml::Table>(&file).is_ok(), "{file}");
}
