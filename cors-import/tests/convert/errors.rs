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
        "2:1: unknown option \"allow_method\": write allow_methods",
    );
    fails(
        Library::Sinatra,
        Format::Json,
        r#"{"colour": 1}"#,
        "1:9: unknown option \"colour\": the options are cross_origin, allow_origin, allow_methods, \
         allow_headers, allow_credentials, max_age, expose_headers",
    );
}
