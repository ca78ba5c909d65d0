//! What a file cannot say: every mistake at once, each with its place, its code and its text.

use cors_core::Cors;

use crate::support::{file, lines};

/// A file with this text is refused for these reasons, and checking it finds the same.
#[track_caller]
fn check(name: &str, text: &str, expected: &[&str]) {
    let file = file(name, text);
    let report = file.load().expect_err(text);
    assert_eq!(lines(&report), expected);
    let checked = file.check().expect("the file can be read");
    let errors: Vec<_> =
        lines(&checked).into_iter().filter(|line| expected.contains(&line.as_str())).collect();
    assert_eq!(errors, expected);
}

#[test]
fn what_is_not_toml_or_json() {
    check(
        "syntax.toml",
        "allow_origins = ['*']\n\tmax_age = = 5\nmax_age = 1\nmax_age = 2\n",
        &[
            "2:12 syntax: extra `=`, expected nothing",
            "3:1 syntax: duplicate key",
            "4:1 syntax: duplicate key",
        ],
    );
    check(
        "syntax.json",
        "{\n  \"é\": [\"ü\"]\n  \"max_age\": 5\n}",
        &["3:3 syntax: expected `,` or `}`"],
    );
    check("end.json", "{\n", &["2:1 syntax: EOF while parsing an object"]);
    check("empty.json", "", &["1:1 syntax: EOF while parsing a value"]);
    check("list.json", "\n []", &["2:2 syntax: expected an object, found a list"]);
}

#[test]
fn every_key_that_cannot_be_read() {
    let wrong = [
        "unknown-key: unknown key \"allow_origin\": write allow_origins",
        "wrong-type: max_age: expected a number of seconds, found a number that is negative, fractional or too large: write it as in 3600",
        "wrong-type: allow_methods: expected a list of strings, found a string: write [\"PUT\"]",
        "wrong-type: allow_headers: expected a string, found a number: write it in quotes",
        "wrong-type: allow_credentials: expected true or false, found a string: write it without quotes",
    ];
    let at = |places: [&str; 5]| -> Vec<String> {
        places.iter().zip(wrong).map(|(place, wrong)| format!("{place} {wrong}")).collect()
    };
    let rows = [
        (
            "keys.toml",
            "allow_origin = ['*']\nmax_age = -1\nallow_methods = 'PUT'\n\
             allow_headers = ['x-a', 5]\nallow_credentials = 'true'\n",
            at(["1:1", "2:11", "3:17", "4:25", "5:21"]),
        ),
        (
            "keys.json",
            "{\"allow_origin\": [\"*\"],\n\"max_age\": -1, \"allow_methods\": \"PUT\",\n\
             \"allow_headers\": [\"x-a\", 5],\n\"allow_credentials\": \"true\"}",
            at(["1:2", "2:12", "2:33", "3:26", "4:22"]),
        ),
    ];
    for (name, text, expected) in rows {
        check(name, text, &expected.iter().map(String::as_str).collect::<Vec<_>>());
    }
    check(
        "twice.json",
        "{\"allow_origins\": [\"*\"], \"allowedOrigins\": []}",
        &["1:26 key-twice: allow_origins is set twice: remove one"],
    );
}

#[test]
fn every_mistake_in_the_order_written_and_where_it_is() {
    check(
        "mistakes.toml",
        r#"allow_origins = [
    "https://a.example",
    'https://B.example', # in single quotes
    "https://B.example",
]
expose_headers = ["*"]
allow_headers = ["x-a", "\u0063ookie"]
allow_credentials = true
max_age = 90_000
"#,
        &[
            "3:5 origin-upper-case: origin \"https://B.example\" contains uppercase letters, which browsers never send: write \"https://b.example\"",
            "4:5 origin-upper-case: origin \"https://B.example\" contains uppercase letters, which browsers never send: write \"https://b.example\"",
            "6:19 credentials-any-exposed: exposed header name \"*\" is not a wildcard with allow_credentials: list the names",
            "7:25 header-forbidden: header name \"cookie\" cannot be set by a script: remove it",
            "9:11 max-age-too-large: max_age 90000 is longer than any browser caches a preflight: use 86400 seconds or less",
        ],
    );
    check(
        "mistakes.json",
        "{\n  \"allow_methods\": [\"PUT\",\n    \"TR\\u0041CK\"],\n  \"allow_origins\": [\"https://ä.example\", \"https://a.example/\"]\n}",
        &[
            "3:5 method-forbidden: method \"TRACK\" cannot be used by a script: remove it",
            "4:21 origin-not-ascii: origin \"https://ä.example\" contains non-ASCII characters: write the host in Punycode (\"xn--...\"), as browsers send it",
            "4:42 origin-trailing-slash: origin \"https://a.example/\" ends with a slash, but an origin has no path: write \"https://a.example\"",
        ],
    );
}

#[test]
fn what_cannot_be_read_and_what_does_not_compile() {
    check(
        "both.toml",
        "allow_orgins = ['https://a.example/']\nallow_methods = ['TRACE']\n",
        &[
            "1:1 unknown-key: unknown key \"allow_orgins\": write allow_origins",
            "1:17 origin-trailing-slash: origin \"https://a.example/\" ends with a slash, but an origin has no path: write \"https://a.example\"",
            "2:18 method-forbidden: method \"TRACE\" cannot be used by a script: remove it",
        ],
    );
}

#[test]
fn a_mistake_that_stands_nowhere() {
    let none = "allow_origins is empty: list the origins to allow, such as \"https://app.example.com\", or \"*\" alone for any origin";
    check("none.toml", "", &[&format!("- origin-none: {none}")]);
    check("none.json", "{\"allow_origins\": []}", &[&format!("1:19 origin-none: {none}")]);
}

#[test]
fn mistakes_in_paths_and_under_them() {
    check(
        "paths.toml",
        "max_age = 1\nresource = 1\n\n[resources.\"/api/\"]\nallow_origins = ['*']\n\n\
         [resources.\"/b\"]\nallow_origins = ['*']\nmax_ages = 1\n\n\
         [resources.\"/c\"]\nallow_origins = ['null']\n\n[resources.\"/d\"]\n",
        &[
            "1:1 beside-resources: max_age cannot be combined with resources: move it under a path, such as \"*\"",
            "2:1 beside-resources: unknown key \"resource\": write resources",
            "4:12 path-trailing-slash: path \"/api/\" ends with a slash: remove the slash, or end with \"/*\" to cover everything below",
            "9:1 unknown-key: unknown key \"max_ages\": write max_age",
            "12:18 origin-null: policy for \"/c\": origin \"null\" can be sent by any site through a sandboxed frame: remove it, or set dangerously_allow_null_origin",
        ],
    );
    check(
        "paths.json",
        r#"{"resources": {"/a": "off", "/b": {}, "/b": "none"}}"#,
        &[
            r#"1:22 wrong-type: "/a": expected a policy, found a string: write a table of keys, or "none""#,
            r#"1:39 path-tie: path "/b" is listed twice: remove one"#,
        ],
    );
    check(
        "shared.json",
        r#"{"resources": {"/a": "/b", "/b": "none", "/c": "/d", "/d": {"allow_origins": ["null"]}}}"#,
        &[
            r#"1:22 path-without-keys: "/b" has no keys that "/a" could share: write a path that has keys"#,
            r#"1:79 origin-null: policy for "/c": origin "null" can be sent by any site through a sandboxed frame: remove it, or set dangerously_allow_null_origin"#,
        ],
    );
    check(
        "shared.toml",
        "[resources]\n\"/c\" = \"/d\"\n\n[resources.\"/d\"]\nallow_origins = ['null']\n",
        &[
            "5:18 origin-null: policy for \"/c\": origin \"null\" can be sent by any site through a sandboxed frame: remove it, or set dangerously_allow_null_origin",
        ],
    );
    check(
        "no-paths.json",
        r#"{"resources": []}"#,
        &[
            "1:15 wrong-type: resources: expected a table of paths, found a list: write a policy for each path",
        ],
    );
}

#[test]
fn a_mistake_of_every_path_and_of_a_repeated_path_is_at_its_own_place() {
    let null = "origin \"null\" can be sent by any site through a sandboxed frame: remove it, or set dangerously_allow_null_origin";
    check(
        "every.toml",
        "[resources.\"*\"]\nallow_origins = ['null', 'https://a.example', 'null']\n",
        &[&format!("2:18 origin-null: {null}"), &format!("2:47 origin-null: {null}")],
    );
    check(
        "repeated.json",
        r#"{"resources": {"/a": {"allow_origins": ["*"]}, "/a": {"allow_origins": ["null"]}}}"#,
        &[
            "1:48 path-tie: path \"/a\" is listed twice: remove one",
            &format!("1:73 origin-null: policy for \"/a\": {null}"),
        ],
    );
}

#[test]
fn mistakes_in_a_guard() {
    let host = |host: &str| {
        format!(
            "own host {host:?} is not a lowercase host with an optional port: write it like \
             \"api.example.com\" or \"localhost:8080\""
        )
    };
    check(
        "guard-hosts.toml",
        "allow_origins = ['null']\n[guard]\nown_hosts = ['a.example', 'B.example', 'http://c']\nhosts = 1\n",
        &[
            "1:18 origin-null: origin \"null\" can be sent by any site through a sandboxed frame: remove it, or set dangerously_allow_null_origin",
            &format!("3:27 own-host: {}", host("B.example")),
            &format!("3:40 own-host: {}", host("http://c")),
            "4:1 unknown-key: unknown key \"hosts\": write own_hosts",
        ],
    );
    check(
        "guard-type.json",
        r#"{"guard": true, "guard": {"own_hosts": "a"}, "allow_origins": ["*"]}"#,
        &[
            "1:11 wrong-type: guard: expected a table, found true or false: write its keys, or {} for a guard whose own hosts are the loopback names",
            "1:40 wrong-type: own_hosts: expected a list of strings, found a string: write it in brackets",
        ],
    );
}

#[test]
fn files_that_are_none() {
    for (name, code) in [("absent.toml", "unreadable"), ("a.yaml", "unknown-format")] {
        let file = cors_file::PolicyFile::new(crate::support::path(name));
        let report = file.load().map(|_: Cors| ()).expect_err(name);
        let codes: Vec<_> = report.iter().map(|finding| finding.code()).collect();
        assert_eq!(codes, [code]);
        assert_eq!(file.check(), Err(report));
    }
}

/// Values that no policy has, at any depth.
#[test]
fn nothing_panics_on_what_is_nested_or_broken() {
    let deep = "[".repeat(100_000);
    for text in [
        deep.as_str(),
        "{\"a\": {\"b\": {\"c\": [[[[[[1]]]]]]}}}",
        "\u{feff}{}",
        "{\"\\ud800\": 1}",
    ] {
        for name in ["deep.json", "deep.toml"] {
            assert!(file(name, text).load().map(|_: Cors| ()).is_err());
        }
    }
}
