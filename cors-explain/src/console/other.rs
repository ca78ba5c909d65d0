//! Messages of CORS that are about something other than a header.

use super::Meaning;

const LOCAL: (&str, &str) = (
    "local-network",
    "no header can fix this: the page is reaching into a local network, which is \
    not a matter of CORS. Chrome asks the user for permission, and only an https page may ask. Serve the \
    page over https and allow \"Local network access\" in the site's settings. If the server is http, \
    call fetch(url, {targetAddressSpace: \"local\"}), or \"loopback\" for this machine. Or serve the page \
    and the server from the same network.",
);

/// Chromium's words about local and private networks, by its versions.
const OF_NETWORKS: [&str; 5] = [
    "more-private address space",
    "request to access the `",
    "request to access the '",
    "target IP address space",
    "Private Network",
];

const OF_CHROMIUM: [(&str, &str, &str); 2] = [
    (
        "Cross origin requests are not allowed by request mode",
        "request.cross-origin",
        "the script uses mode: \"same-origin\", which does not allow other origins: remove the mode",
    ),
    (
        "Cross origin requests are only supported for",
        "request.scheme",
        "the URL is not http or https, or the page is a local file: serve both from a web server",
    ),
];

const OF_FIREFOX: [(&str, &str, &str); 5] = [
    (
        "CORS disabled",
        "browser.cors-disabled",
        "CORS is disabled in this Firefox: reset content.cors.disable in about:config",
    ),
    (
        "CORS request did not succeed",
        "actual.no-response",
        "the browser received no response: the server is down, its certificate is not trusted, or an \
         extension blocked the request. No header can fix this: run `cors explain URL` to find out which",
    ),
    (
        "CORS header 'Origin' cannot be added",
        "browser.origin",
        "Firefox could not add the Origin header: disable the extension that interferes",
    ),
    (
        "CORS request external redirect not allowed",
        "redirect.not-allowed",
        "the request was redirected to another origin, which is not allowed for it: request the final \
         URL directly from the script",
    ),
    (
        "CORS request not http",
        "request.scheme",
        "the URL is not http or https, or the page is a local file: serve both from a web server",
    ),
];

pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    OF_CHROMIUM.iter().chain(&OF_FIREFOX).map(|(_, code, _)| *code).chain([LOCAL.0])
}

pub(super) fn of_chromium(clause: &str) -> Option<Meaning> {
    if OF_NETWORKS.iter().any(|words| clause.contains(words)) {
        return Some(Meaning::Other { slug: LOCAL.0, message: LOCAL.1.into(), follows: false });
    }
    of(&OF_CHROMIUM, clause)
}

pub(super) fn of_firefox(reason: &str) -> Option<Meaning> {
    // One version writes "http", another "HTTP".
    of(&OF_FIREFOX, &reason.replace("not HTTP", "not http"))
}

fn of(known: &[(&str, &'static str, &'static str)], text: &str) -> Option<Meaning> {
    let (_, slug, message) = known.iter().find(|(start, _, _)| text.starts_with(start))?;
    Some(Meaning::Other {
        slug,
        message: (*message).into(),
        // Firefox writes it after every preflight that fails.
        follows: *slug == "actual.no-response",
    })
}
