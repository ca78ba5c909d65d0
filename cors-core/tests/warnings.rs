//! Every warning about a policy: its code, its key, the value it names and the exact text.

use std::collections::HashSet;

use cors_core::{Lint, Policy, Reason};

type Row = (Policy, &'static str, &'static str, &'static str, &'static str);

fn rows() -> Vec<Row> {
    let https = || Policy::new().allow_origins(["https://a.example"]);
    vec![
        (
            https().allow_origins(["https://shop.vercel.app"]),
            "hosting-suffix",
            "allow_origins",
            "https://shop.vercel.app",
            r#"origin "https://shop.vercel.app" stands under a suffix of a hosting provider, where anyone may take a name: use a domain of your own, or remove it as soon as the name is given up"#,
        ),
        (
            Policy::new().allow_origins(["https://*.a.example"]).allow_credentials(true),
            "credentials-subdomains",
            "allow_origins",
            "https://*.a.example",
            r#"origin "https://*.a.example" with allow_credentials trusts every subdomain to act for the user: list the hosts that need it"#,
        ),
        (
            https().allow_origins(["http://a.example"]),
            "http-beside-https",
            "allow_origins",
            "http://a.example",
            r#"origin "http://a.example" is plain http beside https, and anyone on the network can be it: remove it, and serve that site by https"#,
        ),
        (
            https().allow_origins(["http://localhost:*"]).allow_credentials(true),
            "credentials-localhost",
            "allow_origins",
            "http://localhost:*",
            r#"origin "http://localhost:*" with allow_credentials lets whatever is served on the user's machine act for the user: keep it in a policy for development alone"#,
        ),
        #[cfg(feature = "regex")]
        (
            Policy::new().allow_origin_patterns([r"https://app.a\.example"]),
            "origin-pattern",
            "allow_origin_patterns",
            r"https://app.a\.example",
            r#"origin pattern "https://app.a\\.example" contains a mistake: the "." at 12 is any character: it also allows https://appxa.example: write "\." for a dot"#,
        ),
        (
            https().allow_methods(["post"]),
            "method-safelisted",
            "allow_methods",
            "post",
            r#"method "post" is allowed without being listed: remove it"#,
        ),
        (
            https().allow_headers(["content-type", "Accept"]),
            "header-safelisted",
            "allow_headers",
            "Accept",
            r#"header name "Accept" is allowed without being listed: remove it"#,
        ),
        (
            https().expose_headers(["etag", "content-length"]),
            "exposed-safelisted",
            "expose_headers",
            "content-length",
            r#"exposed header name "content-length" can be read without being listed: remove it"#,
        ),
        (
            https().max_age(7_201),
            "max-age-capped",
            "max_age",
            "7201",
            "max_age 7201 is more seconds than browsers other than Firefox keep a preflight: write 7200 or less",
        ),
        (
            https().allow_private_network(true),
            "private-network",
            "allow_private_network",
            "",
            "allow_private_network lets public sites ask for a private network, with a header that browsers have superseded: remove it",
        ),
    ]
}

#[test]
fn every_warning_has_its_code_its_key_and_its_text() {
    for (policy, code, key, value, text) in rows() {
        let found: Vec<_> = policy
            .warnings()
            .iter()
            .map(|warning| {
                let value = warning.value().to_owned();
                (warning.code(), warning.key().name(), value, warning.to_string())
            })
            .collect();
        assert_eq!(found, [(code, key, value.to_owned(), text.to_owned())]);
        assert!(policy.compile().is_ok(), "{code}");
    }
}

#[test]
fn every_kind_of_warning_has_a_row() {
    let rows: HashSet<_> = rows().into_iter().map(|(_, code, ..)| code).collect();
    for lint in Lint::ALL {
        let needs = match lint {
            Lint::OriginPattern => cfg!(feature = "regex"),
            _ => true,
        };
        assert_eq!(rows.contains(lint.code()), needs, "{}", lint.code());
    }
}

#[test]
fn codes_are_distinct_from_each_other_and_from_those_of_mistakes() {
    let lints = Lint::ALL.iter().map(|lint| lint.code());
    let codes: HashSet<_> = lints.chain(Reason::ALL.iter().map(|reason| reason.code())).collect();
    assert_eq!(codes.len(), Lint::ALL.len() + Reason::ALL.len());
}

#[track_caller]
fn silent(policy: Policy) {
    assert_eq!(policy.warnings(), []);
}

#[test]
fn what_is_as_it_should_be() {
    silent(Policy::new().allow_any_origin().allow_methods(["*"]).allow_headers(["*"]));
    silent(Policy::new().allow_origins(["http://a.example"]));
    silent(Policy::new().allow_origins(["https://a.example", "http://localhost:*"]));
    silent(Policy::new().allow_origins(["https://*.a.example"]).max_age(7_200));
    silent(Policy::new().allow_origins(["no origin", "null"]).allow_headers(["range"]));
}
