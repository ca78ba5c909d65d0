//! Every mistake that a policy can have: its code, the value it names and the exact text.

mod dangers;
mod lists;
mod paths;
mod rows;

use std::collections::HashSet;

use cors_core::{Cors, Policy, PolicyError, PolicyErrors, Reason, Resources};

#[track_caller]
fn errors(resources: impl Into<Resources>) -> PolicyErrors {
    let compiled: Result<Cors, PolicyErrors> = resources.into().compile();
    compiled.expect_err("a policy with a mistake")
}

#[test]
fn every_mistake_has_its_code_and_its_text() {
    for (resources, code, value, text) in rows::rows() {
        let found: Vec<_> = errors(resources)
            .iter()
            .map(|error| (error.code(), error.value().to_owned(), error.to_string()))
            .collect();
        assert_eq!(found, [(code, value.to_owned(), text.to_owned())]);
    }
}

#[test]
fn every_reason_has_a_row() {
    let rows: HashSet<_> = rows::rows().into_iter().map(|(_, code, ..)| code).collect();
    for reason in Reason::ALL {
        let regex = matches!(
            reason,
            Reason::RegexSyntax | Reason::RegexTooLarge | Reason::CredentialsAnyPattern
        );
        let needs = match reason {
            Reason::OriginVariable => cfg!(feature = "std"),
            Reason::RegexFeature => !cfg!(feature = "regex"),
            _ => cfg!(feature = "regex") || !regex,
        };
        assert_eq!(rows.contains(reason.code()), needs, "{}", reason.code());
    }
}

#[test]
fn codes_are_distinct_and_in_kebab_case() {
    let codes: HashSet<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
    assert_eq!(codes.len(), Reason::ALL.len());
    for code in codes {
        let is_word = |word: &str| {
            !word.is_empty()
                && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
        };
        assert!(code.split('-').all(is_word), "{code}");
    }
}

#[test]
fn a_text_is_one_clause() {
    for (.., text) in rows::rows() {
        assert!(text.starts_with(|first: char| first.is_ascii_lowercase()), "{text}");
        assert!(!text.ends_with('.') && !text.contains(['\n', ';']), "{text}");
    }
}

#[test]
fn what_is_suggested_compiles() {
    for (resources, ..) in rows::rows() {
        for suggestion in errors(resources).iter().filter_map(PolicyError::suggestion) {
            let mended = Policy::new().allow_origins([suggestion]).compile();
            assert!(mended.map(|_: Cors| ()).is_ok(), "{suggestion}");
        }
    }
}

#[test]
fn all_mistakes_are_told_at_once_in_the_order_written() {
    let policy = Policy::new()
        .max_age(86_401)
        .expose_headers(["set-cookie", "e tag"])
        .allow_headers(["host", "x-a", "x b"])
        .allow_methods(["TRACE", "PUT", "P T"])
        .allow_origins(["http://a.example", "https://A.example/", "https://b.example", "null"])
        .allow_credentials(true);
    #[cfg(feature = "regex")]
    let policy = policy.allow_origin_patterns(["(", "https://a", ")"]);
    let told: Vec<_> =
        errors(policy).into_iter().map(|error| (error.code(), error.value().to_owned())).collect();
    let expected = [
        ("credentials-insecure", "http://a.example"),
        ("origin-upper-case", "https://A.example/"),
        ("origin-trailing-slash", "https://A.example/"),
        ("origin-null", "null"),
        #[cfg(feature = "regex")]
        ("regex-syntax", "("),
        #[cfg(feature = "regex")]
        ("regex-syntax", ")"),
        ("method-forbidden", "TRACE"),
        ("method-token", "P T"),
        ("header-forbidden", "host"),
        ("header-token", "x b"),
        ("exposed-forbidden", "set-cookie"),
        ("exposed-token", "e tag"),
        ("max-age-too-large", "86401"),
    ];
    assert_eq!(told, expected.map(|(code, value)| (code, value.to_owned())));
}

#[test]
fn a_mistake_says_under_which_path_it_is() {
    let policy = || Policy::new().allow_origins(["null"]);
    let resources = Resources::new().at("api", policy().max_age(1)).at("/b", policy());
    assert_eq!(
        errors(resources).to_string(),
        "path \"api\" does not begin with a slash: write it as in \"/api/*\", \
         or only \"*\" for every path [path-slash]\n\
         under \"api\": origin \"null\" is what any sandboxed frame sends: remove it, \
         or say dangerously_allow_null_origin [origin-null]\n\
         under \"/b\": origin \"null\" is what any sandboxed frame sends: remove it, \
         or say dangerously_allow_null_origin [origin-null]"
    );
}

#[test]
fn the_whole_prints_as_one_line_for_each() {
    let policy = Policy::new().allow_origins(["null"]).allow_methods(["TRACE"]);
    assert_eq!(
        errors(policy).to_string(),
        "origin \"null\" is what any sandboxed frame sends: remove it, \
         or say dangerously_allow_null_origin [origin-null]\n\
         method \"TRACE\" is sent by no browser: remove it [method-forbidden]"
    );
}
