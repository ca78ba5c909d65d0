//! Arguments that cannot be used: exit status 2, and nothing is sent.

use crate::run::explain;

#[track_caller]
fn refused(args: &[&str], sentence: &str) {
    let said = explain(args);
    assert_eq!(said.status, Some(2), "{args:?}");
    let text = said.err + &said.out;
    assert!(text.contains(sentence), "{args:?}: {text}");
}

#[test]
fn arguments_that_no_browser_would_send() {
    const URL: &str = "http://127.0.0.1:1/";
    const PAGE: [&str; 2] = ["--origin", "https://app.example"];
    refused(&[], "required");
    refused(&[URL], "missing --origin");
    refused(&[URL, "--origin", "app.example"], "write it like");
    for (url, sentence) in [
        ("api.example", "https://api.example"),
        ("ftp://api.example/", "is not http or https"),
        ("http://user@127.0.0.1:1/", "with a user name"),
        ("wss://api.example/", "CORS does not apply to WebSockets"),
        ("http://a b/", "cannot parse the URL"),
    ] {
        refused(&[&[url], &PAGE[..]].concat(), sentence);
    }
    for (args, sentence) in [
        (["--method", "TRACE"], "cannot be used by a script"),
        (["--method", "A B"], "is not a valid HTTP token"),
        (["--header", "no colon"], "expected NAME: VALUE"),
        (["--header", "a b: 1"], "has an invalid name or value"),
        (["--timeout", "0"], "above 0"),
        (["--credentials", "yes"], "invalid value"),
        (["--profile", "netscape"], "invalid value"),
    ] {
        refused(&[&[URL], &PAGE[..], &args].concat(), sentence);
    }
}

#[test]
fn a_header_that_no_script_may_set_is_told() {
    let said = explain(&[
        "http://127.0.0.1:1/",
        "--origin",
        "https://app.example",
        "--header",
        "Cookie: a=b",
    ]);
    assert_eq!(
        said.err,
        "cors: ignoring Cookie: browsers set it themselves, and scripts cannot: use --cookie\n"
    );
    assert!(!said.out.contains("a=b"), "{}", said.out);
}
