use alloc::string::ToString;

use super::*;

#[track_caller]
fn accepts(text: &str, scheme: &str, subdomains: bool, host: &str, port: PortPattern) {
    assert_eq!(parse(text), Ok(Pattern { scheme, subdomains, host, port }));
}

#[track_caller]
fn refuses(text: &str, codes: &[&str], instead: Option<&str>) {
    let errors = parse(text).expect_err(text);
    assert_eq!(errors.iter().map(Diagnostic::code).collect::<Vec<_>>(), codes, "{text:?}");
    for error in errors {
        assert_eq!(error.value(), text);
        assert_eq!(error.suggestion(), instead, "{text:?}");
    }
}

#[test]
fn one_origin_or_a_family() {
    use PortPattern::{Any, Exactly};
    accepts("https://example.com", "https", false, "example.com", Exactly(None));
    accepts("https://*.example.com", "https", true, "example.com", Exactly(None));
    accepts("http://localhost:*", "http", false, "localhost", Any);
    accepts("https://*.example.com:*", "https", true, "example.com", Any);
    accepts("https://*.example.com:8443", "https", true, "example.com", Exactly(Some(8443)));
    accepts("http://[::1]:3000", "http", false, "[::1]", Exactly(Some(3000)));
    accepts("http://127.0.0.1:*", "http", false, "127.0.0.1", Any);
    accepts("capacitor://localhost", "capacitor", false, "localhost", Exactly(None));
    accepts("https://a_b.example.", "https", false, "a_b.example.", Exactly(None));
}

#[test]
fn one_mistake_one_code_and_what_to_write() {
    let fixed = Some("https://example.com");
    refuses("example.com", &["origin-missing-scheme"], fixed);
    refuses("//example.com", &["origin-missing-scheme"], fixed);
    refuses("https:/example.com", &["origin-missing-scheme"], fixed);
    refuses("example.com/", &["origin-missing-scheme"], fixed);
    refuses(" https://example.com\n", &["origin-space"], fixed);
    refuses("localhost:3000", &["origin-missing-scheme"], Some("http://localhost:3000"));
    refuses("https://Example.com", &["origin-upper-case"], fixed);
    refuses("HTTPS://example.com", &["origin-upper-case"], fixed);
    refuses("https://example.com/", &["origin-trailing-slash"], fixed);
    refuses("https://example.com/app", &["origin-path"], fixed);
    refuses("https://example.com?a", &["origin-query"], fixed);
    refuses("https://example.com#a", &["origin-fragment"], fixed);
    refuses("https://me:pw@example.com", &["origin-user-info"], fixed);
    refuses("https://example.com:443", &["origin-default-port"], fixed);
    refuses("http://example.com:80", &["origin-default-port"], Some("http://example.com"));
    refuses("http://[0:0:0:0:0:0:0:1]", &["origin-ipv6"], Some("http://[::1]"));
    refuses("http://::1", &["origin-ipv6"], Some("http://[::1]"));
    refuses("https://example.com:08443", &["origin-port"], Some("https://example.com:8443"));
    for port in ["0", "65536", "", "http", "-1", "99999999999"] {
        refuses(&format!("https://example.com:{port}"), &["origin-port"], fixed);
    }
}

#[test]
fn custom_schemes_have_opaque_hosts() {
    use PortPattern::{Any, Exactly};
    accepts("app://.", "app", false, ".", Exactly(None));
    accepts("app://Main:8080", "app", false, "Main", Exactly(Some(8080)));
    accepts("app://a..b:*", "app", false, "a..b", Any);
    let id = "E3449EA7-5A1B-4C0D-9E2F-0123456789AB";
    accepts(
        &format!("safari-web-extension://{id}"),
        "safari-web-extension",
        false,
        id,
        Exactly(None),
    );
    accepts("moz-extension://*", "moz-extension", false, "*", Exactly(None));
    refuses("app://Main/", &["origin-trailing-slash"], Some("app://Main"));
    refuses("app://Main/index.html", &["origin-path"], Some("app://Main"));
    refuses("moz-extension://*/", &["origin-trailing-slash"], Some("moz-extension://*"));
    refuses("https://*", &["origin-wildcard"], None);
    refuses("https://.", &["origin-host"], None);
    refuses("App://.", &["origin-upper-case", "origin-host"], None);
}

#[test]
fn what_cannot_be_mended_is_still_explained() {
    refuses("null", &["origin-null"], None);
    refuses("file:///index.html", &["origin-file-scheme"], None);
    refuses("https://b\u{fc}cher.example", &["origin-not-ascii"], None);
    refuses("my_app://localhost", &["origin-scheme"], None);
    refuses("https://my app.example", &["origin-space"], None);
    refuses("https://a.example, https://b.example", &["origin-several"], None);
    refuses("https://a.example https://b.example", &["origin-several"], None);
    refuses("", &["origin-empty"], None);
    refuses("Null", &["origin-null"], None);
    refuses("https://127.1", &["origin-ipv4"], None);
    refuses("https://1.2.3.256", &["origin-ipv4"], None);
    refuses("https://*.127.0.0.1", &["origin-wildcard-address"], None);
    refuses("https://*.[::1]", &["origin-wildcard-address"], None);
    refuses("https://[::g]", &["origin-ipv6"], None);
    refuses("https://", &["origin-host"], None);
    refuses("https://exa%20mple.com", &["origin-host"], None);
    refuses("https://[::1]8443", &["origin-ipv6"], None);
    refuses("https://[::1]*", &["origin-ipv6"], None);
    refuses("https://example..com", &["origin-host"], None);
    refuses(&format!("https://{}.com", "a".repeat(64)), &["origin-host"], None);
    for text in [
        "*.example.com",
        "https://*",
        "https://a.*.example.com",
        "https://*example.com",
        "https://example.*",
        "https://*.*.example.com",
        "*://example.com",
        "https://example.com:80*",
        "https://example.com:*:1",
        "https://example.com:*:1",
    ] {
        let codes: Vec<_> = parse(text).expect_err(text).iter().map(Diagnostic::code).collect();
        let expected =
            if text.contains("://") { "origin-wildcard" } else { "origin-missing-scheme" };
        assert_eq!(codes, [expected], "{text}");
    }
}

#[test]
fn all_mistakes_at_once() {
    let codes = [
        "origin-upper-case",
        "origin-user-info",
        "origin-default-port",
        "origin-path",
        "origin-query",
    ];
    refuses("HTTPS://me@Example.com:443/a?b", &codes, Some("https://example.com"));
}

#[test]
fn it_prints_as_one_clause() {
    let [error] = &parse("https://example.com/").expect_err("a slash")[..] else { panic!("one") };
    let text = "origin \"https://example.com/\" ends with a slash, but an origin has no path: write \"https://example.com\"";
    assert_eq!(error.to_string(), text);
}
