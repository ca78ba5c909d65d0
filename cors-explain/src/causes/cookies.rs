//! Cookies of a response that a browser does not keep, or does not send across sites.

use std::net::Ipv4Addr;

use cors_browser::Credentials;
use cors_core::suffix::registrable_domain;

use super::{
    Report,
    network::{host, is_loopback},
};

pub(super) fn find(report: &Report) -> Option<String> {
    let includes = report.request.credentials == Credentials::Include;
    let step = report.steps.iter().rfind(|step| step.is_cors && !step.is_preflight())?;
    let cookies = step.lines("set-cookie");
    if cookies.is_empty() {
        return None;
    }
    if !includes {
        return Some(format!(
            "the response sets {}, which browsers ignore without credentials: use credentials: \
             \"include\" in the script.",
            names(&cookies.iter().collect::<Vec<_>>())
        ));
    }
    let url = &step.sent.url;
    let is_secure = url.starts_with("https:") || is_loopback(&host(url));
    let is_cross = is_cross_site(&report.request.origin, url);
    // In the order of what has to change first.
    let sentences: Vec<String> = Fault::ALL
        .into_iter()
        .filter_map(|fault| {
            let with = |cookie: &&String| Fault::of(cookie, is_secure, is_cross) == Some(fault);
            let found: Vec<&String> = cookies.iter().filter(with).collect();
            (!found.is_empty()).then(|| fault.sentence(&names(&found), found.len() > 1))
        })
        .collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// `the cookie a` or `the cookies a and b`.
fn names(cookies: &[&String]) -> String {
    let names: Vec<&str> = cookies.iter().map(|cookie| name(cookie)).collect();
    match &names[..] {
        [name] => format!("the cookie {name}"),
        [names @ .., last] => format!("the cookies {} and {last}", names.join(", ")),
        [] => String::new(),
    }
}

fn name(cookie: &str) -> &str {
    cookie.split(['=', ';']).next().unwrap_or_default().trim()
}

/// A reason for a browser not to keep or send a cookie.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    Insecure,
    Prefix,
    NoneWithoutSecure,
    CrossSite,
    PartitionedWithoutSecure,
    Unpartitioned,
}

impl Fault {
    const ALL: [Self; 6] = [
        Self::Insecure,
        Self::Prefix,
        Self::NoneWithoutSecure,
        Self::CrossSite,
        Self::PartitionedWithoutSecure,
        Self::Unpartitioned,
    ];

    fn of(cookie: &str, is_secure: bool, is_cross: bool) -> Option<Self> {
        let attributes: Vec<String> = cookie
            .split(';')
            .skip(1)
            .map(|part| part.split_whitespace().collect::<String>().to_ascii_lowercase())
            .collect();
        let has = |wanted: &str| attributes.iter().any(|attribute| attribute == wanted);
        let starts =
            |wanted: &str| attributes.iter().any(|attribute| attribute.starts_with(wanted));
        let name = name(cookie).to_ascii_lowercase();
        let is_bound =
            name.starts_with("__host-") && !(has("secure") && has("path=/") && !starts("domain="));
        let needs_secure = name.starts_with("__secure-") && !has("secure");
        Some(if has("secure") && !is_secure {
            Self::Insecure
        } else if is_bound || needs_secure {
            Self::Prefix
        } else if has("samesite=none") && !has("secure") {
            Self::NoneWithoutSecure
        } else if is_cross && !has("samesite=none") {
            Self::CrossSite
        } else if has("partitioned") && !has("secure") {
            Self::PartitionedWithoutSecure
        } else if is_cross && !has("partitioned") {
            Self::Unpartitioned
        } else {
            return None;
        })
    }

    /// The consequence for these cookies, and the fix.
    fn sentence(self, names: &str, is_plural: bool) -> String {
        let (is, has) = if is_plural { ("are", "have") } else { ("is", "has") };
        match self {
            Self::Insecure => {
                format!("{names} {is} not kept, because Secure needs https: serve the URL over https.")
            }
            Self::Prefix => format!(
                "{names} {is} not kept, because of the name: __Secure- needs Secure, and __Host- needs \
                 Secure, Path=/ and no Domain."
            ),
            Self::NoneWithoutSecure => {
                format!("{names} {is} not kept: SameSite=None needs Secure as well.")
            }
            Self::CrossSite => format!(
                "{names} {is} not sent across sites: add SameSite=None; Secure. Firefox's console: has \
                 been rejected because it is in a cross-site context and its \"SameSite\" is \"Lax\" or \
                 \"Strict\"."
            ),
            Self::PartitionedWithoutSecure => {
                format!("{names} {is} not kept: Partitioned needs Secure as well.")
            }
            Self::Unpartitioned => format!(
                "{names} {has} no Partitioned attribute: browsers that block third-party cookies do not \
                 keep it without one."
            )
            .replace("do not keep it", if is_plural { "do not keep them" } else { "do not keep it" }),
        }
    }
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
            ("http://api.app.example/", include, "id=1; Secure", Some("Secure needs https")),
            ("http://127.0.0.1/", include, "id=1; secure; samesite=none; partitioned", None),
            ("https://api.app.example/", include, "__Host-id=1; Secure", Some("the name")),
            ("https://api.app.example/", include, "__Host-id=1; Secure; Path=/", None),
            ("https://api.test/", include, "id=1; samesite=none; secure", Some("no Partitioned")),
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
    fn cookies_with_the_same_fault_are_one_sentence() {
        let request =
            Request::new(PAGE, "https://api.test/", "GET").credentials(Credentials::Include);
        let lines = [
            ("access-control-allow-origin", PAGE),
            ("access-control-allow-credentials", "true"),
            ("set-cookie", "a=1"),
            ("set-cookie", "b=1; SameSite=Lax"),
            ("set-cookie", "c=1; SameSite=None"),
        ];
        let report = report(request, 200, &lines);
        check(&report, "cookie-not-kept", Some("the cookie c is not kept"));
        check(&report, "cookie-not-kept", Some("the cookies a and b are not sent across sites"));
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
