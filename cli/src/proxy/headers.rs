//! What changes in a head on its way. Nothing here is CORS: that is the layer's.

use std::{
    hash::{BuildHasher, RandomState},
    net::IpAddr,
};

use http::{HeaderMap, HeaderName, HeaderValue, Uri, Version, header, request};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Other names under which servers read a client's address or host.
const CLAIMS: [&str; 10] = [
    "cf-connecting-ip",
    "client-ip",
    "fastly-client-ip",
    "forwarded",
    "true-client-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-host",
    "x-original-host",
    "x-real-ip",
];

/// Fields of one connection (RFC 9110, section 7.6.1), and those for a proxy itself.
const HOP_BY_HOP: [HeaderName; 8] = [
    header::CONNECTION,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
];

/// Removes what is about one connection: the known fields, and those that `Connection` names.
pub(crate) fn remove_hop_by_hop(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = elements(headers, header::CONNECTION)
        .filter_map(|name| HeaderName::from_bytes(name.as_bytes()).ok())
        .collect();
    for name in named.iter().chain(&HOP_BY_HOP) {
        headers.remove(name);
    }
}

/// Makes a client's head one for the upstream, which gets its own `Host` from the target.
pub(crate) fn for_upstream(parts: &mut request::Parts, via: &Via, peer: IpAddr, trusted: bool) {
    let host = host(&parts.uri, &parts.headers);
    let headers = &mut parts.headers;
    // gRPC needs it, and it is the one value that HTTP/2 allows.
    let takes_trailers = elements(headers, header::TE).any(|te| te == "trailers");
    remove_hop_by_hop(headers);
    headers.remove(header::HOST);
    // The body is asked for, so that the client was told to go on.
    headers.remove(header::EXPECT);
    if takes_trailers {
        headers.insert(header::TE, HeaderValue::from_static("trailers"));
    }
    join_cookies(headers);
    remove_claims(headers, trusted);
    if let Ok(peer) = HeaderValue::try_from(peer.to_string()) {
        headers.append(X_FORWARDED_FOR, peer);
    }
    if let Some(host) = host {
        headers.entry(X_FORWARDED_HOST).or_insert(host);
    }
    headers.entry(X_FORWARDED_PROTO).or_insert(HeaderValue::from_static("http"));
    via.append(parts.version, headers);
}

/// Removes what a client claims about its own address and host. Servers that read headers as CGI
/// variables take `_` for `-`, so those spellings never pass.
fn remove_claims(headers: &mut HeaderMap, trusted: bool) {
    let claims: Vec<HeaderName> = headers
        .keys()
        .filter(|name| is_claim(&name.as_str().replace('_', "-")))
        .filter(|name| !trusted || name.as_str().contains('_'))
        .cloned()
        .collect();
    for name in claims {
        headers.remove(name);
    }
}

fn is_claim(name: &str) -> bool {
    name.starts_with("x-forwarded") || CLAIMS.contains(&name)
}

/// The host that the client asked for.
pub(crate) fn host(uri: &Uri, headers: &HeaderMap) -> Option<HeaderValue> {
    let authority = uri.authority().map(|authority| authority.as_str());
    authority
        .and_then(|authority| HeaderValue::from_str(authority).ok())
        .or_else(|| headers.get(header::HOST).cloned())
}

/// HTTP/2 sends cookies on several lines, which other versions have no meaning for (RFC 9113,
/// section 8.2.3).
fn join_cookies(headers: &mut HeaderMap) {
    let lines: Vec<&[u8]> =
        headers.get_all(header::COOKIE).iter().map(HeaderValue::as_bytes).collect();
    if lines.len() > 1
        && let Ok(cookies) = HeaderValue::from_bytes(&lines.join(&b"; "[..]))
    {
        headers.insert(header::COOKIE, cookies);
    }
}

/// Whether a request asks for a WebSocket. Other upgrades are left out: a server may do that.
pub(crate) fn asks_for_websocket(headers: &HeaderMap) -> bool {
    elements(headers, header::UPGRADE).any(|protocol| protocol.eq_ignore_ascii_case("websocket"))
}

/// The elements of a list, over all its lines.
fn elements(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    let lines = headers.get_all(name).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim)
}

/// This process's name in `Via`, by which it knows a request that it has sent itself. Another
/// `cors proxy` on the way has another one.
pub(crate) struct Via(String);

impl Via {
    pub(crate) fn new() -> Self {
        Self(format!("cors-{:016x}", RandomState::new().hash_one(())))
    }

    pub(crate) fn has_seen(&self, headers: &HeaderMap) -> bool {
        elements(headers, header::VIA).any(|hop| hop.ends_with(&self.0))
    }

    fn append(&self, version: Version, headers: &mut HeaderMap) {
        let version = match version {
            Version::HTTP_2 => "2",
            Version::HTTP_10 => "1.0",
            _ => "1.1",
        };
        if let Ok(hop) = HeaderValue::try_from(format!("{version} {}", self.0)) {
            headers.append(header::VIA, hop);
        }
    }
}
