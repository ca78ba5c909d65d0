//! URLs and origins as people write them, in the form that browsers send.

use crate::status::complain;

/// The URL that a browser requests: hosts in ASCII, paths in percent encoding.
///
/// # Errors
///
/// If scripts cannot request it.
pub(crate) fn url(written: &str) -> Result<String, String> {
    let written = written.trim();
    if !written.contains("://") {
        return Err(format!("{written:?} has no scheme: write https://{written}"));
    }
    let authority = written.split(['/', '?', '#']).nth(2).unwrap_or_default();
    if authority.contains('@') {
        return Err("scripts cannot request a URL with a user name: remove it".into());
    }
    let lower = written.to_ascii_lowercase();
    if lower.starts_with("ws://") || lower.starts_with("wss://") {
        return Err("CORS does not apply to WebSockets: any page can connect, so the server must \
                    check the Origin header itself"
            .into());
    }
    let (scheme, rest) = written.split_once("://").unwrap_or_default();
    let path = rest.strip_prefix(authority).unwrap_or_default();
    let host = ascii(authority);
    if host != authority {
        complain(format_args!("cors: browsers send the host {authority} as {host}"));
    }
    let path: String = path
        .chars()
        .map(|letter| match letter.is_ascii() {
            true => letter.to_string(),
            false => {
                let mut bytes = [0; 4];
                letter.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")).collect()
            }
        })
        .collect();
    Ok(format!("{scheme}://{host}{path}"))
}

/// The origin that a browser sends. A path and a slash are removed, and a host is in ASCII.
pub(crate) fn origin(written: &str) -> String {
    let written = written.trim();
    let Some((scheme, rest)) = written.split_once("://") else { return written.to_owned() };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let origin = format!("{scheme}://{}", ascii(host));
    if host.len() < rest.len() {
        complain(format_args!("cors: an origin has no path and no slash: using {origin}"));
    } else if origin != written {
        complain(format_args!("cors: browsers send the origin {written} as {origin}"));
    }
    origin
}

/// The host and port of a URL.
pub(crate) fn host(url: &str) -> Option<&str> {
    url.split(['/', '?', '#']).nth(2)
}

/// A host with its port, in ASCII. One that cannot be converted stays.
fn ascii(host: &str) -> String {
    if host.is_ascii() {
        return host.to_owned();
    }
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) => (name, format!(":{port}")),
        None => (host, String::new()),
    };
    idna::domain_to_ascii(name).map_or_else(|_| host.to_owned(), |name| name + &port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_written_as_browsers_send_it() {
        for (written, sent) in [
            ("https://bücher.example/ä?ö=ü", "https://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC"),
            ("https://BÜCHER.example:8443/", "https://xn--bcher-kva.example:8443/"),
            ("https://日本.example", "https://xn--wgv71a.example"),
            ("http://127.0.0.1:3000/a%20b", "http://127.0.0.1:3000/a%20b"),
        ] {
            assert_eq!(url(written).as_deref(), Ok(sent));
        }
    }

    #[test]
    fn an_origin_is_written_as_browsers_send_it() {
        for (written, sent) in [
            ("https://app.example/", "https://app.example"),
            ("https://app.example/a?b", "https://app.example"),
            ("https://bücher.example:8443", "https://xn--bcher-kva.example:8443"),
            ("https://app.example", "https://app.example"),
            ("null", "null"),
        ] {
            assert_eq!(origin(written), sent);
        }
    }
}
