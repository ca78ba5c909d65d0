//! Messages that appear beside those of CORS, and are about something else.

use super::{Meaning, Sentence};

/// A kind of message: its code, its explanation, and words of which one is in the message.
struct Neighbor {
    slug: &'static str,
    message: &'static str,
    words: &'static [&'static str],
    /// Set for a message that only repeats that a request failed.
    follows: bool,
}

const fn of(slug: &'static str, message: &'static str, words: &'static [&'static str]) -> Neighbor {
    Neighbor { slug, message, words, follows: false }
}

/// The first one that matches counts.
const NEIGHBORS: [Neighbor; 17] = [
    of(
        "request.cross-origin",
        "the script uses mode: \"same-origin\", which does not allow other origins: remove the mode. \
         CORS headers do not matter here",
        &[
            "Request mode is \"same-origin\"",
            "same-origin fetch mode",
            "request mode is 'same-origin'",
        ],
    ),
    of(
        "websocket",
        "a WebSocket failed to connect, which is not CORS: CORS does not apply to WebSockets. The server \
         must accept the upgrade, and must check the Origin header itself",
        &["WebSocket", "ws://", "wss://"],
    ),
    of(
        "csp",
        "the page's own Content-Security-Policy blocks the request, which is not CORS: add the URL to \
         the directive that the message names, such as connect-src",
        &["Content Security Policy", "Content-Security-Policy", "ERR_BLOCKED_BY_CSP"],
    ),
    of(
        "mixed-content",
        "an https page requests an http URL, which browsers block as mixed content. This is not CORS: \
         serve the URL over https",
        &[
            "Mixed Content",
            "mixed active content",
            "mixed display content",
            "insecure content",
            "insecure resource",
        ],
    ),
    of(
        "corp",
        "the response's Cross-Origin-Resource-Policy header, or the page's Cross-Origin-Embedder-Policy, \
         blocks it. This is not CORS: send cross-origin-resource-policy: cross-origin, or request the \
         URL with mode: \"cors\"",
        &[
            "ERR_BLOCKED_BY_RESPONSE",
            "Cross-Origin-Resource-Policy",
            "Cross-Origin-Embedder-Policy",
            "NotSameOrigin",
        ],
    ),
    of(
        "orb",
        "the browser discards the response of a no-cors request, because it is not an image, a script \
         or similar. Remove mode: \"no-cors\", and allow the page by CORS",
        &["ERR_BLOCKED_BY_ORB", "OpaqueResponseBlocking", "Cross-Origin Read Blocking", "CORB"],
    ),
    of(
        "extension",
        "an extension of the browser, such as an ad blocker, blocks the request. This is not CORS: try a \
         private window",
        &["ERR_BLOCKED_BY_CLIENT", "blocked by the client", "content blocker"],
    ),
    of(
        "tls.certificate",
        "the browser does not trust the server's certificate, or cannot agree on TLS with it. This is \
         not CORS: open the URL in a tab to see the reason",
        &[
            "ERR_CERT_",
            "ERR_SSL_",
            "certificate",
            "SSL_ERROR",
            "SEC_ERROR",
            "SSL error",
            "TLS error",
            "TLS handshake",
        ],
    ),
    of(
        "actual.no-response",
        "no server answered at this address: the server is down, the name or the port is wrong, or a \
         network is in between. This is not CORS, and no header can fix it",
        &[
            "ERR_CONNECTION_",
            "ERR_NAME_",
            "ERR_ADDRESS_",
            "ERR_INTERNET_DISCONNECTED",
            "ERR_NETWORK_",
            "ERR_TIMED_OUT",
            "ERR_EMPTY_RESPONSE",
            "ERR_SOCKET_",
            "ERR_PROXY_",
            "ERR_TUNNEL_",
            "ERR_DNS_",
            "ERR_UNSAFE_PORT",
            "establish a connection",
            "connect to the server",
            "connect to localhost",
            "server with the specified hostname",
            "connection was lost",
            "connection was refused",
            "Connection refused",
            "network connection",
            "Internet connection",
            "request timed out",
            "NS_ERROR_",
            "Connection terminated unexpectedly",
            "Error resolving",
            "Name or service not known",
            "Socket I/O timed out",
            "Could not connect",
            "connection was interrupted",
            "Not allowed to use restricted network port",
        ],
    ),
    of(
        "network.invalid-response",
        "the server's response is not valid HTTP, or breaks off. This is not CORS: look at the server, or \
         at the proxy in front of it",
        &[
            "ERR_INVALID_",
            "ERR_CONTENT_",
            "ERR_INCOMPLETE_",
            "ERR_HTTP2_",
            "ERR_QUIC_",
            "ERR_RESPONSE_",
            "ERR_TOO_MANY_",
            "ERR_UNEXPECTED",
            "ERR_UNKNOWN_URL_SCHEME",
            "Header too big",
            "too many HTTP redirects",
            "Too many redirects",
            "cannot parse response",
            "Invalid HTTP",
            "Invalid header",
            "Could not parse HTTP",
            "Unacceptable TLS",
        ],
    ),
    of(
        "element.cross-origin",
        "a font, a script or a style sheet of another origin needs CORS headers, and this one has none \
         for the page: send access-control-allow-origin with the file. Only a script without \
         crossorigin and type=module does without",
        &[
            "source URI is not allowed in this document",
            "cross-site access not allowed",
            "Cross-origin script load denied",
            "Cross-origin stylesheet",
            "Cross-origin image load denied",
        ],
    ),
    of(
        "request.scheme",
        "a page may not load this URL, because it is a local file or has another scheme than http and \
         https. This is not CORS: serve it from a web server",
        &[
            "may not load or link to",
            "Not allowed to load local resource",
            "URL scheme \"",
            "URL scheme must be",
            "Cross origin requests are only supported for",
            "is not supported",
            "access to restricted URI",
        ],
    ),
    of(
        "status",
        "the server answered with an error status, which is not CORS: the script may read the response \
         if no other message says that it is blocked",
        &["responded with a status of", "server responded with a status"],
    ),
    Neighbor {
        slug: "element.load-failed",
        message: "the browser could not load this file. If another message names CORS, that is why: paste \
                  it as well. Otherwise the server did not send the file",
        words: &[
            "Loading failed for the",
            "Failed to load module script",
            "downloadable font: download failed",
        ],
        follows: true,
    },
    Neighbor {
        slug: "fetch-failed",
        message: "the script only learns that the request failed. This is not the reason: the console has \
                  another message with it. Paste that one, or run `cors explain URL`",
        words: &[
            "Failed to fetch",
            "NetworkError when attempting to fetch",
            "Load failed",
            "Network Error",
            "ERR_FAILED",
            "A network error occurred",
            "NetworkError: ",
            "Network request failed",
            "fetch failed",
        ],
        follows: true,
    },
    Neighbor {
        slug: "fetch-failed",
        message: "a resource failed to load, and this message does not say why: open the URL in a tab, or \
                  run `cors explain URL`",
        words: &["Failed to load resource", "Cannot load ", "cannot load "],
        follows: true,
    },
    Neighbor {
        slug: "aborted",
        message: "the request was aborted, by the script or because the page was left. This is not CORS",
        words: &["ERR_ABORTED", "NS_BINDING_ABORTED", "AbortError", "signal is aborted"],
        follows: true,
    },
];

pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    NEIGHBORS.iter().map(|neighbor| neighbor.slug)
}

/// The neighbor that the text is.
pub(super) fn parse(text: &str) -> Option<Sentence> {
    let has = |neighbor: &&Neighbor| neighbor.words.iter().any(|words| text.contains(words));
    let neighbor = NEIGHBORS.iter().find(has)?;
    Some(Sentence {
        url: url(text),
        redirected_from: None,
        origin: None,
        status: None,
        meaning: Meaning::Other {
            slug: neighbor.slug,
            message: neighbor.message.to_owned(),
            follows: neighbor.follows,
        },
    })
}

/// The first URL in a text.
fn url(text: &str) -> Option<String> {
    let scheme = ["https://", "http://", "wss://", "ws://"];
    let start = scheme.iter().filter_map(|scheme| text.find(scheme)).min()?;
    let rest = &text[start..];
    let end = rest.find([' ', '\'', '"', ')', '>']).unwrap_or(rest.len());
    Some(rest[..end].trim_end_matches(['.', ',', ':', ';']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_ends_where_the_sentence_goes_on() {
        assert_eq!(url("at https://a.example/b. See"), Some("https://a.example/b".to_owned()));
        assert_eq!(url("at \"ws://a.example:1/\"."), Some("ws://a.example:1/".to_owned()));
        assert_eq!(url("none"), None);
    }
}
