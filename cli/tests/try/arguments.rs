//! The command line itself.

use crate::run::{policy, run};

/// What starts a message on standard error, and the exit status.
#[track_caller]
fn rejects(args: &[&str], message: &str) {
    let said = run(args, b"");
    assert!(said.err.starts_with(message), "{}", said.err);
    assert_eq!((said.out.as_str(), said.status), ("", Some(2)), "{args:?}");
}

#[test]
fn help_is_asked_for_or_needed() {
    for (args, needle) in
        [(&["--help"][..], "Usage: cors <COMMAND>"), (&["try", "--help"], "Exit status: 0")]
    {
        let said = run(args, b"");
        assert!(said.out.contains(needle), "{}", said.out);
        assert_eq!((said.err.as_str(), said.status), ("", Some(0)));
    }
    rejects(&[], "Check, try and explain CORS policies\n\nUsage: cors <COMMAND>");
}

#[test]
fn a_question_is_a_policy_and_an_origin() {
    rejects(
        &["try", "a.toml"],
        "error: the following required arguments were not provided:\n  --origin",
    );
    for args in [
        &["try", "--origin", "https://a.example"][..],
        &["try", "--method", "PUT"],
        &["try", "--header", "x-a"],
        &["try", "--preflight"],
        &["try", "--actual"],
    ] {
        rejects(args, "error: the following required arguments were not provided:\n");
    }
    rejects(
        &["try", "a.toml", "--origin", "null", "--preflight", "--actual"],
        "error: the argument '--preflight' cannot be used with '--actual'",
    );
    rejects(&["tri"], "error: unrecognized subcommand 'tri'");
}

#[test]
fn what_no_browser_sends_cannot_be_asked() {
    policy("arguments.toml", "allow_origins = ['*']");
    let ask = |args: &[&'static str]| {
        [&["try", "arguments.toml", "--origin", "https://a.example"], args].concat()
    };
    rejects(
        &ask(&["--method", "TRACE", "--header", "Cookie", "a b"]),
        "method \"TRACE\" cannot be used by a script: remove it [method-forbidden]\n\
         header name \"Cookie\" cannot be set by a script: remove it [header-forbidden]\n\
         header name \"a b\" is not a valid HTTP token: write a name such as \"content-type\" [header-token]\n",
    );
    rejects(
        &["try", "arguments.toml", "--origin", "https://a.example\r\nx: y"],
        "error: invalid value 'https://a.example\r\nx: y' for '--origin <ORIGIN>': contains a control character, which is not allowed in a header value",
    );
}
