//! Sentences that speak of CORS and are about something else than a header.

use super::Meaning;

const LOCAL_NETWORK: &str = "no header can fix this: it is no matter of CORS, but of the page reaching \
    into a local network. Chrome asks its user for a permission first, and only a page of https may \
    ask. Serve the page over https, let the user allow it in the site's settings (\"Local network \
    access\"), let the script say fetch(url, {targetAddressSpace: \"local\"}) or \"loopback\" where the \
    server is http, or serve page and server from the same network.";

/// What Chromium says of local and private networks, by its versions.
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
        "the script asks with mode: \"same-origin\", which does not reach other origins: leave the mode out",
    ),
    (
        "Cross origin requests are only supported for",
        "request.scheme",
        "the URL is neither http nor https, or the page is a file: serve both with a web server",
    ),
];

const OF_FIREFOX: [(&str, &str, &str); 5] = [
    (
        "CORS disabled",
        "browser.cors-disabled",
        "CORS is switched off in this Firefox: content.cors.disable in about:config",
    ),
    (
        "CORS request did not succeed",
        "actual.no-response",
        "there was no answer to look at: the server is down, its certificate is not trusted, or an \
         extension blocked the request. No header changes that; cors explain URL says which",
    ),
    (
        "CORS header 'Origin' cannot be added",
        "browser.origin",
        "Firefox could not add its own Origin header: an extension is in its way",
    ),
    (
        "CORS request external redirect not allowed",
        "redirect.not-allowed",
        "the request was redirected to another origin, where this one may not go: have the script ask \
         for the last URL at once",
    ),
    (
        "CORS request not http",
        "request.scheme",
        "the URL is neither http nor https, or the page is a file: serve both with a web server",
    ),
];

pub(super) fn of_chromium(clause: &str) -> Option<Meaning> {
    if OF_NETWORKS.iter().any(|words| clause.contains(words)) {
        return Some(Meaning::Other { slug: "local-network", message: LOCAL_NETWORK.into() });
    }
    of(&OF_CHROMIUM, clause)
}

pub(super) fn of_firefox(reason: &str) -> Option<Meaning> {
    // One version writes "http", another "HTTP".
    of(&OF_FIREFOX, &reason.replace("not HTTP", "not http"))
}

fn of(known: &[(&str, &'static str, &'static str)], text: &str) -> Option<Meaning> {
    let (_, slug, message) = known.iter().find(|(start, _, _)| text.starts_with(start))?;
    Some(Meaning::Other { slug, message: (*message).into() })
}
