//! A host has one form, the one that browsers serialize: every other is nobody.

use cors_core::{Cors, Policy, PolicyErrors};

use crate::{allows, check, denies};

#[test]
fn what_no_browser_serializes_is_nobody() {
    denies(
        "https://example.com",
        &[
            "https://user@example.com",
            "https://example.com@evil.test",
            "https://example.com:pw@evil.test",
            "https://example.com%40evil.test",
            "https://example.com%00.evil.test",
            "https://example.com/",
            "https://example.com/.evil.test",
            "https://example.com?",
            "https://example.com#",
            "https://example.com\\",
            "https://example.com.",
            "https://example.com..",
            "HTTPS://example.com",
            "https://Example.com",
            "https://EXAMPLE.COM",
            " https://example.com",
            "https://example.com ",
            "\thttps://example.com",
            "https://example.com\t",
            "\"https://example.com\"",
            "https://example.com,",
            "https://example.com;",
            "https://example\u{3002}com",
            "https://\u{435}xample.com",
            "https://exampl\u{0435}.com",
            "https://example.c\u{200b}om",
            "https://example\u{ff0e}com",
        ],
    );
    for control in (0..0x20).chain([0x7f, 0x80, 0xa0, 0xff]) {
        for origin in [
            [b"https://example.com".as_slice(), &[control]].concat(),
            [&[control], b"https://example.com".as_slice()].concat(),
            [b"https://exam", [control].as_slice(), b"ple.com"].concat(),
        ] {
            check("https://example.com", &origin, false);
            check("https://*.com", [&origin[..8], b"a.", &origin[8..]].concat(), false);
        }
    }
}

#[test]
fn punycode_is_compared_as_written() {
    allows("https://xn--bcher-kva.example", &["https://xn--bcher-kva.example"]);
    denies(
        "https://xn--bcher-kva.example",
        &["https://b\u{fc}cher.example", "https://bucher.example", "https://xn--Bcher-kva.example"],
    );
}

#[test]
fn a_trailing_dot_is_another_host() {
    allows("https://example.com.", &["https://example.com."]);
    denies("https://example.com.", &["https://example.com", "https://example.com.."]);
    allows("https://*.example.com.", &["https://a.example.com."]);
    denies("https://*.example.com.", &["https://a.example.com", "https://example.com."]);
}

#[test]
fn an_address_has_one_form_and_no_subdomains() {
    allows("http://127.0.0.1:*", &["http://127.0.0.1", "http://127.0.0.1:3000"]);
    denies(
        "http://127.0.0.1:*",
        &[
            "http://127.1",
            "http://127.000.000.001",
            "http://0x7f.0.0.1",
            "http://2130706433",
            "http://127.0.0.1.",
            "http://127.0.0.1.evil.test",
            "http://a.127.0.0.1",
            "http://[::ffff:127.0.0.1]",
        ],
    );
    allows("http://[::1]:*", &["http://[::1]", "http://[::1]:3000"]);
    denies(
        "http://[::1]:*",
        &[
            "http://::1",
            "http://[::1",
            "http://[::01]",
            "http://[0:0:0:0:0:0:0:1]",
            "http://[::1%25lo]",
            "http://[::1].evil.test",
            "http://[::1]3000",
        ],
    );
}

#[test]
fn an_entry_with_letters_behind_the_bracket_does_not_compile() {
    for entry in ["https://[::1]1", "https://[::1]8443", "https://[::1]*", "https://[::1]a:1"] {
        let compiled: Result<Cors, PolicyErrors> = Policy::new().allow_origins([entry]).compile();
        assert!(compiled.is_err(), "{entry}");
    }
}
