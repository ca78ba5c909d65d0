//! Every warning about a policy: its code, its key, the value it names and the exact text.

use std::collections::HashSet;

use cors_core::{DiagnosticKind, Policy, Severity};

type Row = (Policy, &'static str, &'static str, &'static str, &'static str);

fn rows() -> Vec<Row> {
    let https = || Policy::new().allow_origins(["https://a.example"]);
    vec![
        (
            https().allow_origins(["https://shop.vercel.app"]),
            "hosting-suffix",
            "allow_origins",
            "https://shop.vercel.app",
            r#"origin "https://shop.vercel.app" is on a shared hosting domain, where anyone can claim a released name: use your own domain, or remove this entry when you give up the name"#,
        ),
        (
            Policy::new().allow_origins(["https://*.a.example"]).allow_credentials(true),
            "credentials-subdomains",
            "allow_origins",
            "https://*.a.example",
            r#"origin "https://*.a.example" with allow_credentials lets every subdomain act as the user: list only the hosts that need it"#,
        ),
        (
            https().allow_origins(["http://a.example"]),
            "http-beside-https",
            "allow_origins",
            "http://a.example",
            r#"origin "http://a.example" uses http while others use https, and anyone on the network can impersonate it: serve that site over https, and remove this entry"#,
        ),
        (
            https().allow_origins(["http://localhost:*"]).allow_credentials(true),
            "credentials-localhost",
            "allow_origins",
            "http://localhost:*",
            r#"origin "http://localhost:*" with allow_credentials lets any server on the user's machine act as the user: allow it only in a development policy"#,
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
            r#"method "post" does not need to be listed: remove it"#,
        ),
        (
            https().allow_headers(["content-type", "Accept"]),
            "header-safelisted",
            "allow_headers",
            "Accept",
            r#"header name "Accept" does not need to be listed: remove it"#,
        ),
        (
            https().expose_headers(["etag", "content-length"]),
            "exposed-safelisted",
            "expose_headers",
            "content-length",
            r#"exposed header name "content-length" does not need to be listed: remove it"#,
        ),
        (
            https().max_age(7_201),
            "max-age-capped",
            "max_age",
            "7201",
            "max_age 7201 is capped by browsers other than Firefox: use 7200 seconds or less",
        ),
        (
            https().allow_private_network(true),
            "private-network",
            "allow_private_network",
            "",
            "allow_private_network opens a private network to public sites, through a header that browsers have replaced: remove it",
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
                (
                    warning.code(),
                    warning.key().map_or("", |key| key.name()),
                    value,
                    warning.to_string(),
                )
            })
            .collect();
        assert_eq!(found, [(code, key, value.to_owned(), text.to_owned())]);
        assert!(policy.compile().is_ok(), "{code}");
    }
}

#[test]
fn every_kind_of_warning_has_a_row() {
    let rows: HashSet<_> = rows().into_iter().map(|(_, code, ..)| code).collect();
    for lint in DiagnosticKind::ALL.iter().filter(|kind| kind.severity() == Severity::Warning) {
        let needs = match lint {
            DiagnosticKind::OriginPattern => cfg!(feature = "regex"),
            _ => true,
        };
        assert_eq!(rows.contains(lint.code()), needs, "{}", lint.code());
    }
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
