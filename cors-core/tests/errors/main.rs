//! Every mistake that a policy can have: its code, the value it names and the exact text.

mod dangers;
mod lists;
mod paths;
mod rows;

use std::collections::HashSet;

use cors_core::{
    Cors, Diagnostic, DiagnosticKind, Policy, PolicyErrors, Resources, Severity, data::Key,
};

#[track_caller]
fn errors(resources: impl Into<Resources>) -> PolicyErrors {
    let compiled: Result<Cors, PolicyErrors> = resources.into().compile();
    compiled.expect_err("a policy with a mistake")
}

fn kinds(severity: Severity) -> impl Iterator<Item = &'static DiagnosticKind> {
    DiagnosticKind::ALL.iter().filter(move |kind| kind.severity() == severity)
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
    for reason in kinds(Severity::Error) {
        let regex = matches!(
            reason,
            DiagnosticKind::RegexSyntax
                | DiagnosticKind::RegexTooLarge
                | DiagnosticKind::CredentialsAnyPattern
        );
        let needs = match reason {
            DiagnosticKind::OriginVariable => cfg!(feature = "std"),
            DiagnosticKind::RegexFeature => !cfg!(feature = "regex"),
            _ => cfg!(feature = "regex") || !regex,
        };
        assert_eq!(rows.contains(reason.code()), needs, "{}", reason.code());
    }
}

#[test]
fn codes_are_distinct_and_in_kebab_case() {
    let codes: HashSet<_> = DiagnosticKind::ALL.iter().map(|kind| kind.code()).collect();
    assert_eq!(codes.len(), DiagnosticKind::ALL.len());
    for code in codes {
        let is_word = |word: &str| {
            !word.is_empty()
                && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
        };
        assert!(code.split('-').all(is_word), "{code}");
    }
}

#[test]
fn a_kind_without_a_key_is_about_a_path() {
    for kind in DiagnosticKind::ALL {
        let about_paths = kind.code().starts_with("path-") || kind.code().starts_with("resources-");
        assert_eq!(kind.key().is_none(), about_paths, "{}", kind.code());
    }
}

#[test]
fn the_same_mistake_twice_has_two_positions() {
    let policy =
        Policy::new().allow_origins(["null", "https://a", "null"]).allow_methods(["TRACE"]);
    let resources = Resources::new().without("/a").at("/b", policy);
    let errors = errors(resources);
    let places: Vec<_> =
        errors.iter().map(|error| (error.entry(), error.key(), error.index())).collect();
    let origins = Some(Key::AllowOrigins);
    assert_eq!(
        places,
        [
            (Some(1), origins, Some(0)),
            (Some(1), origins, Some(2)),
            (Some(1), Some(Key::AllowMethods), Some(0)),
        ]
    );
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
        for suggestion in errors(resources).iter().filter_map(Diagnostic::suggestion) {
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
        "path \"api\" does not start with a slash: write it like \"/api/*\", \
         or \"*\" alone for every path [path-slash]\n\
         policy for \"api\": origin \"null\" can be sent by any site through a sandboxed frame: remove it, \
         or set dangerously_allow_null_origin [origin-null]\n\
         policy for \"/b\": origin \"null\" can be sent by any site through a sandboxed frame: remove it, \
         or set dangerously_allow_null_origin [origin-null]"
    );
}

#[test]
fn the_whole_prints_as_one_line_for_each() {
    let policy = Policy::new().allow_origins(["null"]).allow_methods(["TRACE"]);
    assert_eq!(
        errors(policy).to_string(),
        "origin \"null\" can be sent by any site through a sandboxed frame: remove it, \
         or set dangerously_allow_null_origin [origin-null]\n\
         method \"TRACE\" cannot be used by a script: remove it [method-forbidden]"
    );
}
