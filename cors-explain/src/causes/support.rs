//! Reports for tests.

use cors_browser::{Profile, Request, Response};
use cors_core::Kind;

use super::{Report, likely, warnings};

pub(super) type Lines<'l> = &'l [(&'l str, &'l str)];

/// The page, and a URL of another origin.
pub(super) const PAGE: &str = "https://app.example";
pub(super) const URL: &str = "https://api.example/";

pub(super) fn get() -> Request {
    Request::new(PAGE, URL, "GET")
}

pub(super) fn put() -> Request {
    Request::new(PAGE, URL, "PUT")
}

/// A request whose preflight, if it needs one, and which itself are answered so.
pub(super) fn report(request: Request, status: u16, lines: Lines<'_>) -> Report {
    Report::of(Profile::Fetch, request, |_| Ok(Response::new(status, lines.iter().copied())))
}

/// A request whose preflight passes, and which is then answered so.
pub(super) fn after_preflight(request: Request, status: u16, lines: Lines<'_>) -> Report {
    let method = request.method.clone();
    Report::of(Profile::Fetch, request, |sent| {
        Ok(match sent.kind {
            Kind::Preflight => Response::new(
                204,
                [("access-control-allow-origin", PAGE), ("access-control-allow-methods", &*method)],
            ),
            _ => Response::new(status, lines.iter().copied()),
        })
    })
}

/// Whether this cause, or warning, is found, and says this.
#[track_caller]
pub(super) fn check(report: &Report, slug: &str, says: Option<&str>) {
    let found: Vec<_> = likely(report).into_iter().chain(warnings(report)).collect();
    let sentence = found.iter().find(|cause| cause.slug == slug).map(|cause| &*cause.sentence);
    match (sentence, says) {
        (Some(sentence), Some(says)) => assert!(sentence.contains(says), "{sentence}"),
        (sentence, says) => assert_eq!(sentence, says),
    }
}
