use super::*;

#[track_caller]
fn accepts(text: &str) {
    let origin = Origin::parse(text.as_bytes());
    assert_eq!(origin.map(|origin| origin.as_str()), Some(text));
}

#[track_caller]
fn refuses(text: &str) {
    assert_eq!(Origin::parse(text.as_bytes()), None, "{text:?}");
}

#[test]
fn what_browsers_serialize() {
    accepts("https://example.com");
    accepts("http://localhost:3000");
    accepts("http://127.0.0.1:8080");
    accepts("http://[::1]:8080");
    accepts("https://[2001:db8::1]");
    accepts("https://xn--bcher-kva.example");
    accepts("https://a_b.example.com");
    accepts("https://example.com.");
    accepts("https://-a-.example");
    accepts("chrome-extension://abcdefghijklmnop");
    accepts("capacitor://localhost");
    accepts("app://.");
    accepts("safari-web-extension://E3449EA7-5A1B-4C0D-9E2F-0123456789AB");
    accepts("https://example.com:80");
    accepts("http://example.com:65535");
    accepts("http://example.com:0");
    accepts("https://1.example");
    accepts("https://0x.example");
}

#[test]
fn what_no_browser_serializes() {
    for text in [
        "",
        "null",
        "*",
        "https",
        "https:",
        "https:/",
        "https://",
        "://example.com",
        "//example.com",
        "example.com",
        "https//example.com",
        "https:example.com",
        "HTTPS://example.com",
        "https://Example.com",
        "1http://example.com",
        "ht_tp://example.com",
        "https://example.com/",
        "https://example.com/a",
        "https://example.com?",
        "https://example.com#",
        "https://user@example.com",
        "https://example.com:",
        "https://example.com:443",
        "http://example.com:80",
        "https://example.com:08",
        "https://example.com:65536",
        "https://example.com:+1",
        "https://example.com:1a",
        "https://example.com:80:80",
        "https://.example.com",
        "https://example..com",
        "https://example.com..",
        "https://.",
        "https://exa mple.com",
        " https://example.com",
        "https://example.com ",
        "https://ex%61mple.com",
        "https://b\u{fc}cher.example",
        "https://example.com,https://example.com",
        "https://*.example.com",
        "https://example.com\\",
        "https://example.com\0",
        "http://127.1",
        "http://0x7f.0.0.1",
        "http://127.0.0.01",
        "http://256.0.0.1",
        "http://1.2.3.4.",
        "http://example.123",
        "http://example.0x1f",
        "http://1.2.3.4.5",
        "http://[::1",
        "http://::1",
        "http://[0:0:0:0:0:0:0:1]",
        "http://[::FFFF]",
        "http://[::ffff:1.2.3.4]",
        "http://[]",
        "http://[::1]x",
        "http://[::1%25eth0]",
        "file://",
        "file:///etc/passwd",
        "file://host",
    ] {
        refuses(text);
    }
}

#[test]
fn bytes_that_are_no_utf_8_are_refused() {
    for byte in 0x80..=0xff {
        assert_eq!(Origin::parse(&[b"https://example".as_slice(), &[byte]].concat()), None);
    }
}

#[test]
fn lengths_are_bounded() {
    let label = "a".repeat(63);
    let longest = [&*label, &*label, &*label, &"a".repeat(61)].join(".");
    accepts(&alloc::format!("https://{longest}"));
    accepts(&alloc::format!("https://{longest}."));
    refuses(&alloc::format!("https://{longest}a"));
    refuses(&alloc::format!("https://{}.com", "a".repeat(64)));
    refuses(&alloc::format!("https://{}", "a.".repeat(4096)));
    refuses(&alloc::format!("{}://a", "a".repeat(65)));
}

#[test]
fn an_address_is_under_nothing() {
    let origin = Origin::parse(b"http://127.0.0.1").expect("a valid origin");
    assert!(!origin.is_under("0.0.1") && !origin.is_under("1"));
    let origin = Origin::parse(b"http://a.example").expect("a valid origin");
    assert!(!origin.is_under("") && !origin.is_under(".example") && !origin.is_under("e"));
}

#[test]
fn loopback_is_this_machine_only() {
    for (text, expected) in [
        ("http://localhost:1", true),
        ("http://app.localhost", true),
        ("http://127.9.9.9", true),
        ("http://[::1]", true),
        ("http://localhost.example", false),
        ("http://notlocalhost", false),
        ("http://128.0.0.1", false),
        ("http://127.example", false),
    ] {
        let origin = Origin::parse(text.as_bytes()).expect("a valid origin");
        assert_eq!(origin.is_loopback(), expected, "{text}");
    }
}
