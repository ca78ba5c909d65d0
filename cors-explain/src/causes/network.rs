//! What browsers block for other reasons than CORS.

use std::net::IpAddr;

use http::Uri;

use super::Report;

pub(super) fn mixed_content(report: &Report) -> Option<String> {
    let is_secure = report.request.origin.starts_with("https:");
    let plain = report.steps.iter().find(|step| {
        let host = host(&step.sent.url);
        step.sent.url.starts_with("http:") && !is_loopback(&host)
    })?;
    is_secure.then(|| {
        format!(
            "the page uses https but {} does not. Browsers block this as mixed content, regardless \
         of CORS: serve both over https.",
            plain.sent.url
        )
    })
}

/// <https://wicg.github.io/local-network-access/>
pub(super) fn local(report: &Report) -> Option<String> {
    if is_local(&host(&report.request.origin)) {
        return None;
    }
    let step = report.steps.iter().find(|step| is_local(&host(&step.sent.url)))?;
    Some(format!(
        "{} is on a local machine or network, but the page is not. Chrome asks the user for \
         permission first (Local Network Access), and no header can replace that.",
        step.sent.url
    ))
}

/// The server accepts the page, and not the size of the body.
pub(super) fn body_limit(report: &Report) -> Option<String> {
    let step = report.steps.last().filter(|step| step.status() == 413)?;
    Some(format!(
        "{} refuses the size of the body (413): raise its limit, such as client_max_body_size in nginx.",
        step.sent.url
    ))
}

/// The host of a URL or an origin, without brackets; empty where there is none.
pub(super) fn host(url: &str) -> String {
    let uri: Option<Uri> = url.parse().ok();
    let host = uri.as_ref().and_then(Uri::host).unwrap_or_default();
    host.trim_matches(['[', ']']).to_ascii_lowercase()
}

pub(super) fn is_loopback(host: &str) -> bool {
    let is_name = host == "localhost" || host.ends_with(".localhost");
    is_name || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

fn is_local(host: &str) -> bool {
    is_loopback(host)
        || host.ends_with(".local")
        || match host.parse() {
            Ok(IpAddr::V4(address)) => address.is_private() || address.is_link_local(),
            Ok(IpAddr::V6(address)) => address.is_unique_local() || address.is_unicast_link_local(),
            Err(_) => false,
        }
}

#[cfg(test)]
mod tests {
    use cors_browser::Request;

    use crate::causes::support::{check, report};

    #[track_caller]
    fn finds(page: &str, url: &str, slug: &str, says: Option<&str>) {
        let request = Request::new(page, url, "GET");
        check(&report(request, 200, &[("access-control-allow-origin", "*")]), slug, says);
    }

    #[test]
    fn an_https_page_asks_no_http_server() {
        let mixed = Some("mixed content");
        finds("https://app.example", "http://api.example/", "mixed-content", mixed);
        finds("https://app.example", "http://127.0.0.1:3000/", "mixed-content", None);
        finds("http://app.example", "http://api.example/", "mixed-content", None);
    }

    #[test]
    fn a_body_has_a_limit() {
        let request = Request::new("https://app.example", "https://api.example/", "POST");
        let lines = [("access-control-allow-origin", "*")];
        let says = Some("refuses the size of the body (413)");
        check(&report(request.clone(), 413, &lines), "body-limit", says);
        check(&report(request, 200, &lines), "body-limit", None);
    }

    #[test]
    fn a_local_server_takes_a_permission() {
        let asks = Some("no header can replace that");
        for url in
            ["http://localhost:3000/", "http://192.168.1.2/", "http://[::1]/", "http://nas.local/"]
        {
            finds("https://app.example", url, "local-network", asks);
            finds("http://localhost:5173", url, "local-network", None);
        }
        finds("https://app.example", "https://api.example/", "local-network", None);
    }
}
