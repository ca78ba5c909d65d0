//! [Headers](https://fetch.spec.whatwg.org/#terminology-headers): Fetch's lists of names, and the
//! scanner of `Access-Control-Request-Headers`.

pub(crate) mod list;

use crate::response::ResponseField;

/// A [forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header) name, in any
/// case: a script cannot set it, so that allowing it is a mistake.
pub fn is_forbidden(name: &str) -> bool {
    const NAMES: [&str; 21] = [
        "accept-charset",
        "accept-encoding",
        "access-control-request-headers",
        "access-control-request-method",
        "access-control-request-private-network",
        "connection",
        "content-length",
        "cookie",
        "cookie2",
        "date",
        "dnt",
        "expect",
        "host",
        "keep-alive",
        "origin",
        "referer",
        "set-cookie",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    is_any_of(name, &NAMES)
        || name.eq_ignore_ascii_case("via")
        || starts_with(name, "proxy-")
        || starts_with(name, "sec-")
}

/// A header of the CORS protocol that only a response carries: in a list of request headers it
/// means that two lists were mixed up.
pub fn is_response_only(name: &str) -> bool {
    ResponseField::OWNED.iter().any(|field| field.name().eq_ignore_ascii_case(name))
}

/// A [forbidden response-header](https://fetch.spec.whatwg.org/#forbidden-response-header-name) name:
/// no script reads it, exposed or not.
pub fn is_forbidden_to_read(name: &str) -> bool {
    is_any_of(name, &["set-cookie", "set-cookie2"])
}

/// A request header that is [safelisted](https://fetch.spec.whatwg.org/#cors-safelisted-request-header)
/// with every value that is commonly sent. `Content-Type` and `Range` are so with some values only.
pub fn is_safelisted(name: &str) -> bool {
    is_any_of(name, &["accept", "accept-language", "content-language"])
}

/// A [safelisted response-header](https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name)
/// name: every script reads it, exposed or not.
pub fn is_safelisted_to_read(name: &str) -> bool {
    const NAMES: [&str; 7] = [
        "cache-control",
        "content-language",
        "content-length",
        "content-type",
        "expires",
        "last-modified",
        "pragma",
    ];
    is_any_of(name, &NAMES)
}

/// A request header that scripts cannot find in a response.
pub(crate) fn is_request_only(name: &str) -> bool {
    is_any_of(name, &["origin", "host", "referer", "user-agent", "cookie"])
        || starts_with(name, "access-control-request-")
        || starts_with(name, "sec-fetch-")
}

/// A header of the CORS protocol.
pub(crate) fn is_cors(name: &str) -> bool {
    starts_with(name, "access-control-")
}

fn is_any_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn starts_with(name: &str, prefix: &str) -> bool {
    name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_by_name_and_by_prefix_in_any_case() {
        for name in ["Host", "cookie", "Sec-Fetch-Mode", "PROXY-x", "via", "Set-Cookie", "DNT"] {
            assert!(is_forbidden(name), "{name}");
        }
        for name in ["authorization", "content-type", "sec", "security", "x-host", "user-agent"] {
            assert!(!is_forbidden(name), "{name}");
        }
    }
}
