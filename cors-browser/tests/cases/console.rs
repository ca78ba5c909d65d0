//! What Chromium's console says, word for word.

use cors_browser::{Mode, Outcome, Profile, Request, Response, fetch};

use crate::{answer, to_api, with_credentials};

const BLOCKED: &str = "Access to fetch at 'https://api.example/' from origin \
    'https://app.example' has been blocked by CORS policy: ";
const PREFLIGHT: &str = "Response to preflight request doesn't pass access control check: ";

fn said(request: &Request, response: &Response) -> Option<String> {
    match fetch(Profile::Chromium, request, |_| Some(response.clone())) {
        Outcome::Blocked(reason) => reason.console(),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn check(request: &Request, status: u16, lines: &[(&'static str, &str)], wanted: &str) {
    let said = said(request, &answer(status, lines)).expect("a sentence");
    assert_eq!(said, format!("{BLOCKED}{wanted}"));
}

/// The same of a preflight, behind its own words, and of the request itself.
#[track_caller]
fn both(credentials: bool, lines: &[(&'static str, &str)], wanted: &str) {
    let request = |method| match credentials {
        true => with_credentials(to_api(method, &[])),
        false => to_api(method, &[]),
    };
    check(&request("GET"), 200, lines, wanted);
    check(&request("PUT"), 200, lines, &format!("{PREFLIGHT}{wanted}"));
}

#[test]
fn of_the_origin() {
    both(
        false,
        &[],
        "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
    );
    both(
        true,
        &[("acao", "*")],
        "The value of the 'Access-Control-Allow-Origin' header in the response must not be the \
            wildcard '*' when the request's credentials mode is 'include'.",
    );
    for (line, shown) in [("*, *", "*, *"), ("* *", "* *"), ("a,\u{7f}", r"a,\u007F")] {
        both(
            false,
            &[("acao", line)],
            &format!(
                "The 'Access-Control-Allow-Origin' header contains multiple values '{shown}', but \
                    only one is allowed. Have the server send the header with a valid value."
            ),
        );
    }
    for line in ["", "**", "app.example", "https://", "https://a:x"] {
        both(
            false,
            &[("acao", line)],
            &format!(
                "The 'Access-Control-Allow-Origin' header contains the invalid value '{line}'. \
                    Have the server send the header with a valid value."
            ),
        );
    }
    for line in ["null", "https://b.example", "https://app.example/", "HTTPS://APP.EXAMPLE"] {
        both(
            false,
            &[("acao", line)],
            &format!(
                "The 'Access-Control-Allow-Origin' header has a value '{line}' that is not equal \
                    to the supplied origin. Have the server send the header with a valid value."
            ),
        );
    }
}

#[test]
fn of_credentials() {
    for value in [None, Some("True")] {
        let acao = [("acao", crate::PAGE)].into_iter();
        let lines: Vec<_> = acao.chain(value.map(|value| ("acac", value))).collect();
        both(
            true,
            &lines,
            &format!(
                "The value of the 'Access-Control-Allow-Credentials' header in the response is \
                    '{}' which must be 'true' when the request's credentials mode is 'include'.",
                value.unwrap_or_default()
            ),
        );
    }
}

#[test]
fn of_a_preflight() {
    let put = to_api("PUT", &[("X-A", "1")]);
    let redirect = "Redirect is not allowed for a preflight request.";
    check(&put, 307, &[("acao", "*")], &format!("{PREFLIGHT}{redirect}"));
    let status = "It does not have HTTP ok status.";
    check(&put, 404, &[("acao", "*")], &format!("{PREFLIGHT}{status}"));
    check(
        &put,
        204,
        &[("acao", "*"), ("acam", "PUT;")],
        "Cannot parse Access-Control-Allow-Methods response header field in preflight response.",
    );
    check(
        &put,
        204,
        &[("acao", "*"), ("acah", "PUT;")],
        "Cannot parse Access-Control-Allow-Headers response header field in preflight response.",
    );
    check(
        &put,
        204,
        &[("acao", "*")],
        "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.",
    );
    check(
        &put,
        204,
        &[("acao", "*"), ("acam", "PUT")],
        "Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight \
            response.",
    );
}

#[test]
fn of_what_is_not_sent() {
    assert_eq!(
        said(&to_api("GET", &[]).mode(Mode::SameOrigin), &answer(200, &[])).as_deref(),
        Some(
            "Fetch API cannot load https://api.example/. Request mode is \"same-origin\" but the \
                URL's origin is not same as the request origin https://app.example."
        )
    );
    let request = Request::new("null", "ftp://api.example/", "GET");
    assert_eq!(
        said(&request, &answer(200, &[])).as_deref(),
        Some(
            "Access to fetch at 'ftp://api.example/' from origin 'null' has been blocked by CORS \
                policy: Cross origin requests are only supported for protocol schemes: chrome, \
                chrome-extension, chrome-untrusted, data, http, https, isolated-app."
        )
    );
    assert_eq!(said(&to_api("TRACE", &[]), &answer(200, &[])), None);
}

#[test]
fn of_redirects() {
    let to = |location| answer(302, &[("acao", "*"), ("location", location)]);
    check(
        &to_api("GET", &[]),
        302,
        &[("acao", "*"), ("location", "https://u:p@b.example/")],
        "Redirect location '' contains a username and password, which is disallowed for \
            cross-origin requests.",
    );
    let outcome = fetch(Profile::Chromium, &to_api("GET", &[]), |sent| {
        Some(if sent.url == crate::API { to("https://b.example/") } else { answer(200, &[]) })
    });
    let Outcome::Blocked(reason) = outcome else { panic!("{outcome:?}") };
    assert_eq!(
        reason.console().as_deref(),
        Some(
            "Access to fetch at 'https://b.example/' (redirected from 'https://api.example/') from \
                origin 'https://app.example' has been blocked by CORS policy: No \
                'Access-Control-Allow-Origin' header is present on the requested resource."
        )
    );
}
