//! What a file says.

use cors_core::{Cors, Policy, Resources};

use crate::support::file;

#[track_caller]
fn says(name: &str, text: &str, resources: impl Into<Resources>) {
    let cors: Cors = file(name, text).load().unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(cors.resources(), resources.into());
}

fn policy() -> Policy {
    Policy::new()
        .allow_origins(["https://a.example", "https://*.b.example"])
        .allow_methods(["PUT"])
        .allow_credentials(true)
        .max_age(0)
}

#[test]
fn toml_and_json_say_the_same() {
    says(
        "same.toml",
        "# Who may read.\nallow_origins = ['https://a.example',\n  \"https://*.b.example\"]\n\
         allow_methods = [\"\\u0050UT\"]\nallow_credentials = true\nmax_age = 0x0\n",
        policy(),
    );
    says(
        "same.json",
        r#"{"allow_origins": ["https://a.example", "https:\/\/*.b.example"],
            "allow_methods": ["\u0050UT"], "allow_credentials": true, "max_age": 0}"#,
        policy(),
    );
}

#[test]
fn keys_have_the_names_that_people_type() {
    says(
        "spelled.json",
        r#"{"allowedOrigins": ["https://a.example", "https://*.b.example"],
            "allowMethods": ["PUT"], "allowCredentials": true, "maxAge": 0}"#,
        policy(),
    );
    says(
        "spelled.toml",
        "allowed_origins = ['https://a.example', 'https://*.b.example']\n\
         allowed_methods = ['PUT']\nallowed_credentials = true\nmax_age = 0\n",
        policy(),
    );
}

#[test]
fn a_policy_for_each_path() {
    let resources = || {
        Resources::new()
            .at("/public/*", Policy::new().allow_any_origin())
            .without("/api/health")
            .at("/api/*", policy())
    };
    says(
        "paths.toml",
        r#"
[resources]
"/public/*" = { allow_origins = ["*"] }
"/api/health" = "none"

[resources."/api/*"]
allow_origins = ["https://a.example", "https://*.b.example"]
allow_methods = ["PUT"]
allow_credentials = true
max_age = 0
"#,
        resources(),
    );
    says(
        "paths.json",
        r#"{"resources": {"/public/*": {"allow_origins": ["*"]},
            "/api/health": "none",
            "/api/*": {"allow_origins": ["https://a.example", "https://*.b.example"],
                       "allow_methods": ["PUT"], "allow_credentials": true, "max_age": 0}}}"#,
        resources(),
    );
}

#[test]
fn one_line_loads_a_file() {
    file("one.toml", "allow_origins = ['*']");
    let cors: Cors = cors_file::load(crate::support::path("one.toml")).expect("it is valid");
    assert_eq!(cors.resources(), Policy::new().allow_any_origin().into());
}
