//! Every fault of a response, in the order of the checks.

use cors_browser::{Fetch, Profile, Reason, Request, Response, Step};

use crate::{PAGE, answer, cors, to_api, with_credentials};

#[track_caller]
fn check(faults: &[Reason], slugs: &[&str]) {
    let got: Vec<_> = faults.iter().map(Reason::code).collect();
    assert_eq!(got, slugs);
}

#[track_caller]
fn actual(request: &Request, response: &Response, slugs: &[&str]) {
    for profile in Profile::ALL {
        let request = cors(profile, request);
        check(&request.cors_faults(response), slugs);
        let first = request.cors_check(response).err();
        assert_eq!(first.as_ref().map(Reason::code), slugs.first().copied());
    }
}

#[track_caller]
fn preflight(profile: Profile, request: &Request, response: &Response, slugs: &[&str]) {
    let request = cors(profile, request);
    check(&request.preflight_faults(response), slugs);
    let first = request.preflight_check(response).err();
    assert_eq!(first.as_ref().map(Reason::code), slugs.first().copied());
}

/// The same in every profile.
#[track_caller]
fn preflights(request: &Request, response: &Response, slugs: &[&str]) {
    for profile in Profile::ALL {
        preflight(profile, request, response, slugs);
    }
}

#[test]
fn a_star_covers_no_credentials() {
    let request = with_credentials(to_api("GET", &[]));
    let star = "actual.acao.wildcard-with-credentials";
    actual(&request, &answer(200, &[("acao", "*"), ("acac", "true")]), &[star]);
    actual(&request, &answer(200, &[("acao", "*")]), &[star, "actual.acac.missing"]);
    actual(&to_api("GET", &[]), &answer(200, &[("acao", "*")]), &[]);
}

#[test]
fn a_star_in_a_preflight_covers_no_credentials() {
    let request = with_credentials(to_api("PUT", &[("x-a", "1")]));
    let lines = [("acao", "*"), ("acac", "true"), ("acam", "*"), ("acah", "*")];
    preflights(
        &request,
        &answer(204, &lines),
        &[
            "preflight.acao.wildcard-with-credentials",
            "preflight.method.not-allowed",
            "preflight.header.not-allowed",
        ],
    );
}

#[test]
fn a_preflight_allows_credentials_as_well() {
    let request = with_credentials(to_api("PUT", &[]));
    let lines = [("acao", PAGE), ("acam", "PUT")];
    preflights(&request, &answer(204, &lines), &["preflight.acac.missing"]);
    for wrong in ["True", "false", "", "true, true"] {
        let lines = [&lines[..], &[("acac", wrong)]].concat();
        preflights(&request, &answer(204, &lines), &["preflight.acac.invalid"]);
    }
    preflights(&request, &answer(204, &[&lines[..], &[("acac", "true")]].concat()), &[]);
}

#[test]
fn all_that_is_wrong_is_said() {
    let request = with_credentials(to_api("PUT", &[("x-b", "1"), ("X-A", "1")]));
    preflights(
        &request,
        &answer(200, &[]),
        &[
            "preflight.acao.missing",
            "preflight.acac.missing",
            "preflight.method.not-allowed",
            "preflight.header.not-allowed",
            "preflight.header.not-allowed",
        ],
    );
    let faults = cors(Profile::Fetch, &request).preflight_faults(&answer(200, &[("acah", "x-a")]));
    assert_eq!(faults.last().map(Reason::subject), Some("x-b"));
}

#[test]
fn a_list_that_does_not_parse_covers_nothing() {
    let request = to_api("PUT", &[("x-a", "1")]);
    let lines = [("acao", "*"), ("acam", "PUT, a b"), ("acah", "x-a;")];
    let unparsable = ["preflight.acam.unparsable", "preflight.acah.unparsable"];
    preflights(&request, &answer(204, &lines), &unparsable);
}

#[test]
fn what_is_looked_at_first_is_the_browsers_choice() {
    let request = to_api("PUT", &[]);
    let (acao, method) = ("preflight.acao.missing", "preflight.method.not-allowed");
    for (status, of_status, first_in_chromium) in
        [(302, "preflight.redirect", true), (404, "preflight.status", false)]
    {
        let late = [acao, of_status, method];
        let early = [of_status, acao, method];
        let response = answer(status, &[]);
        preflight(Profile::Fetch, &request, &response, &late);
        preflight(Profile::Firefox, &request, &response, &late);
        let slugs = if first_in_chromium { early } else { late };
        preflight(Profile::Chromium, &request, &response, &slugs);
        preflight(Profile::WebKit, &request, &response, &early);
    }
}

#[test]
fn firefox_checks_the_method_before_it_reads_the_headers() {
    let response = answer(204, &[("acao", "*"), ("acah", "a b")]);
    let (method, headers) = ("preflight.method.not-allowed", "preflight.acah.unparsable");
    let request = to_api("PUT", &[]);
    preflight(Profile::Firefox, &request, &response, &[method, headers]);
    for profile in [Profile::Fetch, Profile::Chromium, Profile::WebKit] {
        preflight(profile, &request, &response, &[headers, method]);
    }
}

#[test]
fn authorization_is_named_or_else_covered_by_engines_alone() {
    let request = to_api("GET", &[("Authorization", "x"), ("a", "1")]);
    let star = answer(204, &[("acao", "*"), ("acah", "*")]);
    preflight(Profile::Fetch, &request, &star, &["preflight.header.authorization-not-listed"]);
    for profile in [Profile::Chromium, Profile::Firefox, Profile::WebKit] {
        preflight(profile, &request, &star, &[]);
    }
    preflights(&request, &answer(204, &[("acao", "*"), ("acah", "*, AUTHORIZATION")]), &[]);
    // The standard asks for it before all others.
    let none = answer(204, &[("acao", "*")]);
    let (strict, other) =
        ("preflight.header.authorization-not-listed", "preflight.header.not-allowed");
    preflight(Profile::Fetch, &request, &none, &[strict, other]);
    preflight(Profile::Chromium, &request, &none, &[other, other]);
}

#[test]
fn a_listener_covers_the_method_by_the_letter_of_the_standard_alone() {
    let request = Request { upload_listener: true, ..to_api("PUT", &[]) };
    let unlisted = answer(204, &[("acao", "*")]);
    preflight(Profile::Fetch, &request, &unlisted, &[]);
    for profile in [Profile::Chromium, Profile::Firefox, Profile::WebKit] {
        preflight(profile, &request, &unlisted, &["preflight.method.not-allowed"]);
    }
    let empty = answer(204, &[("acao", "*"), ("acam", "")]);
    preflights(&request, &empty, &["preflight.method.not-allowed"]);
}

#[test]
fn a_method_is_compared_by_bytes_and_a_header_without_case() {
    let request = to_api("patch", &[("x-a", "1")]);
    let lines = [("acao", "*"), ("acam", "PATCH"), ("acah", "X-A")];
    preflights(&request, &answer(204, &lines), &["preflight.method.not-allowed"]);
    preflights(&to_api("put", &[]), &answer(204, &[("acao", "*"), ("acam", "PUT")]), &[]);
}

#[test]
fn a_fault_has_the_header_as_received_and_the_line_that_would_do() {
    let request = with_credentials(to_api("PUT", &[("x-b", "1"), ("x-a", "1")]));
    let response =
        answer(204, &[("acao", "https://b.example"), ("acam", "POST"), ("acam", "DELETE")]);
    let faults = cors(Profile::Fetch, &request).preflight_faults(&response);
    let rows: Vec<_> = faults.iter().map(|fault| (fault.header(), fault.fix())).collect();
    let headers = "access-control-allow-headers";
    let headers = ((Some((headers, None))), Some("access-control-allow-headers: x-a, x-b"));
    assert_eq!(
        rows,
        [
            (
                Some(("access-control-allow-origin", Some("https://b.example"))),
                Some("access-control-allow-origin: https://app.example"),
            ),
            (
                Some(("access-control-allow-credentials", None)),
                Some("access-control-allow-credentials: true"),
            ),
            (
                Some(("access-control-allow-methods", Some("POST, DELETE"))),
                Some("access-control-allow-methods: PUT"),
            ),
            headers,
            headers,
        ]
    );
}

#[test]
fn a_fault_prints_as_one_clause() {
    let request = with_credentials(to_api("PUT", &[("authorization", "x")]));
    let said = |lines: &[_]| -> Vec<_> {
        let faults = cors(Profile::Fetch, &request).preflight_faults(&answer(302, lines));
        faults.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        said(&[("acao", "null"), ("acac", "TRUE")]),
        [
            "access-control-allow-origin is \"null\", not \"https://app.example\"",
            "access-control-allow-credentials is \"TRUE\", but must be \"true\" in lowercase",
            "the preflight is answered with status 302, and a preflight must not be redirected",
            "access-control-allow-methods does not allow the method \"PUT\"",
            "access-control-allow-headers does not list the header \"authorization\", and \
                \"*\" does not cover it",
        ]
    );
}

#[test]
fn whoever_passes_reads_what_is_exposed() {
    let lines = [("aceh", "ETag, set-cookie"), ("etag", "1"), ("Set-Cookie", "1"), ("x", "1")];
    let request = to_api("GET", &[]);
    let readable = |request: &Request, lines: &[_]| {
        cors(Profile::Fetch, request).readable(&answer(200, lines))
    };
    assert_eq!(readable(&request, &lines), ["etag"]);
    let star = [("aceh", "*"), ("Etag", "1"), ("etag", "2"), ("set-cookie2", "1")];
    assert_eq!(readable(&request, &star), ["access-control-expose-headers", "etag"]);
    assert_eq!(readable(&with_credentials(request), &star), Vec::<String>::new());
}

#[test]
fn a_fetch_under_way_knows_every_fault_of_its_answer() {
    let Step::Send(fetch) = Fetch::start(Profile::Fetch, &to_api("PUT", &[])) else {
        panic!("a preflight is sent")
    };
    let request = fetch.cors_request().expect("it goes to another origin");
    let slugs = ["preflight.acao.missing", "preflight.status", "preflight.method.not-allowed"];
    check(&request.preflight_faults(&answer(500, &[])), &slugs);
    let own = Request::new(PAGE, format!("{PAGE}/a"), "PUT");
    let Step::Send(fetch) = Fetch::start(Profile::Fetch, &own) else { panic!("it is sent") };
    assert_eq!(fetch.cors_request(), None);
}
