//! Cookies of a response that a browser does not keep, or does not send across sites.

use std::net::Ipv4Addr;

use cors_browser::Credentials;
use cors_core::suffix::registrable_domain;

use super::{Report, network::host};

pub(super) fn find(report: &Report) -> Option<String> {
    let includes = report.request.credentials == Credentials::Include;
    let step = report.steps.iter().rfind(|step| step.is_cors && !step.is_preflight())?;
    let cookies = step.lines("set-cookie");
    let (name, what) = cookies.iter().find_map(|cookie| Some((name(cookie), fault(cookie)?)))?;
    if !includes {
        return Some(format!(
            "the response sets the cookie {name}, which browsers ignore without credentials: use \
             credentials: \"include\" in the script."
        ));
    }
    is_cross_site(&report.request.origin, &step.sent.url)
        .then(|| format!("the cookie {name} is not sent across sites: {what}."))
}

fn name(cookie: &str) -> String {
    cookie.split(['=', ';']).next().unwrap_or_default().trim().to_owned()
}

fn fault(cookie: &str) -> Option<&'static str> {
    let attributes: Vec<String> =
        cookie.split(';').skip(1).map(|part| part.trim().to_ascii_lowercase()).collect();
    let has = |wanted: &str| attributes.iter().any(|attribute| attribute == wanted);
    Some(if !has("samesite=none") {
        "add SameSite=None; Secure"
    } else if !has("secure") {
        "SameSite=None needs Secure as well"
    } else if !has("partitioned") {
        "browsers that block third-party cookies keep it only with Partitioned"
    } else {
        return None;
    })
}

/// Returns whether the sites differ, by the list of public suffixes. An address is its own site.
fn is_cross_site(page: &str, url: &str) -> bool {
    let (page, server) = (host(page), host(url));
    let site = |host: &str| match host.contains(':') || host.parse::<Ipv4Addr>().is_ok() {
        true => None,
        false => registrable_domain(host).map(ToOwned::to_owned),
    };
    page != server && (site(&page).is_none() || site(&page) != site(&server))
}

#[cfg(test)]
mod tests {
    use cors_browser::{Credentials, Request};

    use super::is_cross_site;
    use crate::causes::support::{PAGE, check, report};

    #[test]
    fn a_cookie_needs_its_attributes_across_sites() {
        const ALL: &str = "id=1; samesite=none; secure; partitioned";
        let include = Credentials::Include;
        for (url, credentials, cookie, says) in [
            ("https://api.test/", include, "id=1", Some("add SameSite=None")),
            ("https://api.test/", include, "id=1; SameSite=None", Some("Secure as well")),
            ("https://api.test/", include, ALL, None),
            ("https://api.app.example/", include, "id=1", None),
            ("https://app.example:8443/", include, "id=1", None),
            ("https://api.test/", Credentials::Omit, "id=1", Some("browsers ignore")),
        ] {
            let request = Request::new(PAGE, url, "GET").credentials(credentials);
            let lines = [
                ("access-control-allow-origin", PAGE),
                ("access-control-allow-credentials", "true"),
                ("set-cookie", cookie),
            ];
            check(&report(request, 200, &lines), "cookie-not-kept", says);
        }
    }

    #[test]
    fn a_site_is_what_someone_registered() {
        for (page, url, is_foreign) in [
            ("https://a.github.io", "https://b.github.io/", true),
            ("https://shop.co.uk", "https://other.co.uk/", true),
            ("https://www.shop.co.uk", "https://api.shop.co.uk:8443/", false),
            ("https://github.io", "https://github.io/", false),
            ("http://10.0.0.1", "http://10.9.0.1/", true),
            ("http://10.0.0.1:3000", "http://10.0.0.1:8000/", false),
            ("http://[::1]:3000", "http://[::2]/", true),
            ("http://localhost:5173", "http://127.0.0.1:9000/", true),
            ("http://localhost:5173", "http://localhost:9000/", false),
        ] {
            assert_eq!(is_cross_site(page, url), is_foreign, "{page} {url}");
        }
    }
}
