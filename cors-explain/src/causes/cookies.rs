//! Cookies of a response that a browser does not keep, or does not send across sites.

use cors_browser::Credentials;

use super::Report;

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

/// Whether the sites differ, as far as the last two labels of the hosts show.
fn is_cross_site(page: &str, url: &str) -> bool {
    let site = |url: &str| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = host.rsplit_once(':').map_or(host, |(host, _)| host).to_owned();
        let labels: Vec<&str> = host.rsplit('.').take(2).collect();
        labels.join(".")
    };
    site(page) != site(url)
}

#[cfg(test)]
mod tests {
    use cors_browser::{Credentials, Request};

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
}
