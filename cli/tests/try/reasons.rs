//! The human form's sentences, one refusal at a time.

use crate::run::{policy, run};

/// The sentences between the verdict and the request. `name` is the policy file's.
#[track_caller]
fn check(name: &str, text: &str, args: &[&str], sentences: &[&str]) {
    policy(name, text);
    let said = run(&[&["try", name], args].concat(), b"");
    let block = said.out.split("\n\n").next().unwrap_or_default();
    assert_eq!(block.lines().skip(1).collect::<Vec<_>>(), sentences, "{said:#?}");
}

const KEPT: &str = "The handler runs, but the browser hides the response from the page.";

/// A denied origin, among these alone.
#[track_caller]
fn denied(name: &str, entry: &str, origin: &str, difference: &str) {
    check(
        name,
        &format!("allow_origins = ['{entry}']"),
        &["--origin", origin],
        &[
            &format!("{origin:?} is not in allow_origins, which lists {entry:?}."),
            &format!("The closest entry is {entry:?}: {difference}."),
            KEPT,
        ],
    );
}

#[test]
fn a_near_miss_says_what_differs() {
    denied("scheme.toml", "https://a.example", "http://a.example", "the scheme is http, not https");
    denied(
        "port.toml",
        "https://a.example:8443",
        "https://a.example",
        "the port is the default, not 8443",
    );
    denied(
        "no-port.toml",
        "https://a.example",
        "https://a.example:8443",
        "the port is 8443, not the default",
    );
    denied(
        "apex.toml",
        "https://*.a.example",
        "https://a.example",
        "\"*.\" requires at least one label before a.example",
    );
    denied(
        "under.toml",
        "https://a.example",
        "https://www.a.example",
        "it does not cover subdomains of a.example",
    );
    denied(
        "two.toml",
        "https://*.a.example",
        "http://b.a.example:81",
        "the scheme is http, not https; the port is 81, not the default",
    );
    denied(
        "any-port.toml",
        "https://a.example:*",
        "http://a.example:81",
        "the scheme is http, not https",
    );
}

#[test]
fn the_entry_that_differs_least_is_the_nearest() {
    check(
        "least.toml",
        "allow_origins = ['http://a.example:1', 'https://a.example:1', 'https://b.example']",
        &["--origin", "https://a.example:2"],
        &[
            r#""https://a.example:2" is not in allow_origins, which lists "http://a.example:1", "https://a.example:1" and "https://b.example"."#,
            r#"The closest entry is "https://a.example:1": the port is 2, not 1."#,
            KEPT,
        ],
    );
}

#[test]
fn a_long_list_is_not_shown_whole() {
    let origins: Vec<_> = (0..1000).map(|n| format!("'https://{n}.a.example'")).collect();
    check(
        "long-list.toml",
        &format!("allow_origins = [{}]", origins.join(", ")),
        &["--origin", "https://b.example"],
        &[
            r#""https://b.example" is not in allow_origins, which lists "https://0.a.example", "https://1.a.example", "https://2.a.example", "https://3.a.example", "https://4.a.example" and 995 more."#,
            KEPT,
        ],
    );
}

#[test]
fn an_origin_that_no_browser_sends_is_written_as_one_does() {
    const A: &str = "allow_origins = ['https://a.example']";
    check(
        "upper.toml",
        A,
        &["--origin", "https://A.example/"],
        &[
            r#"Browsers never send this: origin "https://A.example/" contains uppercase letters, which browsers never send: write "https://a.example"."#,
            r#"Browsers never send this: origin "https://A.example/" ends with a slash, but an origin has no path: write "https://a.example"."#,
            r#"The policy allows "https://a.example"."#,
            KEPT,
        ],
    );
    check(
        "mended.toml",
        A,
        &["--origin", "http://a.example:80"],
        &[
            r#"Browsers never send this: origin "http://a.example:80" includes the default port of its scheme, which browsers omit: write "http://a.example"."#,
            r#""http://a.example" is not in allow_origins, which lists "https://a.example"."#,
            r#"The closest entry is "https://a.example": the scheme is http, not https."#,
            KEPT,
        ],
    );
    check(
        "nothing.toml",
        A,
        &["--origin", ""],
        &["Browsers never send this: origin is empty: remove it.", KEPT],
    );
    check(
        "pattern.toml",
        A,
        &["--origin", "https://*.a.example"],
        &[r#""https://*.a.example" is not a single origin, and browsers send exactly one."#, KEPT],
    );
    check(
        "null.toml",
        A,
        &["--origin", "null"],
        &[
            r#"The origin is "null", which sandboxed frames and local files send. Only dangerously_allow_null_origin allows it."#,
            KEPT,
        ],
    );
}

#[test]
fn patterns_and_predicates_are_told() {
    check(
        "elsewhere.toml",
        "allow_origin_patterns = ['https://pr-[0-9]+\\.a\\.example']\ndynamic_origins = true",
        &["--origin", "https://pr-x.a.example"],
        &[
            r#""https://pr-x.a.example" is not in allow_origins, which is empty."#,
            r#"It does not match allow_origin_patterns either, which lists "https://pr-[0-9]+\\.a\\.example"."#,
            "dynamic_origins is set: the server's predicate may still allow this origin, but it is not called here.",
            KEPT,
        ],
    );
}

#[test]
fn methods_and_headers_that_are_not_listed() {
    const NO_GET: &str = "The browser does not send the GET request.";
    check(
        "method.toml",
        "allow_origins = ['*']",
        &["--origin", "https://a.example", "--method", "DELETE"],
        &[
            r#""DELETE" is not in allow_methods, which is empty. GET, HEAD and POST do not need to be listed."#,
            "The browser does not send the DELETE request.",
        ],
    );
    check(
        "header.toml",
        "allow_origins = ['*']\nallow_headers = ['X-A']",
        &["--origin", "https://a.example", "--header", "x-a", "--header", "X-B"],
        &[r#""x-b" is not in allow_headers, which lists "X-A"."#, NO_GET],
    );
    check(
        "only-listed.toml",
        "allow_origins = ['*']\nallow_methods = ['PUT']\nonly_listed_methods = true",
        &["--origin", "https://a.example", "--method", "POST", "--header", "x-a"],
        &[
            r#""POST" is not in allow_methods, which lists "PUT". GET, HEAD and POST must be listed too, because only_listed_methods is set."#,
            "only_listed_methods leaves the CORS headers off this response, so the browser's console blames the origin.",
            "The browser does not send the POST request.",
        ],
    );
    check(
        "headers.toml",
        "allow_origins = ['*']\nsilent_refusals = true",
        &["--origin", "https://a.example", "--header", "x-c", "x-b", "x-a"],
        &[
            r#""x-a", "x-b" and "x-c" are not in allow_headers, which is empty."#,
            "silent_refusals leaves the CORS headers off this response, so the browser's console blames the origin.",
            NO_GET,
        ],
    );
    let long = "x".repeat(5000);
    check(
        "echo.toml",
        "allow_origins = ['https://a.example']\nallow_credentials = true\nallow_headers = ['*']\nallow_methods = ['*']",
        &["--origin", "https://a.example", "--header", &long],
        &["The header names are too long: the response can repeat at most 4096 bytes.", NO_GET],
    );
}

#[test]
fn what_allows_an_origin_is_named() {
    let args = &["--origin", "https://a.example"];
    check(
        "any.toml",
        "allow_origins = ['*']",
        args,
        &[r#"allow_origins lists "*", which matches "https://a.example"."#],
    );
    check(
        "regex.toml",
        "allow_origin_patterns = ['https://..example']",
        args,
        &[r#"allow_origin_patterns lists "https://..example", which matches "https://a.example"."#],
    );
    check(
        "reflect.toml",
        "dangerously_allow_any_origin_with_credentials = true",
        args,
        &["dangerously_allow_any_origin_with_credentials is set."],
    );
    check(
        "null-allowed.toml",
        "dangerously_allow_null_origin = true",
        &["--origin", "null"],
        &["dangerously_allow_null_origin is set."],
    );
}
