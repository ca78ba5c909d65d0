//! What the environment puts in the place of what the file says.

use cors_core::{Cors, Policy};

use crate::support::{file, lines};

const TEXT: &str = "allow_origins = ['https://a.example']\nallow_methods = ['PUT']\nmax_age = 60\n";

#[track_caller]
fn becomes(name: &str, variables: &[(&str, &str)], policy: Policy) {
    let file = file(name, TEXT).overridden_by(variables.iter().copied());
    let cors: Cors = file.load().unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(cors.resources(), policy.into());
}

#[track_caller]
fn rejects(name: &str, text: &str, variable: (&str, &str), expected: &[&str]) {
    let file = file(name, text).overridden_by([variable]);
    let report = file.load().map(|_: Cors| ()).expect_err(name);
    assert_eq!(lines(&report), expected);
}

#[test]
fn a_variable_replaces_what_the_file_says() {
    becomes(
        "replaced.toml",
        &[
            ("CORS_ALLOW_ORIGINS", "https://b.example, https://c.example\t,https://d.example"),
            ("CORS_ALLOW_METHODS", ""),
            ("CORS_ALLOW_CREDENTIALS", "true"),
            ("CORS_MAX_AGE", " 0 "),
        ],
        Policy::new()
            .allow_origins(["https://b.example", "https://c.example", "https://d.example"])
            .allow_credentials(true)
            .max_age(0),
    );
    becomes(
        "spelled-otherwise.toml",
        &[("CORS_ALLOWED_HEADERS", "x-a")],
        Policy::new()
            .allow_origins(["https://a.example"])
            .allow_methods(["PUT"])
            .allow_headers(["x-a"])
            .max_age(60),
    );
}

#[test]
fn what_is_not_about_a_policy_is_left_alone() {
    becomes(
        "foreign.toml",
        &[("MAX_AGE", "1"), ("CORS_PROXY_URL", "x"), ("cors_max_age", "1"), ("CORS_", "")],
        Policy::new().allow_origins(["https://a.example"]).allow_methods(["PUT"]).max_age(60),
    );
}

#[test]
fn a_mistake_names_the_variable() {
    rejects(
        "wrong.toml",
        TEXT,
        ("CORS_MAX_AGE", "1h"),
        &[
            "CORS_MAX_AGE variable-value: max_age: expected a number of seconds, found \"1h\": write it as in 3600",
        ],
    );
    rejects(
        "wrong.toml",
        TEXT,
        ("CORS_ALLOW_CREDENTIALS", "yes"),
        &[
            "CORS_ALLOW_CREDENTIALS variable-value: allow_credentials: expected true or false, found \"yes\": write true",
        ],
    );
    rejects(
        "wrong.toml",
        TEXT,
        ("CORS_ALLOW_ORIGIN", "https://b.example"),
        &[
            "CORS_ALLOW_ORIGIN unknown-variable: unknown variable CORS_ALLOW_ORIGIN: write CORS_ALLOW_ORIGINS",
        ],
    );
    rejects(
        "wrong.toml",
        TEXT,
        ("CORS_ALLOW_ORIGINS", "https://b.example/,null"),
        &[
            "CORS_ALLOW_ORIGINS origin-trailing-slash: origin \"https://b.example/\" ends with a slash, but an origin has no path: write \"https://b.example\"",
            "CORS_ALLOW_ORIGINS origin-null: origin \"null\" can be sent by any site through a sandboxed frame: remove it, or set dangerously_allow_null_origin",
        ],
    );
}

#[test]
fn what_is_written_in_place_of_a_list_is_named() {
    let quotes = "the quotes are part of the value";
    let remove = "remove them where the variable is set";
    let commas = "separate them with commas";
    for (value, problem, remedy) in [
        ("\"https://b.example\"", quotes, remove),
        ("'https://b.example, https://c.example'", quotes, remove),
        (
            "[\"https://b.example\"]",
            "a JSON array is not a list here",
            "separate the values with commas only",
        ),
        ("https://b.example;https://c.example", "\";\" does not separate values", commas),
        ("https://b.example https://c.example", "white space does not separate values", commas),
    ] {
        let expected = format!(
            "CORS_ALLOW_ORIGINS variable-value: allow_origins: {problem}: {value:?}: {remedy}"
        );
        rejects("slips.toml", TEXT, ("CORS_ALLOW_ORIGINS", value), &[&expected]);
    }
    let patterns = ("CORS_ALLOW_ORIGIN_PATTERNS", r"https://[a;]\.example\.com");
    let file = file("patterns.toml", TEXT).overridden_by([patterns]);
    assert!(file.load().is_ok(), "a regular expression may contain them");
}

#[test]
fn what_is_written_in_place_of_true_and_false_is_named() {
    for (value, remedy) in [
        ("1", "write true"),
        ("True", "write true"),
        ("\"true\"", "write true"),
        ("on", "write true"),
        ("0", "write false"),
        ("", "write false"),
        ("maybe", "write true or false"),
    ] {
        let expected = format!(
            "CORS_ALLOW_CREDENTIALS variable-value: allow_credentials: expected true or false, \
             found {value:?}: {remedy}"
        );
        rejects("booleans.toml", TEXT, ("CORS_ALLOW_CREDENTIALS", value), &[&expected]);
    }
}

#[test]
fn a_policy_in_a_table_is_overridden_too() {
    let text = "port = 1\n[server]\nname = 'x'\n[server.cors]\nallow_origins = ['*']\n";
    let file = file("table.toml", text).table("server.cors").overridden_by([("CORS_MAX_AGE", "5")]);
    let cors: Cors = file.load().unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(cors.resources(), Policy::new().allow_any_origin().max_age(5).into());
}

#[test]
fn a_table_with_a_mistake_or_without_a_policy_is_named_by_its_place() {
    #[track_caller]
    fn check(text: &str, table: &str, expected: &[&str]) {
        let report = file("table-mistakes.toml", text).table(table).load().map(|_: Cors| ());
        assert_eq!(lines(&report.expect_err("a mistake")), expected);
    }
    check(
        "port = 1\n[cors]\nallow_origin = ['*']\n",
        "cors",
        &["3:1 unknown-key: unknown key \"allow_origin\": write allow_origins"],
    );
    check(
        "port = 1\n",
        "server.cors",
        &[
            "- missing-table: has no table \"server\": add the table, or name the one that has the policy",
        ],
    );
    check(
        "cors = '*'\n",
        "cors",
        &[
            "1:8 wrong-type: cors: expected a table, found a string: write the keys of the policy in it",
        ],
    );
}

#[test]
fn a_key_is_overridden_once() {
    let report = file("twice.toml", TEXT)
        .overridden_by([("CORS_ALLOW_METHODS", "PUT"), ("CORS_ALLOWED_METHODS", "DELETE")])
        .load()
        .map(|_: Cors| ())
        .expect_err("one of the two would be ignored");
    assert_eq!(
        lines(&report),
        [
            "CORS_ALLOW_METHODS variable-twice: allow_methods is set by two environment variables: remove one"
        ]
    );
}

#[test]
fn danger_is_switched_on_in_the_file_alone() {
    let name = "CORS_DANGEROUSLY_ALLOW_NULL_ORIGIN";
    rejects(
        "danger.toml",
        TEXT,
        (name, "true"),
        &[
            "CORS_DANGEROUSLY_ALLOW_NULL_ORIGIN variable-dangerous: dangerously_allow_null_origin cannot be enabled by an environment variable: set it in the file, where reviewers see it",
        ],
    );
    let dangerous = format!("{TEXT}dangerously_allow_null_origin = true\n");
    for (value, null) in [("true", true), ("false", false)] {
        let cors: Cors = file("dangerous.toml", &dangerous)
            .overridden_by([(name, value)])
            .load()
            .unwrap_or_else(|report| panic!("{report}"));
        let resources = cors.resources();
        let policy = resources.only().expect("one policy");
        assert_eq!(policy.dangerously_allow_null_origin, null);
    }
}

#[test]
fn policies_of_several_paths_are_not_overridden() {
    rejects(
        "several.toml",
        "[resources.'/a']\nallow_origins = ['*']\n",
        ("CORS_MAX_AGE", "1"),
        &[
            "CORS_MAX_AGE variable-resources: max_age cannot be overridden in a file with resources: set it in the file, under its path",
        ],
    );
}
