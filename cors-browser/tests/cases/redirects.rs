//! Where redirects lead, and what goes along.

use cors_browser::{Credentials, Mode, Outcome, Profile, Request, fetch};
use cors_core::Kind;

use crate::{API, PAGE, answer, to_api};

/// Fetches from a server that redirects from [`API`] and allows everything everywhere. What is sent
/// is written as `METHOD url (names of headers) origin`.
fn follow(request: &Request, status: u16, location: &str) -> (Outcome, Vec<String>) {
    let mut seen = Vec::new();
    let outcome = fetch(Profile::Fetch, request, |sent| {
        let mut names = String::new();
        let mut origin = String::new();
        for (name, value) in &sent.request.headers {
            match &**name {
                "origin" => origin = format!(" {}", String::from_utf8_lossy(value)),
                name => names += &format!(" {name}"),
            }
        }
        let mut allow = vec![("acao", "*"), ("acam", "*"), ("acah", "*, authorization")];
        if sent.kind == Kind::Preflight {
            return Some(answer(204, &allow));
        }
        seen.push(format!("{} {}{names}{origin}", sent.request.method, sent.url));
        if sent.url == API {
            allow.push(("Location", location));
            return Some(answer(status, &allow));
        }
        Some(answer(200, &allow))
    });
    (outcome, seen)
}

#[track_caller]
fn check(request: &Request, status: u16, location: &str, second: &str) {
    let (outcome, seen) = follow(request, status, location);
    assert!(matches!(outcome, Outcome::Allowed { .. }), "{outcome:?}");
    assert_eq!(seen.last().map(String::as_str), Some(second));
    assert_eq!(seen.len(), 2);
}

#[test]
fn authorization_stays_with_its_origin() {
    let request = to_api("GET", &[("Authorization", "x"), ("x-a", "1")]);
    check(&request, 307, "/b", "GET https://api.example/b authorization x-a https://app.example");
    check(&request, 307, "https://b.example/", "GET https://b.example/ x-a null");
    check(&request, 302, "https://app.example/", "GET https://app.example/ x-a null");
}

#[test]
fn a_body_is_lost_where_the_method_becomes_get() {
    let of_body = [("content-type", "application/json"), ("x-a", "1")];
    let (get, post, put) =
        ("GET https://api.example/b", "POST https://api.example/b", "PUT https://api.example/b");
    let bare = " x-a https://app.example";
    let full = " content-type x-a https://app.example";
    for status in [301, 302, 303] {
        check(&to_api("POST", &of_body), status, "b", &format!("{get}{bare}"));
    }
    check(&to_api("PUT", &of_body), 303, "b", &format!("{get}{bare}"));
    check(&to_api("PUT", &of_body), 301, "b", &format!("{put}{full}"));
    check(&to_api("POST", &of_body), 308, "b", &format!("{post}{full}"));
    check(&to_api("HEAD", &[]), 303, "b", "HEAD https://api.example/b https://app.example");
}

#[track_caller]
fn refused(request: &Request, status: u16, location: &str, slug: &str) {
    let (outcome, seen) = follow(request, status, location);
    let Outcome::Blocked(reason) = outcome else { panic!("{outcome:?}") };
    assert_eq!((reason.code(), seen.len()), (slug, 1));
}

#[test]
fn a_redirect_leads_to_a_url_of_http() {
    let request = to_api("GET", &[]);
    refused(&request, 302, "https://b.example:x/", "redirect.location");
    refused(&request, 302, "data:,x", "redirect.scheme");
    refused(&request, 302, "https://u@api.example/b", "redirect.credentials-in-url");
    let stream = Request { stream_body: true, ..to_api("POST", &[]) };
    refused(&stream, 307, "/b", "redirect.stream-body");
    check(&stream, 303, "/b", "GET https://api.example/b https://app.example");
}

#[test]
fn user_info_is_for_the_pages_own_origin_alone() {
    let own = Request::new(PAGE, "https://app.example/a", "GET");
    let to = |request: &Request, location: &str| {
        fetch(Profile::Fetch, request, |sent| {
            let lines = [("Location", location), ("acao", "*")];
            Some(answer(if sent.url.ends_with("/a") { 302 } else { 200 }, &lines))
        })
    };
    assert!(matches!(to(&own, "https://u:p@app.example/b"), Outcome::Allowed { .. }));
    assert!(matches!(to(&own, "https://u:p@api.example/b"), Outcome::Blocked(_)));
    let no_cors = own.clone().mode(Mode::NoCors);
    assert_eq!(to(&no_cors, "https://u:p@api.example/b"), Outcome::Opaque);
    let same_origin = own.mode(Mode::SameOrigin);
    assert!(matches!(to(&same_origin, "https://api.example/b"), Outcome::Blocked(_)));
}

#[test]
fn twenty_redirects_are_followed() {
    let mut count = 0;
    let outcome = fetch(Profile::Fetch, &to_api("GET", &[]), |_| {
        count += 1;
        Some(answer(302, &[("acao", "*"), ("location", "/")]))
    });
    let Outcome::Blocked(reason) = outcome else { panic!("{outcome:?}") };
    assert_eq!((reason.code(), count), ("redirect.too-many", 21));
}

#[test]
fn a_status_without_a_location_is_an_answer() {
    let outcome =
        fetch(Profile::Fetch, &to_api("GET", &[]), |_| Some(answer(302, &[("acao", "*")])));
    assert!(matches!(outcome, Outcome::Allowed { .. }));
}

#[test]
fn cookies_go_where_the_mode_says() {
    for (credentials, wanted) in [
        (Credentials::Omit, [false, false]),
        (Credentials::SameOrigin, [true, false]),
        (Credentials::Include, [true, true]),
    ] {
        let own = Request::new(PAGE, "https://app.example/", "GET").credentials(credentials);
        let mut seen = Vec::new();
        fetch(Profile::Fetch, &own, |sent| {
            seen.push(sent.credentials);
            Some(answer(302, &[("location", API)])).filter(|_| seen.len() == 1)
        });
        assert_eq!(seen, wanted, "{credentials:?}");
    }
}

#[test]
fn a_page_of_https_does_not_tell_http_where_it_is() {
    let request = Request::new(PAGE, "http://api.example/", "POST").mode(Mode::NoCors);
    fetch(Profile::Fetch, &request, |sent| {
        assert_eq!(sent.request.headers, [("origin".to_string(), b"null".to_vec())]);
        None
    });
}
