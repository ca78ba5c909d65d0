//! Request headers: those that need no preflight, and those that no script may set.

use alloc::{string::String, vec::Vec};

use super::mime;
use cors_core::{header, method, syntax};

/// The one [CORS non-wildcard request-header name](https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name).
pub(super) const AUTHORIZATION: &str = "authorization";

/// The longest value that is [safelisted](https://fetch.spec.whatwg.org/#cors-safelisted-request-header),
/// in bytes.
const VALUE_LIMIT: usize = 128;

/// How many bytes all safelisted values of a request may have together.
const TOTAL_LIMIT: usize = 1024;

/// Whether a header is a
/// [CORS-safelisted request-header](https://fetch.spec.whatwg.org/#cors-safelisted-request-header):
/// one that a page could always make a browser send. The name is in any case.
///
/// ```
/// use cors_browser::is_safelisted_request_header as is_safelisted;
///
/// assert!(is_safelisted("Content-Type", b"text/plain; charset=utf-8"));
/// assert!(!is_safelisted("Content-Type", b"application/json"));
/// ```
pub fn is_safelisted_request_header(name: &str, value: &[u8]) -> bool {
    if value.len() > VALUE_LIMIT {
        return false;
    }
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    let has_unsafe_byte = || value.iter().copied().any(is_unsafe_byte);
    if is("accept") {
        !has_unsafe_byte()
    } else if is("accept-language") || is("content-language") {
        value.iter().copied().all(is_language_byte)
    } else if is("content-type") {
        !has_unsafe_byte() && mime::is_of_forms(value)
    } else {
        is("range") && is_range_from_start(value)
    }
}

/// Whether a header is a
/// [forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header), which a
/// script sets in vain. The name is in any case.
pub fn is_forbidden_request_header(name: &str, value: &[u8]) -> bool {
    const OVERRIDES: [&str; 3] = ["x-http-method", "x-http-method-override", "x-method-override"];
    header::is_forbidden(name)
        || OVERRIDES.iter().any(|known| known.eq_ignore_ascii_case(name))
            && syntax::elements(value)
                .filter_map(|element| core::str::from_utf8(element).ok())
                .any(method::is_forbidden)
}

/// The [CORS-unsafe request-header names](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names)
/// of headers whose names are in lower case: sorted, each once. Some browsers take other headers for
/// safelisted as well.
pub(super) fn unsafe_names(
    headers: &[(String, Vec<u8>)],
    also_safe: impl Fn(&str, &[u8]) -> bool,
) -> Vec<String> {
    let is_safe = |(name, value): &&(String, Vec<u8>)| {
        is_safelisted_request_header(name, value) || also_safe(name, value)
    };
    let (safe, mut unsafe_ones): (Vec<_>, Vec<_>) = headers.iter().partition(is_safe);
    if safe.iter().map(|(_, value)| value.len()).sum::<usize>() > TOTAL_LIMIT {
        unsafe_ones.extend(safe);
    }
    let mut names: Vec<String> = unsafe_ones.into_iter().map(|(name, _)| name.clone()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether a header is a client hint with a valid value. Chromium sends those without a preflight.
pub(super) fn is_client_hint(name: &str, value: &[u8]) -> bool {
    const NUMBERS: [&str; 6] =
        ["device-memory", "downlink", "dpr", "rtt", "viewport-width", "width"];
    const CONNECTIONS: [&[u8]; 4] = [b"slow-2g", b"2g", b"3g", b"4g"];
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    if value.len() > VALUE_LIMIT {
        return false;
    }
    if NUMBERS.into_iter().any(is) {
        return is_number(value);
    }
    is("save-data") && value.eq_ignore_ascii_case(b"on")
        || is("ect") && CONNECTIONS.contains(&value)
}

/// Whether bytes are a decimal number without a sign.
fn is_number(value: &[u8]) -> bool {
    let mut parts = value.split(|byte| *byte == b'.');
    let is_digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    parts.next().is_some_and(is_digits)
        && parts.next().is_none_or(is_digits)
        && parts.next().is_none()
}

/// Whether a script may set a header in mode `no-cors`
/// ([no-CORS-safelisted request-header](https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header)).
pub(super) fn is_no_cors_safelisted(name: &str, value: &[u8]) -> bool {
    !name.eq_ignore_ascii_case("range") && is_safelisted_request_header(name, value)
}

/// A [CORS-unsafe request-header byte](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte).
const fn is_unsafe_byte(byte: u8) -> bool {
    byte < b' ' && byte != b'\t'
        || matches!(byte, b'"' | b'(' | b')' | b':' | b'<' | b'>' | b'?' | b'@')
        || matches!(byte, b'[' | b'\\' | b']' | b'{' | b'}' | 0x7f)
}

const fn is_language_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'*' | b',' | b'-' | b'.' | b';' | b'=')
}

/// A [single range](https://fetch.spec.whatwg.org/#simple-range-header-value) with a start, and
/// without white space.
fn is_range_from_start(value: &[u8]) -> bool {
    let Some(range) = value.strip_prefix(b"bytes=") else { return false };
    let Some(dash) = range.iter().position(|&byte| byte == b'-') else { return false };
    let (start, end) = (&range[..dash], &range[dash + 1..]);
    let is_number = |digits: &[u8]| digits.iter().all(u8::is_ascii_digit);
    !start.is_empty()
        && is_number(start)
        && is_number(end)
        && (end.is_empty() || magnitude(start) <= magnitude(end))
}

/// Digits in a form that compares as the number does, however many they are.
fn magnitude(digits: &[u8]) -> (usize, &[u8]) {
    let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
    (digits.len() - zeros, &digits[zeros..])
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    #[track_caller]
    fn check(name: &str, value: &str, safelisted: bool) {
        let got = is_safelisted_request_header(name, value.as_bytes());
        assert_eq!(got, safelisted, "{name}: {value:?}");
    }

    #[test]
    fn a_value_has_128_bytes_at_most() {
        check("accept", &"a".repeat(128), true);
        check("accept", &"a".repeat(129), false);
    }

    #[test]
    fn unsafe_bytes_are_those_of_the_standard() {
        let is_unsafe = |byte: &u8| !is_safelisted_request_header("Accept", &[*byte]);
        let bytes: Vec<u8> = (0..=0xff).filter(is_unsafe).collect();
        let controls: Vec<u8> = (0..0x20).filter(|byte| *byte != b'\t').collect();
        assert_eq!(bytes, [&controls[..], b"\"():<>?@[\\]{}\x7f"].concat());
    }

    #[test]
    fn languages_have_an_alphabet_of_their_own() {
        check("accept-language", "en-US,en;q=0.5, *", true);
        check("content-language", "de/AT", false);
        check("content-language", "\u{e9}", false);
    }

    #[test]
    fn a_range_has_a_start_and_no_less_of_an_end() {
        check("Range", "bytes=0-", true);
        check("range", "bytes=100-200", true);
        check("range", "bytes=0100-100", true);
        check("range", "bytes=200-100", false);
        check("range", "bytes=99999999999999999999-100000000000000000000", true);
        check("range", "bytes=-", false);
        check("range", "bytes=1", false);
    }

    #[test]
    fn beyond_1024_bytes_together_nothing_is_safe() {
        let header = |name: &str, len| (name.into(), vec![b'a'; len]);
        let mut headers = vec![header("accept", 128); 8];
        assert_eq!(unsafe_names(&headers, |_, _| false), Vec::<String>::new());
        headers.push(header("content-language", 1));
        assert_eq!(unsafe_names(&headers, |_, _| false), ["accept", "content-language"]);
    }

    #[test]
    fn what_is_unsafe_does_not_count_towards_the_total() {
        let headers = [("x-a".into(), vec![b'a'; 2000]), ("accept".into(), vec![b'a'; 100])];
        assert_eq!(unsafe_names(&headers, |_, _| false), ["x-a"]);
    }

    #[test]
    fn a_client_hint_has_a_value_that_a_browser_writes() {
        for (name, value, hint) in [
            ("DPR", "2", true),
            ("device-memory", "0.5", true),
            ("rtt", "fast", false),
            ("width", "1.", false),
            ("ECT", "4g", true),
            ("ect", "1", false),
            ("save-data", "on", true),
            ("save-data", "1", false),
            ("x-dpr", "2", false),
        ] {
            assert_eq!(is_client_hint(name, value.as_bytes()), hint, "{name}: {value}");
        }
    }

    #[test]
    fn a_method_override_is_forbidden_if_its_method_is() {
        assert!(is_forbidden_request_header("X-HTTP-Method-Override", b"get, Trace"));
        assert!(!is_forbidden_request_header("x-http-method-override", b"PUT"));
        assert!(is_forbidden_request_header("Cookie", b"a=b"));
    }
}
