//! What is written, and what is refused.

use cors_core::{Policy, Resources};
use cors_export::{Server, export};

fn policy() -> Policy {
    Policy::new()
        .allow_origins(["https://app.example.com", "https://*.example.net", "http://localhost:*"])
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["content-type", "authorization"])
        .expose_headers(["etag"])
        .allow_credentials(true)
}

fn text(server: Server, resources: impl Into<Resources>) -> String {
    export(server, &resources.into()).unwrap_or_else(|error| panic!("{error}")).to_string()
}

#[track_caller]
fn refused(resources: impl Into<Resources>, message: &str) {
    let resources = resources.into();
    let error = export(Server::Nginx, &resources).expect_err(message);
    assert_eq!(error.to_string(), format!("nginx: {message}"));
}

#[test]
fn every_server_gets_every_value_of_the_policy() {
    for server in Server::ALL {
        let text = text(server, policy());
        for value in ["PUT, DELETE", "content-type, authorization", "etag", "600", "Origin"] {
            assert!(text.contains(value), "{server}: no {value} in\n{text}");
        }
        assert_eq!(text, self::text(server, policy()), "{server}");
    }
}

#[test]
fn a_line_of_nginx_is_anchored_and_compares_case() {
    let text = text(Server::Nginx, policy());
    assert!(text.contains(r#""~^https://app\.example\.com$" 1;"#), "{text}");
    assert!(text.contains(r"https://(?:[a-z0-9_-]{1,63}\.)+example\.net$"), "{text}");
    assert!(text.contains("add_header access-control-allow-origin $cors_allow_origin always;"));
}

#[test]
fn many_origins_are_looked_up_and_not_matched_in_turn() {
    let origins = (0..1000).map(|at| format!("https://{at}.example.com"));
    let text = text(Server::Nginx, Policy::new().allow_origins(origins));
    assert!(text.contains("\"https://999.example.com\" 1;"), "{text}");
    assert!(text.contains("\"~[A-Z]\" \"\";"), "{text}");
    assert!(text.find("map_hash_max_size") < text.find("map $"), "{text}");
}

#[test]
fn what_a_server_cannot_express_is_refused_with_a_code() {
    refused(
        Policy::new().dynamic_origins(),
        "dynamic_origins is code, which a configuration cannot contain: list the origins, or \
         enforce the policy in the application [callback]",
    );
    refused(
        Policy::new().allow_origin_patterns([r"https://\bexample\.com"]),
        r"https://\bexample\.com uses word boundaries or line anchors, which do not carry over: rewrite the pattern without them [regex]",
    );
    refused(
        Resources::new().at("/caf\u{e9}/*", policy()),
        "/caf\u{e9} has characters that servers receive percent-encoded: use ASCII letters, digits and -._~ in the path [path-pattern]",
    );
    let error = export(Server::Envoy, &Policy::new().into()).expect_err("no origin");
    assert_eq!(error.mistakes()[0].code(), "policy");
}

#[test]
fn differences_have_codes_and_sentences() {
    let codes = |server, resources: Resources| -> Vec<&str> {
        let exported = export(server, &resources).expect("a valid policy");
        exported.differences.iter().map(|difference| difference.code()).collect()
    };
    assert_eq!(codes(Server::HaProxy, policy().into()), [""; 0]);
    assert_eq!(
        codes(Server::Nginx, policy().into()),
        ["origin-twice", "empty-header", "vary-twice"]
    );
    let by_path = Resources::new().at("/api/*", policy());
    assert_eq!(codes(Server::HaProxy, by_path), ["path-form"]);
    let pattern = Policy::new().allow_origin_patterns(["[a-z]+://example[.]com"]);
    assert_eq!(codes(Server::Envoy, pattern.into()), ["pattern-form", "vary-twice"]);
    let silent = Policy::new().allow_origins(["https://a.example"]).silent_refusals(true);
    assert_eq!(codes(Server::HaProxy, silent.into()), ["list-form"]);
}
