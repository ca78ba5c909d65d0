//! The filter's own reader, held to the file crate: it accepts nothing that a policy file would not,
//! and reads the same policies.

use cors_core::Resources;
use cors_file::PolicyFile;
use cors_proxy_wasm::policies;
use proptest::{prelude::*, sample::select};

fn by_file(text: &str) -> Option<Resources> {
    let name = if text.trim_start().starts_with('{') { "typed.json" } else { "typed.toml" };
    let cors = PolicyFile::new(name).with_content(text).load().ok()?;
    Some(cors.resources())
}

/// The two agree where both accept. Returns whether the filter accepts.
fn agree(text: &str) -> Result<bool, TestCaseError> {
    let Ok(read) = policies(text) else { return Ok(false) };
    let Ok(cors) = read.compile() else { return Ok(false) };
    prop_assert_eq!(Some(cors.resources()), by_file(text), "{}", text);
    Ok(true)
}

const TEXTS: [&str; 6] = [
    include_str!("../../../examples/policy.toml"),
    r#"{"$schema": "x", "allowedOrigins": ["https:\/\/app.example.com"], "maxAge": 60}"#,
    r#"{"resources": {"*": {"allow_origins": ["*"]}, "/a": "none", "/b/*": "*"}}"#,
    "allow_origins = [ # two\n  'https://a.example', \"https://b.example\",\n]\r\nmax_age = 3_600\n",
    "[resources]\n\"/login\" = \"/api/*\"\n[resources.'/api/*']\nallow_origins = [\"*\"]\n\
     [resources.\"/x\"] # headed\nallow_origins = [\"https://\\u0061.example\"]\n",
    "resources.'*'.allow_origins = [\"*\"]\nresources.\"/y\" = { no_origins = true, }\n",
];

#[test]
fn policy_files_are_read_the_same() {
    for text in TEXTS {
        assert!(agree(text).expect("the same policies"), "{text}: {:?}", policies(text));
    }
}

#[track_caller]
fn refused(text: &str, message: &str) {
    assert_eq!(policies(text).expect_err(text), message);
    assert_eq!(by_file(text), None, "{text}");
}

#[test]
fn a_mistake_is_named_with_its_line() {
    refused(
        "allow_origins = [\"*\"]\nallow_method = []",
        "unknown key \"allow_method\": write allow_methods",
    );
    refused(
        "max_age = 1\nmax_age = 2",
        "line 2: \"max_age\" is given twice: remove one of the two",
    );
    refused("max_age = 1\nmaxAge = 2", "max_age is given twice: remove one of the two");
    refused("max_age = -1", "line 1: cannot read \"-1\": write a whole number, 0 or more");
    refused("max_age = \"1\"", "max_age: expected a number of seconds, found a string");
    refused("allow_origins = \"*\"", "allow_origins: expected a list of strings, found a string");
    refused("max_age = 1 2", "line 1: expected the end of the line, found '2'");
    refused("{\"max_age\": 01}", "line 1: cannot read \"01\": write a whole number, 0 or more");
    refused("{\"max_age\": 1,}", "line 1: expected a string, found '}'");
    refused("[a]\n[a]", "line 2: \"a\" is given twice: remove one of the two");
    refused("a.b = 1\n[a]", "line 2: \"a\" is given twice: remove one of the two");
    refused("a = {}\n[a.b]", "line 2: \"a\" is given twice: remove one of the two");
    refused("x = 'a\n'", "line 1: a string has no end on its line: close it with '");
    refused(
        "max_age = 1\n[resources]",
        "max_age cannot be combined with resources: write it under a path, such as \"*\"",
    );
}

#[test]
fn values_that_nest_without_end_are_refused() {
    for text in ["a = ".to_owned() + &"[".repeat(100_000), "{\"a\":".repeat(100_000)] {
        let error = policies(&text).expect_err("nested");
        assert_eq!(error, "line 1: values are nested deeper than a policy");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Texts with a few characters removed, doubled or replaced.
    #[test]
    fn a_damaged_file_is_never_read_otherwise(
        text in select(&TEXTS[..]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..3, select(
            b"\"'[]{}=:,.#\n\r\t \\u0a_-+*/e\0".to_vec())), 1..4),
    ) {
        let mut characters: Vec<char> = text.chars().collect();
        for (at, kind, byte) in changes {
            let at = at.index(characters.len());
            match kind {
                0 => { characters.remove(at); }
                1 => characters.insert(at, byte.into()),
                _ => characters[at] = byte.into(),
            }
        }
        agree(&characters.into_iter().collect::<String>())?;
    }
}
