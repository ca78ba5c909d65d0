//! Redirects, and what they lose.

use super::{Report, Step};

pub(super) fn lost_origin(report: &Report, step: &Step) -> Option<String> {
    (step.origin() == "null" && report.request.origin != "null").then(|| {
        format!(
            "a redirect from one foreign origin to another made the Origin null, which nobody should \
             allow: have the script ask for {} at once.",
            step.sent.url
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
        format!("the server redirects http to https before it looks at CORS: ask for {location} at once.")
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
                Some("ask for https://api.example/a"),
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
    fn an_origin_is_lost_between_foreign_origins() {
        for (there, says) in [
            ("https://b.example/", Some("ask for https://b.example/ at once")),
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
