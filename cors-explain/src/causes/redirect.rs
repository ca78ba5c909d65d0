//! Redirects, and what they lose.

use super::{Report, Step};

pub(super) fn lost_origin(report: &Report, step: &Step) -> Option<String> {
    (step.origin() == "null" && report.request.origin != "null").then(|| {
        format!(
            "a redirect between two other origins changed the Origin to null, which a server should \
         not allow: request {} directly from the script.",
            step.sent.url
        )
    })
}

/// The URLs differ by a slash at the end of the path.
pub(super) fn slash(_: &Report, step: &Step) -> Option<String> {
    let lines = step.lines("location");
    let [location] = &lines[..] else { return None };
    let path = |url: &str| {
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        let start = url.find('/').unwrap_or(url.len());
        let end = url.find(['?', '#']).unwrap_or(url.len());
        url.get(start..end).unwrap_or_default().to_owned()
    };
    let (from, to) = (path(&step.sent.url), path(location));
    let differs = from != to && from.trim_end_matches('/') == to.trim_end_matches('/');
    (matches!(step.status(), 301 | 302 | 307 | 308) && differs && !step.faults.is_empty()).then(|| {
        format!(
            "the server redirects because of a slash, before it handles CORS: request {to} instead of \
             {from}."
        )
    })
}

pub(super) fn to_https(_: &Report, step: &Step) -> Option<String> {
    let lines = step.lines("location");
    let [location] = &lines[..] else { return None };
    let rest = step.sent.url.strip_prefix("http://")?;
    let host = rest.split(['/', '?', ':']).next()?;
    let there = location.strip_prefix("https://")?.split(['/', '?', ':']).next()?;
    (matches!(step.status(), 301 | 302 | 307 | 308) && host == there).then(|| {
        format!("the server redirects http to https before it handles CORS: request {location} directly.")
    })
}

#[cfg(test)]
mod tests {
    use cors_browser::{Profile, Request, Response};

    use super::*;
    use crate::causes::support::{PAGE, check, report};

    #[test]
    fn a_redirect_to_https_is_in_front_of_cors() {
        for (url, location, says) in [
            (
                "http://api.example/a",
                "https://api.example/a",
                Some("request https://api.example/a directly"),
            ),
            ("http://api.example/a", "https://other.example/a", None),
            ("https://api.example/a", "https://api.example/b", None),
        ] {
            let lines = [("location", location)];
            let request = Request::new(PAGE, url, "GET");
            check(&report(request, 301, &lines), "redirect-to-https", says);
        }
    }

    #[test]
    fn a_slash_is_a_redirect() {
        for (location, says) in [
            ("https://api.example/items/", Some("request /items/ instead of /items")),
            ("/items/?a", Some("request /items/")),
            ("/login", None),
        ] {
            let request = Request::new(PAGE, "https://api.example/items?a", "PUT");
            check(&report(request, 301, &[("location", location)]), "redirect-slash", says);
        }
    }

    #[test]
    fn an_origin_is_lost_between_foreign_origins() {
        for (there, says) in [
            ("https://b.example/", Some("request https://b.example/ directly")),
            ("https://a.example/b", None),
        ] {
            let request = Request::new(PAGE, "https://a.example/", "GET");
            let report = Report::of(Profile::Fetch, request, |sent| {
                Ok(match sent.url.as_str() {
                    "https://a.example/" => Response::new(
                        302,
                        [("access-control-allow-origin", PAGE), ("location", there)],
                    ),
                    _ => Response::new(200, [("server", "x")]),
                })
            });
            check(&report, "origin-lost", says);
        }
    }
}
