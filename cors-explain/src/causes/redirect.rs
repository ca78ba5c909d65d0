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

/// A redirect of the request to a login page, or an answer of that page.
pub(super) fn login(report: &Report, step: &Step) -> Option<String> {
    if step.is_preflight() || step.origin() == "null" && report.request.origin != "null" {
        return None;
    }
    // The step itself is the redirect, or the one before it led here.
    let redirect = report.steps.iter().rev().filter(|step| !step.is_preflight()).find_map(|step| {
        let location = step.lines("location").into_iter().next()?;
        (matches!(step.status(), 301..=303 | 307 | 308) && is_login(&location))
            .then_some((step, location))
    });
    let (from, location) = redirect?;
    Some(format!(
        "{} redirects to a login page ({location}) with {}, because the request has no valid session. A \
         script cannot use that page: answer 401 with CORS headers instead, and send credentials if the \
         session is a cookie.",
        from.sent.url,
        from.status()
    ))
}

const LOGIN: [&str; 10] = [
    "login",
    "log-in",
    "log_in",
    "signin",
    "sign-in",
    "sign_in",
    "auth",
    "sso",
    "saml",
    "accounts.",
];

/// Returns whether a location names a login page.
pub(super) fn is_login(location: &str) -> bool {
    let location = location.to_ascii_lowercase();
    // What it leads back to is not the page itself.
    let page = location.split('?').next().unwrap_or_default();
    LOGIN.iter().any(|word| page.contains(word))
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
    fn a_login_page_is_behind_a_redirect() {
        let says = Some("redirects to a login page");
        for (location, says) in [
            ("https://api.example/login?next=/items", says),
            ("/accounts/login/", says),
            ("https://login.example/oauth2/authorize", says),
            ("/items/?from=login", None),
        ] {
            let request = Request::new(PAGE, "https://api.example/items", "GET");
            let lines = [("location", location)];
            check(&report(request.clone(), 302, &lines), "redirect-login", says);
            // The redirect passes, and the page does not.
            let followed = Report::of(Profile::Fetch, request, |sent| {
                Ok(match sent.url.ends_with("/items") {
                    true => Response::new(
                        302,
                        [("access-control-allow-origin", "*"), ("location", location)],
                    ),
                    false => Response::new(200, [("server", "x")]),
                })
            });
            let is_lost = followed.steps.last().is_some_and(|step| step.origin() == "null");
            check(&followed, "redirect-login", says.filter(|_| !is_lost));
        }
    }

    #[test]
    fn a_lost_origin_is_the_only_cause() {
        let request = Request::new(PAGE, "https://a.example/", "GET");
        let report = Report::of(Profile::Fetch, request, |sent| {
            Ok(match sent.url.as_str() {
                "https://a.example/" => Response::new(
                    302,
                    [("access-control-allow-origin", "*"), ("location", "https://b.example/")],
                ),
                _ => Response::new(404, [("vary", "origin")]),
            })
        });
        let slugs: Vec<_> = crate::causes::likely(&report).iter().map(|cause| cause.slug).collect();
        assert_eq!(slugs, ["origin-lost"]);
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
