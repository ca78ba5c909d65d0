//! Policy files. What is said about those that cannot be used is pinned in `cors-file`.

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
fn every_mistake_and_where_it_is() {
    rejects(
        "mistakes.toml",
        "allow_origin = ['*']\nmax_age = 90_000\n",
        "error[unknown-key]: unknown key \"allow_origin\"\n \
         --> mistakes.toml:1:1\n  \
           |\n\
         1 | allow_origin = ['*']\n  \
           | ^^^^^^^^^^^^\n  \
           = help: write allow_origins\n\
         \n\
         error[max-age-too-large]: max_age 90000 is longer than any browser caches a preflight\n \
         --> mistakes.toml:2:11\n  \
           |\n\
         2 | max_age = 90_000\n  \
           |           ^^^^^^\n  \
           = help: use 86400 seconds or less",
    );
}

#[test]
fn files_that_are_none() {
    says(
        "absent.toml",
        "error[unreadable]: cannot read the file: No such file or directory (os error 2)\n \
         --> absent.toml",
    );
    for name in ["policy.yaml", "policy"] {
        says(
            name,
            &format!(
                "error[unknown-format]: unknown file format: use a name that ends in .toml or .json\n --> {name}"
            ),
        );
    }
}
