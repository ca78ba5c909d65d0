//! [Methods](https://fetch.spec.whatwg.org/#methods): Fetch's three short lists of names.

/// Whether `name` is a `token`, the grammar of method and header names
/// ([RFC 9110, 5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2)).
pub fn is_token(name: &[u8]) -> bool {
    !name.is_empty() && name.iter().copied().all(is_token_byte)
}

pub(crate) const fn is_token_byte(byte: u8) -> bool {
    matches!(byte,
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9'
        | b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+'
        | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~')
}

/// A [CORS-safelisted method](https://fetch.spec.whatwg.org/#cors-safelisted-method) passes
/// every preflight, listed or not.
pub fn is_safelisted(method: &[u8]) -> bool {
    matches!(method, b"GET" | b"HEAD" | b"POST")
}

/// A [forbidden method](https://fetch.spec.whatwg.org/#forbidden-method), in any case: no browser
/// sends it for a script.
pub fn is_forbidden(method: &str) -> bool {
    ["CONNECT", "TRACE", "TRACK"].iter().any(|name| name.eq_ignore_ascii_case(method))
}

/// [Normalizes](https://fetch.spec.whatwg.org/#concept-method-normalize) a method as `fetch` does:
/// six names are upper-cased, every other stays as written (`patch` is not `PATCH`).
pub fn normalize(method: &str) -> &str {
    match ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]
        .into_iter()
        .find(|name| name.eq_ignore_ascii_case(method))
    {
        Some(name) => name,
        None => method,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_names_are_upper_cased_and_patch_is_not() {
        assert_eq!(normalize("get"), "GET");
        assert_eq!(normalize("Options"), "OPTIONS");
        assert_eq!(normalize("patch"), "patch");
        assert_eq!(normalize("purge"), "purge");
    }

    #[test]
    fn forbidden_in_any_case() {
        assert!(is_forbidden("Trace") && is_forbidden("CONNECT") && is_forbidden("track"));
        assert!(!is_forbidden("TRACER"));
    }

    #[test]
    fn safelisted_by_bytes_alone() {
        assert!(is_safelisted(b"HEAD") && !is_safelisted(b"head") && !is_safelisted(b"PUT"));
    }

    #[test]
    fn a_token_has_no_separator() {
        assert!(is_token(b"X-a!#$%&'*+.^_`|~9"));
        for bad in ["", "a b", "a,b", "a\u{e4}", "a\tb", "a/b", "(a)"] {
            assert!(!is_token(bad.as_bytes()), "{bad:?}");
        }
    }
}
