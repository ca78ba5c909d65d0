//! The classic holes: what each entry of a policy allows, and what only looks like it.

mod beyond_the_list;
mod serialized;

use cors_core::{Cors, Policy, Verdict, plain::Request};

#[track_caller]
fn check(entry: &str, origin: impl AsRef<[u8]>, allowed: bool) {
    let cors = Policy::new().allow_origins([entry]).compile().expect("a valid entry");
    check_compiled(&cors, entry, origin.as_ref(), allowed);
}

#[track_caller]
fn check_compiled(cors: &Cors, entry: &str, origin: &[u8], allowed: bool) {
    let request = Request::new("GET", [("origin", origin)]);
    let found = cors.decide(&request).verdict() == Verdict::Allow;
    assert_eq!(found, allowed, "{entry} {}", origin.escape_ascii());
}

#[track_caller]
fn allows(entry: &str, origins: &[&str]) {
    for origin in origins {
        check(entry, origin, true);
    }
}

#[track_caller]
fn denies(entry: &str, origins: &[&str]) {
    for origin in origins {
        check(entry, origin, false);
    }
}

#[test]
fn neither_a_prefix_nor_a_suffix_nor_a_part_is_the_origin() {
    allows("https://example.com", &["https://example.com"]);
    denies(
        "https://example.com",
        &[
            "https://evilexample.com",
            "https://evil-example.com",
            "https://evil.test/https://example.com",
            "https://example.com.evil.test",
            "https://example.comevil.test",
            "https://example.co",
            "https://example.com-evil.test",
            "https://example.com_.evil.test",
            "https://a.example.com",
            "https://xample.com",
            "ttps://example.com",
            "xhttps://example.com",
            "example.com",
            "//example.com",
            "",
            "*",
        ],
    );
}

#[test]
fn a_dot_is_a_dot() {
    denies(
        "https://www.example.com",
        &["https://wwwxexample.com", "https://www.examplexcom", "https://www-example.com"],
    );
    denies("https://*.example.com", &["https://a.examplexcom", "https://axexample.com"]);
}

#[test]
fn two_entries_never_make_a_third() {
    let entries = ["https://foo.com", "https://bar.com", "https://baz.com", "https://*.qux.com"];
    for count in 2..=entries.len() {
        let some = entries.iter().copied().take(count);
        let cors = Policy::new().allow_origins(some).compile().expect("valid entries");
        for origin in [
            "https://barfoo.com",
            "https://foo.combar.com",
            "https://foo.com,https://bar.com",
            "https://foo.com, https://bar.com",
            "https://foo.com https://bar.com",
            "https://foo.comhttps://bar.com",
            "https://foo.com.qux.com.evil.test",
        ] {
            check_compiled(&cors, "all of them", origin.as_bytes(), false);
        }
        check_compiled(&cors, "all of them", b"https://bar.com", true);
    }
}

#[test]
fn the_star_stands_for_labels_and_never_for_none() {
    allows(
        "https://*.example.com",
        &[
            "https://a.example.com",
            "https://a.b.c.example.com",
            "https://example.com.example.com",
            "https://xn--a.example.com",
            "https://_a.example.com",
            "https://1.example.com",
        ],
    );
    denies(
        "https://*.example.com",
        &[
            "https://example.com",
            "https://.example.com",
            "https://a..example.com",
            "https://*.example.com",
            "https://evilexample.com",
            "https://a.evilexample.com",
            "https://a.example.com.evil.test",
            "https://a.example.com:8443",
            "http://a.example.com",
            "https://a.example.com.",
            "https://evil.test/.example.com",
            "https://evil.test?.example.com",
            "https://evil.test#.example.com",
            "https://evil.test\\.example.com",
            "https://evil.test:80.example.com",
            "https://evil.test@a.example.com",
            "https://evil test.example.com",
            "https://evil.test%2f.example.com",
            "https://evil.test%00.example.com",
            "https://evil.test\0.example.com",
            "https://evil.test`.example.com",
            "https://evil.test{.example.com",
            "https://evil.test!.example.com",
            "https://evil.test$.example.com",
            "https://evil.test;.example.com",
            "https://evil.test,https://a.example.com",
            "https://A.example.com",
            "https://\u{e4}.example.com",
        ],
    );
    check("https://*.example.com", format!("https://{}.example.com", "a".repeat(63)), true);
    check("https://*.example.com", format!("https://{}.example.com", "a".repeat(64)), false);
    check("https://*.example.com", format!("https://{}example.com", "a.".repeat(121)), true);
    check("https://*.example.com", format!("https://{}example.com", "a.".repeat(122)), false);
}

#[test]
fn a_port_is_part_of_the_origin() {
    allows("https://example.com:8443", &["https://example.com:8443"]);
    denies(
        "https://example.com:8443",
        &[
            "https://example.com",
            "https://example.com:844",
            "https://example.com:84430",
            "https://example.com:08443",
            "https://example.com:8443:8443",
            "https://example.com:8443.evil.test",
            "https://example.com:+8443",
        ],
    );
    denies("https://example.com", &["https://example.com:443", "https://example.com:"]);
    allows(
        "http://localhost:*",
        &["http://localhost", "http://localhost:1", "http://localhost:65535"],
    );
    denies(
        "http://localhost:*",
        &[
            "http://localhost:",
            "http://localhost:80",
            "http://localhost:65536",
            "http://localhost:*",
            "http://localhost:1a",
            "http://localhost:1@evil.test",
            "http://localhost.evil.test",
            "http://localhost.",
            "http://a.localhost:1",
            "https://localhost:1",
        ],
    );
    allows("https://*.example.com:*", &["https://a.example.com", "https://a.example.com:1"]);
    denies("https://*.example.com:*", &["https://example.com:1", "https://a.example.com.evil:1"]);
}

#[test]
fn a_scheme_is_part_of_the_origin() {
    denies(
        "https://example.com",
        &[
            "http://example.com",
            "ws://example.com",
            "file://example.com",
            "https:example.com",
            "https:/example.com",
            "https:\\\\example.com",
            "javascript:https://example.com",
            "view-source:https://example.com",
        ],
    );
    allows("capacitor://localhost", &["capacitor://localhost"]);
    denies("capacitor://localhost", &["http://localhost", "ionic://localhost"]);
    allows("chrome-extension://abcdef", &["chrome-extension://abcdef"]);
    denies("chrome-extension://abcdef", &["chrome-extension://abcdeg", "moz-extension://abcdef"]);
}
