use cors_core::{Cors, Policy, Verdict, plain::Request};

use super::*;

#[track_caller]
fn check(pattern: &str, flags: &str, anchors: Anchors, allowed: &[&str], denied: &[&str]) {
    let translated = translate(pattern, flags, anchors).expect("a pattern");
    let mut policy = Policy::new().allow_origins(translated.origins);
    if !translated.pattern.is_empty() {
        policy = policy.allow_origin_patterns([translated.pattern]);
    }
    let cors: Cors = policy.compile().expect("a policy");
    let verdict =
        |origin: &str| cors.decide(&Request::new("GET", [("origin", origin.as_bytes())])).verdict();
    for origin in allowed {
        assert_eq!(verdict(origin), Verdict::Allow, "{pattern} {origin}");
    }
    for origin in denied {
        assert_ne!(verdict(origin), Verdict::Allow, "{pattern} {origin}");
    }
}

#[test]
fn what_stands_before_is_whole_labels() {
    check(
        r"example\.com$",
        "",
        Anchors::Search,
        &["https://example.com", "http://a.b.example.com"],
        &["https://notexample.com", "https://example.com:8443"],
    );
    check(
        r"\.example\.com$",
        "",
        Anchors::Search,
        &["https://a.example.com"],
        &["https://example.com", "https://a.example.com.evil.test"],
    );
    check(
        r"https?://(?:a|b)\.example",
        "i",
        Anchors::Search,
        &["https://a.example", "http://b.example"],
        &["https://c.example", "https://a.example.evil.test"],
    );
}

#[test]
fn alternatives_are_anchored_one_by_one() {
    check(
        r"^https://a\.example$|b\.example$",
        "",
        Anchors::Search,
        &["https://a.example", "https://b.example", "https://x.b.example"],
        &["https://x.a.example", "https://xb.example"],
    );
}

#[test]
fn prefixes_end_where_they_end() {
    let denied = ["https://a.example.evil.test", "https://xa.example"];
    check(r"https://a\.example", "", Anchors::Prefix, &["https://a.example"], &denied);
    check(r"\Ahttps://a\.example\Z", "", Anchors::Full, &["https://a.example"], &denied);
}

#[test]
fn notation_that_is_plain_text_elsewhere_is_refused() {
    for pattern in
        ["[a[b]]", "[a&&b]", "[a--b]", "[a~~b]", r"\<a", r"\b{start}a", "(?=a)", r"(a)\1"]
    {
        assert_eq!(translate(pattern, "", Anchors::Full).err(), Some(Cause::Regex), "{pattern}");
    }
    for pattern in ["[]a]", "[^]a]", r"[\[a]", "[a-z0-9-]+", "a&&b", r"\\["] {
        let refused = translate(pattern, "", Anchors::Full).err();
        assert_eq!(refused.is_some(), pattern == r"\\[", "{pattern}");
    }
}
