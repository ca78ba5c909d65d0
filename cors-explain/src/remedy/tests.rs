use cors_browser::{Credentials, Outcome, Response, fetch};
use cors_core::{Cors, plain};

use super::*;
use crate::trace::Report;

/// Requests of every kind that a policy helps.
fn requests() -> impl Iterator<Item = Request> {
    let pages = ["https://app.example", "http://app.example", "http://localhost:5173"];
    let methods = ["GET", "PUT", "PATCH"];
    let credentials = [Credentials::Omit, Credentials::Include];
    pages.into_iter().flat_map(move |page| {
        methods.into_iter().flat_map(move |method| {
            credentials.into_iter().flat_map(move |credentials| {
                let request = Request::new(page, "https://api.example/a", method);
                let request = request.credentials(credentials);
                let named = request.clone().header("Authorization", "x").header("x-a", "1");
                [request, named]
            })
        })
    })
}

#[track_caller]
fn passes(request: &Request, server: impl FnMut(&cors_browser::Sent) -> Option<Response>) {
    let outcome = fetch(Profile::Fetch, request, server);
    assert!(matches!(outcome, Outcome::Allowed { .. }), "{request:?}: {outcome:?}");
}

#[test]
fn the_policy_lets_the_request_pass() {
    for request in requests() {
        let remedy = Remedy::of(&request).expect("browsers send it");
        let cors: Cors = remedy.union.expect("a policy helps").policy.compile().expect("compiles");
        passes(&request, |sent| {
            let mut headers = plain::Response::default();
            let status = cors.decide(&sent.request).apply(&mut headers).unwrap_or(200);
            let lines =
                headers.headers.iter().map(|(name, value)| (name.as_ref(), value.as_bytes()));
            Some(Response::new(status, lines))
        });
    }
}

#[test]
fn the_headers_let_the_request_pass() {
    for request in requests() {
        let remedy = Remedy::of(&request).expect("browsers send it");
        let lines = remedy.headers.iter().map(|(name, value)| (*name, value.as_bytes()));
        let response = Response::new(204, lines);
        assert!(response.varies_by("origin"));
        passes(&request, |_| Some(response.clone()));
    }
}

fn report(answer: Response) -> Report {
    let request = Request::new("http://localhost:5173", "https://api.example/", "PUT")
        .header("authorization", "x");
    Report::of(Profile::Fetch, request, |_| Ok(answer.clone()))
}

#[test]
fn the_remedy_is_for_the_server_that_answered_and_keeps_what_it_allows() {
    let answer = Response::new(
        204,
        [
            ("server", "nginx/1.22.1"),
            ("access-control-allow-origin", "https://app.example.com"),
            ("access-control-allow-headers", "content-type"),
        ],
    );
    let remedy = Remedy::of_report(&report(answer)).expect("browsers send it");
    assert_eq!(remedy.place, Some(Place::Nginx));
    let text = remedy.snippet().expect("a policy helps").text;
    for value in
        ["https://app\\.example\\.com$", "http://localhost:5173$", "content-type, authorization"]
    {
        assert!(text.contains(value), "{value} in {text}");
    }
    assert!(
        remedy.snippet_for(Place::Express).is_some_and(|snippet| snippet.text.contains("app.use"))
    );
}

#[test]
fn no_policy_is_told_where_another_server_answers() {
    let remedy = Remedy::of_report(&report(Response::new(413, [("server", "nginx")])));
    assert!(matches!(remedy.expect("browsers send it").union, Err(Instead::BodyLimit)));
    let remedy = Remedy::of_report(&report(Response::new(502, [("server", "nginx")])));
    assert!(matches!(remedy.expect("browsers send it").union, Err(Instead::Gateway(502))));
    let moved = Response::new(301, [("location", "https://api.example/x")]);
    let remedy = Remedy::of_report(&report(moved)).expect("browsers send it");
    assert!(matches!(remedy.union, Err(Instead::Redirect(_))));
}
