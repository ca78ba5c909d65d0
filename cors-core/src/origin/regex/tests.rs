use alloc::string::ToString;

use super::*;

#[track_caller]
fn check(pattern: &str, origin: &str, expected: bool) {
    let regexes = Regexes::new(&[pattern.to_string()], |_, _| {});
    let regexes = regexes.ok().flatten().expect("a valid pattern");
    let origin = Origin::parse(origin.as_bytes()).expect("a valid origin");
    assert_eq!(regexes.matches(&origin), expected, "{pattern} {origin}");
}

#[test]
fn anchored_at_both_ends_for_the_author() {
    check("https://pr-[0-9]+\\.example\\.com", "https://pr-12.example.com", true);
    check("https://pr-[0-9]+\\.example\\.com", "https://pr-12.example.com.evil.test", false);
    check("example\\.com", "https://example.com", false);
    check("https://a|https://b", "https://b", true);
    check("https://a|https://b", "https://a.evil.test", false);
    check("https://.", "https://ab", false);
    check("https://[a-z]+", "https://abc", true);
    check("https://\\p{Ll}+\\.example\\.com", "https://abc.example.com", true);
}

#[test]
fn a_pattern_that_cannot_be_is_named() {
    for (pattern, code) in [
        ("(", "regex-syntax"),
        ("a)|(b", "regex-syntax"),
        ("(?=a)", "regex-syntax"),
        ("(a)\\1", "regex-syntax"),
        ("(?:[a-z]{0,1000}){1000}", "regex-too-large"),
        ("(?:.*a.{24}){2}", "regex-too-large"),
    ] {
        let errors = Regexes::new(&["https://ok".to_string(), pattern.to_string()], |_, _| {});
        let errors: Vec<_> = errors.err().into_iter().flatten().collect();
        let found: Vec<_> = errors.iter().map(|error| (error.value(), error.code())).collect();
        assert_eq!(found, [(pattern, code)]);
    }
}

#[track_caller]
fn reach(pattern: &str) -> PatternReach {
    PatternReach::new(pattern).expect(pattern)
}

/// What is named is matched by the pattern, and is an origin.
#[track_caller]
fn holds(pattern: &str, origin: &str) {
    check(pattern, origin, true);
}

#[test]
fn dangerous_patterns_name_a_stranger() {
    for pattern in [
        r"https://.*example\.com",
        r"https://example\.com.*",
        r"https://app.example.com",
        r"https://.+:8443",
        r"https://.*\.github\.io",
        r"https://www\..*",
        r"https://\w+-\w+\.com",
        r".*",
        r"https?://.*",
        r"https://[^.]+\.com",
        r"https://[^.]+\.co\.uk",
        r"https://[a-z]+\.vercel\.app",
        r"https://pr-\d+\.pages\.dev",
        r"https://(.*\.)?(example\.com|github\.io)",
        r"https://[^/]+example\.com",
        r"https://example\.com[^/]*",
        r"https://example\.com(\..+)?",
        r"https://(example\.com|.+)",
        r"https://example\.[a-z]+",
        r"https://example\.(com|[a-z]{2})",
        r"https://\d+\.\d+\.\d+\.\d+",
        r"https://19\d\.168\.\d+\.\d+",
        r"https://\[[0-9a-f:]+\]",
        r"https://[\w.-]*example\.com",
        r"(?i)https://.*EXAMPLE\.com",
        r"https://.*\.amazonaws\.com",
        r"https://.*\.s3\.amazonaws\.com",
        r"https://.*\.b\.ck",
        r"https://.*\.compute\.amazonaws\.com",
        r"https://(a|b|.{8})\.com",
        r"https://example\.com\.?[a-z]*",
        r"https://\S+",
        r"https://\p{L}+\.com",
        r"https://[^.]+",
        r"https://app-?.*\.com",
        r"https://example\.com|.*",
        r"http://localhost.*",
        r"http://.*localhost.example\.com",
        r"https://.*\.com\.?",
        r"https://(?:[a-z0-9-]+\.){1,3}com",
        r"https://.*\.co\.jp:8443",
        r"https://.*\.io",
        r"https://127\.0\.0\.1.*",
        r"https://127\.0\.0\.\d+\.[a-z]+",
        r"https://example\.com(:\d+|\.[a-z]+)",
        r"https://.*:(443|444)",
    ] {
        let reach = reach(pattern);
        let stranger = reach.stranger().unwrap_or_else(|| panic!("{pattern}: {reach:?}"));
        holds(pattern, stranger);
    }
}

#[test]
fn harmless_patterns_name_none() {
    for (pattern, domains) in [
        (r"https://(app|www)\.example\.com", &["example.com"][..]),
        (r"https://pr-\d+\.example\.com", &["example.com"]),
        (r"http://(localhost|127\.0\.0\.1):\d+", &[]),
        (r"http://127\.\d+\.\d+\.\d+(:\d+)?", &[]),
        (r"http://([a-z-]+\.)?localhost:\d{4}", &[]),
        (r"http://\[::1\](:\d+)?", &[]),
        (r"https://.*\.example\.com", &["example.com"]),
        (r"https://(.*\.)?example\.com(:\d+)?", &["example.com"]),
        (r"https://[^.]+\.example\.co\.uk", &["example.co.uk"]),
        (r"https://\w+\.\w+\.example\.com", &["example.com"]),
        (r"https://[a-z]+\.me\.github\.io", &["me.github.io"]),
        (r"https://example\.(com|de|org)", &["example.com", "example.org", "example.de"]),
        (r"https://example\.com:.*", &["example.com"]),
        (r"https://example\.com@.*", &[]),
        (r"https://example\.com/.*", &[]),
        (r"https://example\.com\.?", &["example.com"]),
        (r"(?i)https://APP\.example\.com", &["example.com"]),
        (r"https://11\.0\.0\.[1-3]", &["11.0.0.1", "11.0.0.2", "11.0.0.3"]),
        (r"https?://10\.\d+\.\d+\.\d+", &[]),
        (r"http://(10(\.\d{1,3}){3}|192\.168(\.\d{1,3}){2}|localhost)(:\d+)?", &[]),
        (r"http://172\.(1[6-9]|2\d|3[01])\.\d{1,3}\.\d{1,3}:3000", &[]),
        (r"http://\[fd00:[0-9a-f:]+\]", &[]),
        (r"chrome-extension://[a-p]{32}", &[]),
        (r"moz-extension://.*", &[]),
        (r"https://\p{Ll}+\.example\.com", &["example.com"]),
        (r"https://.*\.corp\.internal", &["internal"]),
        (r"https://([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+example\.com", &["example.com"]),
        (r"https://www\.city\.kawasaki\.jp", &["city.kawasaki.jp"]),
        (r"https://myserver:\d+", &["myserver"]),
    ] {
        let reach = reach(pattern);
        assert_eq!(reach.stranger(), None, "{pattern}: {reach:?}");
        let mut found = reach.domains().to_vec();
        found.sort();
        let mut expected = domains.to_vec();
        expected.sort();
        assert_eq!(found, expected, "{pattern}");
    }
}

#[test]
fn strangers_read_well() {
    for (pattern, stranger) in [
        (r"https://app.example.com", "https://appxexample.com"),
        (r"https://.*example\.com", "https://xexample.com"),
        (r"https://.+:8443", "https://evil.example:8443"),
        (r"https://.*\.github\.io", "https://x.github.io"),
    ] {
        assert_eq!(reach(pattern).stranger(), Some(stranger), "{pattern}");
    }
}

#[test]
fn strangers_at_a_hosting_provider() {
    for (pattern, hosted) in [
        (r"https://app-.*\.vercel\.app", true),
        (r"https?://[a-z]+\.(vercel|netlify)\.app", true),
        (r"https://(www\.example\.com|.*\.github\.io)", true),
        (r"https://.*\.s3\.amazonaws\.com", true),
        (r"https://.*vercel\.app", false),
        (r"https://.*\.app", false),
        (r"(https://.*\.vercel\.app|http://.*\.com)", false),
        (r"https://(.*\.vercel\.app|\d+\.\d+\.\d+\.\d+)", false),
        (r"https://me\.vercel\.app", false),
    ] {
        assert_eq!(reach(pattern).is_hosted(), hosted, "{pattern}");
    }
}

#[test]
fn plain_http_that_is_not_loopback() {
    for (pattern, insecure) in [
        (r"https?://example\.com", true),
        (r"http://192\.168\.0\.1", true),
        (r"http://10\.\d+\.\d+\.\d+", true),
        (r"https://10\.\d+\.\d+\.\d+", false),
        (r"https?://(localhost|127\.0\.0\.1)(:\d+)?", false),
        (r"https://example\.com", false),
    ] {
        assert_eq!(reach(pattern).insecure().is_some(), insecure, "{pattern}");
    }
}

#[test]
fn entries_that_say_the_same() {
    for (pattern, entries) in [
        (r"https://.*\.example\.com", &["https://*.example.com"][..]),
        (r"https://.+\.example\.com:\d+", &[]),
        (r"https://(.*\.)?example\.com", &["https://example.com", "https://*.example.com"]),
        (r"http://localhost(:\d+)?", &["http://localhost:*"]),
        (r"http://127\.0\.0\.1(:[0-9]+)?", &["http://127.0.0.1:*"]),
        (r"https://[^.]+\.example\.com", &[]),
        (r"https://(app|www)\.example\.com", &[]),
        (r"https://.+\.app\.example\.com(:.*)?", &["https://*.app.example.com:*"]),
        (r"https?://.+\.example\.com", &["https://*.example.com", "http://*.example.com"]),
    ] {
        let mut found = reach(pattern).entries().to_vec();
        found.sort();
        let mut expected = entries.to_vec();
        expected.sort();
        assert_eq!(found, expected, "{pattern}");
    }
}

#[test]
fn dots_that_are_any_character() {
    let dots = |pattern| -> Vec<_> {
        let reach = reach(pattern);
        reach.dots().iter().map(|dot| (dot.column(), dot.also().to_string())).collect()
    };
    assert_eq!(dots(r"https://app.example\.com"), [(12, "https://appxexample.com".to_string())]);
    assert_eq!(dots(r"https://app.example.com").len(), 2);
    assert_eq!(dots(r"https://.*\.example\.com"), []);
    assert_eq!(dots(r"https://[.a]pp\.example\.com"), []);
}

#[test]
fn a_pattern_that_matches_no_origin() {
    for pattern in [
        r"https://Example\.com",
        r"https://example\.com/",
        r"example\.com",
        r"https://example\.com:443",
    ] {
        assert!(reach(pattern).is_empty(), "{pattern}");
    }
    for pattern in
        [r"http://127\.0\.0\.1:\d+", "app://.", r"https://example\.com", r"http://\[::1\]"]
    {
        assert!(!reach(pattern).is_empty(), "{pattern}");
    }
}
