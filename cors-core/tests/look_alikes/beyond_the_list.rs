//! Origins that are allowed by something else than an entry of their own.

use cors_core::{Cors, Policy, Verdict, plain::Request};

use crate::{allows, check_compiled, denies};

#[test]
fn null_is_allowed_by_its_own_switch_alone() {
    for entry in ["https://null", "http://localhost:*", "https://*.example.com"] {
        denies(entry, &["null"]);
    }
    let cors = Policy::new().dangerously_allow_null_origin().compile().expect("a valid policy");
    check_compiled(&cors, "null", b"null", true);
    for look_alike in ["NULL", "Null", "null ", "\"null\"", "null, null", "https://null", "nul"] {
        check_compiled(&cors, "null", look_alike.as_bytes(), false);
    }
}

#[test]
fn a_star_alone_is_everybody_but_two_at_once() {
    allows("*", &["https://a.example", "null", "no origin at all", ""]);
    let cors: Cors = Policy::new().allow_any_origin().compile().expect("a valid policy");
    let twice = Request::new("GET", [("origin", "https://a.example"); 2]);
    assert_ne!(cors.decide(&twice).verdict(), Verdict::Allow);
}

#[test]
fn any_origin_with_credentials_is_every_origin_and_nothing_else() {
    let cors = Policy::new().dangerously_allow_any_origin_with_credentials().compile();
    let cors = cors.expect("a valid policy");
    check_compiled(&cors, "any", b"https://a.example:8443", true);
    for origin in
        ["null", "", "*", "https://a.example/", "https://a.example\r\nx: y", "a b", "file://a"]
    {
        check_compiled(&cors, "any", origin.as_bytes(), false);
    }
}

#[cfg(feature = "regex")]
#[test]
fn a_pattern_is_anchored_and_sees_origins_only() {
    for (pattern, origin, allowed) in [
        (r"https://[a-z]+\.example\.com", "https://a.example.com", true),
        (r"https://[a-z]+\.example\.com", "https://a.example.com.evil.test", false),
        (r"https://[a-z]+\.example\.com", "xhttps://a.example.com", false),
        (r"https://a\.example|https://b\.example", "https://b.example.evil.test", false),
        (r"https://a\.example|https://b\.example", "https://a.example.evil.test", false),
        (r"https://.*\.example\.com", "https://evil.test/.example.com", false),
        (r"https://.*\.example\.com", "https://evil.test@a.example.com", false),
        (r"https://.*\.example\.com", "https://evil.test\n.example.com", false),
        (r"(?i)HTTPS://A\.EXAMPLE", "https://a.example", true),
        (r"(?i)https://a\.example", "https://A.example", false),
        (r"(?m)^https://a\.example$", "https://a.example", true),
        (r"(?m)https://a\.example$", "https://a.example\nhttps://evil.test", false),
        (r".*", "https://a.example", true),
        (r".*", "null", false),
    ] {
        let cors = Policy::new().allow_origin_patterns([pattern]).compile();
        let cors = cors.expect("a valid pattern");
        check_compiled(&cors, pattern, origin.as_bytes(), allowed);
    }
}
