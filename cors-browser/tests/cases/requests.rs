//! What is asked before anything is sent, and what is sent.

use cors_browser::{
    CorsRequest, Fetch, Mode, Outcome, Profile, Request, Response, Step, Why, fetch,
};
use cors_core::Kind;

use crate::{API, PAGE, answer, cors, to_api};

#[track_caller]
fn check(request: &Request, why: Option<Why<'_>>) {
    assert_eq!(cors(Profile::Fetch, request).preflight_needed(), why);
}

#[test]
fn a_preflight_is_needed_for_the_first_reason_there_is() {
    let long = &*"a".repeat(128);
    check(&to_api("GET", &[("accept", "x"), ("range", "bytes=0-9")]), None);
    check(&to_api("post", &[("content-type", "text/plain")]), None);
    check(&to_api("DELETE", &[("x-a", "1")]), Some(Why::Method("DELETE")));
    check(&to_api("patch", &[]), Some(Why::Method("patch")));
    check(&to_api("GET", &[("X-B", "1"), ("X-A", "1")]), Some(Why::Header("x-a")));
    check(
        &to_api("GET", &[("content-type", "application/json")]),
        Some(Why::Header("content-type")),
    );
    check(&to_api("GET", &[("accept", long); 8]), None);
    check(&to_api("GET", &[("accept", long); 9]), Some(Why::Header("accept")));
    let upload = Request { upload_listener: true, stream_body: true, ..to_api("PUT", &[]) };
    check(&upload, Some(Why::UploadListener));
    check(&Request { stream_body: true, ..to_api("POST", &[]) }, Some(Why::StreamBody));
}

#[test]
fn a_preflight_names_the_headers_sorted_in_lower_case_and_once() {
    let headers = [("X-B", "1"), ("a", "1"), ("x-b", "2"), ("Accept", "x"), ("Cookie", "c=d")];
    let request = cors(Profile::Fetch, &to_api("put", &headers)).preflight();
    assert_eq!(request.method, "OPTIONS");
    let wanted = [
        ("accept", "*/*"),
        ("access-control-request-method", "PUT"),
        ("access-control-request-headers", "a,x-b"),
        ("origin", PAGE),
    ];
    assert!(
        request
            .headers
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .eq(wanted.iter().map(|(name, value)| (*name, value.as_bytes())))
    );
}

#[test]
fn chromium_drops_a_user_agent() {
    let request = to_api("GET", &[("User-Agent", "x")]);
    for profile in Profile::ALL {
        let request = cors(profile, &request);
        let needed = request.preflight_needed();
        assert_eq!(needed.is_none(), profile == Profile::Chromium, "{profile:?}");
    }
}

#[track_caller]
fn refused(request: &Request, slug: &str) {
    let outcome = fetch(Profile::Fetch, request, |sent| panic!("nothing is to be sent: {sent:?}"));
    let Outcome::Blocked(reason) = outcome else { panic!("{outcome:?}") };
    assert_eq!(reason.code(), slug);
}

#[test]
fn what_no_script_may_ask_for_is_not_sent() {
    refused(&to_api("Trace", &[]), "request.method.forbidden");
    refused(&to_api("G T", &[]), "request.method.invalid");
    refused(&to_api("", &[]), "request.method.invalid");
    refused(&to_api("GET", &[("x a", "1")]), "request.header.invalid");
    refused(&to_api("GET", &[("x-a", "1\r\n2")]), "request.header.invalid");
    refused(&Request::new("https://App.example", API, "GET"), "request.origin");
    refused(&Request::new(PAGE, "/x", "GET"), "request.url");
    refused(&Request::new(PAGE, "ftp://a.example/", "GET"), "request.scheme");
    refused(&to_api("PUT", &[]).mode(Mode::NoCors), "request.method.no-cors");
    refused(&to_api("GET", &[]).mode(Mode::SameOrigin), "request.cross-origin");
}

#[track_caller]
fn sent_once(request: &Request, kind: Kind, headers: &[(&str, &str)]) -> Outcome {
    let mut count = 0;
    let outcome = fetch(Profile::Fetch, request, |sent| {
        count += 1;
        assert_eq!(sent.kind, kind);
        let lines = sent.request.headers.iter();
        let wanted = headers.iter().map(|(name, value)| (*name, value.as_bytes()));
        assert!(lines.map(|(name, value)| (&**name, &**value)).eq(wanted), "{sent:?}");
        Some(answer(200, &[("etag", "1"), ("set-cookie", "a=b")]))
    });
    assert_eq!(count, 1);
    outcome
}

#[test]
fn without_cors_nothing_is_asked_and_nothing_is_read() {
    let request = to_api("GET", &[("x-a", "1"), ("accept", "x"), ("range", "bytes=0-")]);
    let outcome = sent_once(&request.mode(Mode::NoCors), Kind::NotCors, &[("accept", "x")]);
    assert_eq!(outcome, Outcome::Opaque);
}

#[test]
fn its_own_origin_is_not_asked_and_all_of_it_is_read() {
    let own = |method| Request::new(PAGE, "https://app.example:443/x", method).header("x-a", "1");
    let readable = ["etag".to_string()].to_vec();
    let outcome = sent_once(&own("GET"), Kind::NotCors, &[("x-a", "1")]);
    assert_eq!(outcome, Outcome::Allowed { readable: readable.clone() });
    let outcome = sent_once(&own("PUT"), Kind::Actual, &[("x-a", "1"), ("origin", PAGE)]);
    assert_eq!(outcome, Outcome::Allowed { readable });
}

#[test]
fn a_server_that_does_not_answer_blocks() {
    for (method, slug) in [("GET", "actual.no-response"), ("PUT", "preflight.no-response")] {
        let outcome = fetch(Profile::Fetch, &to_api(method, &[]), |_| None);
        let Outcome::Blocked(reason) = outcome else { panic!("{outcome:?}") };
        assert_eq!(reason.code(), slug);
    }
}

#[test]
fn a_header_that_is_forbidden_is_dropped_without_a_word() {
    let request = to_api("GET", &[("Sec-X", "1"), ("X-Method-Override", "TRACE"), ("Accept", "x")]);
    let request = CorsRequest::new(Profile::Fetch, &request).expect("dropped, not refused");
    let lines = request.actual().headers;
    assert!(lines.iter().map(|(name, _)| &**name).eq(["accept", "origin"]));
    assert_eq!(
        request.cors_check(&Response::new(200, [("Access-Control-Allow-Origin", "*")])),
        Ok(())
    );
}

#[test]
fn beyond_cors_a_page_of_https_does_not_tell_http_where_it_is() {
    let told = |profile, url: &str| {
        let request = Request::new("https://app.example", url, "POST").mode(Mode::NoCors);
        let Step::Send(fetch) = Fetch::start(profile, &request) else { panic!("{url}") };
        let request = fetch.sent().request;
        let (_, value) = request.headers.into_iter().find(|(name, _)| name == "origin").expect(url);
        String::from_utf8(value).expect("ASCII")
    };
    for profile in Profile::ALL {
        assert_eq!(told(profile, "https://api.example/"), "https://app.example");
        assert_eq!(told(profile, "http://api.example/"), "null");
    }
    assert_eq!(told(Profile::Chromium, "http://127.0.0.1:8080/"), "https://app.example");
    assert_eq!(told(Profile::Firefox, "http://127.0.0.1:8080/"), "null");
}
