//! Policy files, and what is said about those that cannot be used.

use crate::run::{policy, run};

/// A file with this text is refused with this message.
#[track_caller]
fn rejects(name: &str, text: &str, message: &str) {
    policy(name, text);
    says(name, message);
}

#[track_caller]
fn says(name: &str, message: &str) {
    let said = run(&["try", name, "--origin", "https://a.example"], b"");
    assert_eq!(said.err.trim_end_matches('\n'), message);
    assert_eq!((said.out.as_str(), said.status), ("", Some(2)));
}

#[test]
fn toml_and_json_say_the_same() {
    policy(
        "same.toml",
        "# Who may read.\nallow_origins = [\n    'https://a.example',\n]\nmax_age = 0\n",
    );
    policy("same.json", r#"{"allow_origins": ["https://a.example"], "max_age": 0}"#);
    let [toml, json] = ["same.toml", "same.json"]
        .map(|name| run(&["try", name, "--origin", "https://a.example", "--preflight"], b""));
    assert_eq!(toml.out, json.out);
    assert_eq!((toml.status, json.status), (Some(0), Some(0)));
}

#[test]
fn what_is_not_toml() {
    rejects(
        "syntax.toml",
        "allow_origins = ['*']\n\tmax_age = = 5\n",
        "syntax.toml:2:12: extra `=`, expected nothing\n\
         2 | \tmax_age = = 5\n  \
           | \t          ^",
    );
    rejects(
        "twice.toml",
        "max_age = 1\nmax_age = 2\n",
        "twice.toml:2:1: duplicate key\n\
         2 | max_age = 2\n  \
           | ^",
    );
}

#[test]
fn what_is_not_json() {
    rejects(
        "syntax.json",
        "{\n    \"allow_origins\": [\"*\"]\n    \"max_age\": 5\n}",
        "syntax.json:3:5: expected `,` or `}`\n\
         3 |     \"max_age\": 5\n  \
           |     ^",
    );
}

#[test]
fn every_key_that_cannot_be_read() {
    rejects(
        "keys.toml",
        "allow_origin = ['*']\nmax_age = -1\nallow_methods = 'PUT'\n",
        "keys.toml:1:1: unknown key \"allow_origin\": write allow_origins\n\
         1 | allow_origin = ['*']\n  \
           | ^\n\
         keys.toml:2:1: max_age: invalid value: integer `-1`, expected u64\n\
         2 | max_age = -1\n  \
           | ^\n\
         keys.toml:3:1: allow_methods: invalid type: string \"PUT\", expected a sequence\n\
         3 | allow_methods = 'PUT'\n  \
           | ^",
    );
    rejects(
        "keys.json",
        "{\"max_ages\": 1}",
        "keys.json:1:11: unknown key \"max_ages\": write max_age\n\
         1 | {\"max_ages\": 1}\n  \
           |           ^",
    );
}

#[test]
fn every_mistake_and_where_it_is() {
    rejects(
        "mistakes.toml",
        r#"allow_origins = [
    "https://a.example",
    'https://B.example', # in single quotes
]
expose_headers = ["*"]
allow_headers = ["x-a", "\u0063ookie"]
allow_credentials = true
max_age = 90_000
"#,
        r#"mistakes.toml:3:5: origin "https://B.example" has upper-case letters, which browsers never send: write "https://b.example" [origin-upper-case]
3 |     'https://B.example', # in single quotes
  |     ^
mistakes.toml:6:25: header name "cookie" cannot be set by a script: remove it [header-forbidden]
6 | allow_headers = ["x-a", "\u0063ookie"]
  |                         ^
mistakes.toml:5:19: exposed header name "*" with allow_credentials is read as a header named "*": list the names [credentials-any-exposed]
5 | expose_headers = ["*"]
  |                   ^
mistakes.toml:8:1: max_age 90000 is more seconds than any browser keeps a preflight: write 86400 or less [max-age-too-large]
8 | max_age = 90_000
  | ^"#,
    );
    rejects(
        "mistakes.json",
        "{\n  \"allow_methods\": [\"PUT\",\n    \"TRACK\"],\n  \"allow_origins\": [\"https://a.example/\"]\n}",
        "mistakes.json:4:21: origin \"https://a.example/\" ends in a slash, which no origin does: write \"https://a.example\" [origin-trailing-slash]\n\
         4 |   \"allow_origins\": [\"https://a.example/\"]\n  \
           |                     ^\n\
         mistakes.json:3:5: method \"TRACK\" is sent by no browser: remove it [method-forbidden]\n\
         3 |     \"TRACK\"],\n  \
           |     ^",
    );
}

#[test]
fn a_mistake_that_stands_nowhere() {
    rejects(
        "empty.toml",
        "",
        "empty.toml: allow_origins is empty: list the origins that may read, such as \"https://app.example.com\", or only \"*\" for every one [origin-none]",
    );
}

#[test]
fn a_line_that_is_too_long_is_not_shown() {
    let comment = "x".repeat(200);
    rejects(
        "long.toml",
        &format!("max_age = -1 # {comment}"),
        "long.toml:1:1: max_age: invalid value: integer `-1`, expected u64",
    );
}

#[test]
fn files_that_are_none() {
    says("absent.toml", "absent.toml: cannot be read: No such file or directory (os error 2)");
    says("policy.yaml", "policy.yaml: a policy is a .toml or a .json file");
    says("policy", "policy: a policy is a .toml or a .json file");
}
