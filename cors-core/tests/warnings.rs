//! Every warning about a policy: its code, its key, the value it names and the exact text.

use std::collections::HashSet;

use cors_core::{DiagnosticKind, Policy, Resources, Severity};

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
            Policy::new().allow_origins(["moz-extension://*"]).allow_credentials(true),
            "credentials-any-host",
            "allow_origins",
            "moz-extension://*",
            r#"origin "moz-extension://*" with allow_credentials lets every app or extension of this scheme act as the user: list the hosts that need it"#,
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
        (
            https().allow_origins(["http://127.0.0.1"]),
            "localhost-port",
            "allow_origins",
            "http://127.0.0.1",
            r#"origin "http://127.0.0.1" allows only port 80: write "http://127.0.0.1:*""#,
        ),
        (
            https().allow_origins(["https://a.example"]),
            "origin-duplicate",
            "allow_origins",
            "https://a.example",
            r#"origin "https://a.example" is listed twice: remove one"#,
        ),
        (
            https().allow_origins(["https://b.c.example:8443", "https://*.c.example:*"]),
            "origin-covered",
            "allow_origins",
            "https://b.c.example:8443",
            r#"origin "https://b.c.example:8443" is already covered by "https://*.c.example:*": remove it"#,
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
            https().allow_methods(["query", "PUT"]),
            "method-case",
            "allow_methods",
            "query",
            r#"method "query" is case-sensitive, and servers expect it in uppercase: write "QUERY""#,
        ),
        (
            https().allow_methods(["put", "PUT"]),
            "method-duplicate",
            "allow_methods",
            "PUT",
            r#"method "PUT" is listed twice: remove one"#,
        ),
        (
            https().allow_headers(["x-api-key", "X-Api-Key"]),
            "header-duplicate",
            "allow_headers",
            "X-Api-Key",
            r#"header name "X-Api-Key" is listed twice: remove one"#,
        ),
        (
            https().expose_headers(["Access-Control-Allow-Origin"]),
            "exposed-cors",
            "expose_headers",
            "Access-Control-Allow-Origin",
            r#"exposed header name "Access-Control-Allow-Origin" is for the browser, and scripts do not need to read it: remove it"#,
        ),
        (
            https().expose_headers(["Origin"]),
            "exposed-request-header",
            "expose_headers",
            "Origin",
            r#"exposed header name "Origin" is a request header, not a response header: remove it"#,
        ),
        (
            https().expose_headers(["etag", "ETag"]),
            "exposed-duplicate",
            "expose_headers",
            "ETag",
            r#"exposed header name "ETag" is listed twice: remove one"#,
        ),
        (
            https().dangerously_allow_null_origin(),
            "dangerous-null-origin",
            "dangerously_allow_null_origin",
            "",
            "dangerously_allow_null_origin lets any site read responses through a sandboxed frame: remove it unless the responses are public",
        ),
        (
            Policy::new().dangerously_allow_any_origin_with_credentials(),
            "dangerous-any-origin",
            "dangerously_allow_any_origin_with_credentials",
            "",
            "dangerously_allow_any_origin_with_credentials lets every site act as the user and read the responses: list the origins in allow_origins instead",
        ),
        (
            Policy::new()
                .allow_origins(["http://a.example"])
                .allow_credentials(true)
                .dangerously_allow_insecure_origins(),
            "dangerous-insecure-origins",
            "dangerously_allow_insecure_origins",
            "",
            "dangerously_allow_insecure_origins lets anyone on the user's network act as the user: serve these origins over https instead",
        ),
        (
            https().dangerously_allow_public_suffixes(),
            "dangerous-public-suffixes",
            "dangerously_allow_public_suffixes",
            "",
            "dangerously_allow_public_suffixes has no effect in this policy: remove it",
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
            // It is about several policies.
            DiagnosticKind::PathBase => false,
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

#[test]
fn only_what_is_listed_twice_or_covered_is_redundant() {
    silent(Policy::new().allow_origins([
        "https://a.example",
        "https://*.a.example",
        "https://a.example:8443",
        "http://localhost:*",
        "capacitor://localhost",
        "moz-extension://*",
    ]));
    silent(Policy::new().allow_origins([
        "https://1.2.3.4",
        "https://*.3.example:1",
        "https://3.example:1",
    ]));
    silent(Policy::new().allow_origins(["https://a.example"]).allow_methods(["patch", "PATCH"]));
    let families = ["https://*.b.a.example", "https://*.a.example"];
    let codes: Vec<_> = Policy::new().allow_origins(families).warnings();
    assert_eq!(codes.iter().map(|warning| warning.index()).collect::<Vec<_>>(), [Some(0)]);
}

#[test]
fn a_base_path_under_a_wider_policy_is_a_warning() {
    let any = || Policy::new().allow_any_origin();
    let listed = || Policy::new().allow_origins(["https://a.example"]);
    let problems = |resources: Resources| -> Vec<_> {
        let warnings = resources.warnings();
        warnings.iter().map(|warning| (warning.entry(), warning.to_string())).collect()
    };
    let wide = Resources::new().at("*", any()).at("/api/v1/*", listed());
    let text = "path \"/api/v1/*\" does not cover \"/api/v1\", to which \"*\" applies: \
                add \"/api/v1\" with the policy for it";
    assert_eq!(problems(wide.clone()), [(Some(1), text.to_owned())]);
    assert_eq!(problems(wide.at("/api/v1", listed())), []);
    // Of several wider paths, the closest applies.
    let near = Resources::new().at("*", any()).at("/api/*", listed()).at("/api/v1/*", listed());
    let near = problems(near.at("/api", listed()));
    assert_eq!(near, []);
    assert_eq!(problems(Resources::new().at("/api/*", listed())), []);
    let without = problems(Resources::new().at("/*", any()).without("/health/*"));
    assert_eq!(without.len(), 1);
}
