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
    refused(&[URL], "--origin is missing");
    refused(&[URL, "--origin", "app.example"], "none that a browser serializes");
    refused(&[URL, "--origin", "https://app.example/"], "none that a browser serializes");
    for (url, sentence) in [
        ("api.example", "such as https://api.example"),
        ("ftp://api.example/", "is neither http nor https"),
        ("http://user@127.0.0.1:1/", "with a user name"),
        ("http://a b/", "is none that is read here"),
    ] {
        refused(&[&[url], &PAGE[..]].concat(), sentence);
    }
    for (args, sentence) in [
        (["--method", "TRACE"], "is sent for no script"),
        (["--method", "A B"], "is no token"),
        (["--header", "no colon"], "write a name, a colon and a value"),
        (["--header", "a b: 1"], "has a name or a value that is none"),
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
        "cors: Cookie is not sent: browsers set it themselves, and let no script do so\n"
    );
    assert!(!said.out.contains("a=b"), "{}", said.out);
}
