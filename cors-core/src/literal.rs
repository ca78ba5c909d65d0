//! The constant values of the protocol, each at an address of its own.
//!
//! A response that an inner layer decided must be told from one whose handler wrote the same
//! headers by hand, and the sign must cost nothing on a response without extensions. The address
//! of these texts is that sign: they are slices of one array that nothing else in a program can
//! equal, so a value that points into it was written by this engine, or copied from a response
//! that was. (A constant of their own would not do: compilers merge equal constants, and `"*"` is
//! common. A marker header would do worse: nobody would take it off at the outermost layer.)
//!
//! They are statics and not constants because clippy 1.95 panics on a constant text that points
//! into a static.

static TEXT: [u8; 161] = *b"*, true, Origin, Access-Control-Request-Method, \
Access-Control-Request-Headers; Origin, Access-Control-Request-Headers \
(cors-core: https://fetch.spec.whatwg.org)";

/// `*`
pub static ANY: &str = slice(0, 1);
/// `true`
pub static TRUE: &str = slice(3, 4);
/// `Origin`
pub static ORIGIN: &str = slice(9, 6);

/// Never a whole value: rare enough to be copied into one.
pub(crate) static PRIVATE_NETWORK: &str = "Access-Control-Request-Private-Network";

static ORIGIN_METHOD: &str = slice(9, 37);
static ORIGIN_METHOD_HEADERS: &str = slice(9, 69);
static METHOD: &str = slice(17, 29);
static METHOD_HEADERS: &str = slice(17, 61);
static HEADERS: &str = slice(48, 30);
static ORIGIN_HEADERS: &str = slice(80, 38);

/// A value of `Vary` that names the request headers which are asked for, if any.
pub(crate) fn vary(origin: bool, method: bool, headers: bool) -> Option<&'static str> {
    match (origin, method, headers) {
        (false, false, false) => None,
        (true, false, false) => Some(ORIGIN),
        (true, true, false) => Some(ORIGIN_METHOD),
        (true, true, true) => Some(ORIGIN_METHOD_HEADERS),
        (true, false, true) => Some(ORIGIN_HEADERS),
        (false, true, false) => Some(METHOD),
        (false, true, true) => Some(METHOD_HEADERS),
        (false, false, true) => Some(HEADERS),
    }
}

/// Whether these bytes lie in this module's array, not merely equal a part of it.
pub(crate) fn is_ours(value: &[u8]) -> bool {
    TEXT.as_ptr_range().contains(&value.as_ptr())
}

const fn slice(start: usize, len: usize) -> &'static str {
    match core::str::from_utf8(TEXT.split_at(start).1.split_at(len).0) {
        Ok(text) => text,
        Err(_) => "",
    }
}

#[cfg(test)]
mod tests {
    use alloc::{string::String, vec::Vec};

    use super::*;

    #[test]
    fn every_text_says_what_its_name_says() {
        assert_eq!([ANY, TRUE, ORIGIN], ["*", "true", "Origin"]);
        for bits in 0..8 {
            let [origin, method, headers] = [1, 2, 4].map(|bit| bits & bit != 0);
            let names: Vec<&str> = [
                (origin, "Origin"),
                (method, "Access-Control-Request-Method"),
                (headers, "Access-Control-Request-Headers"),
            ]
            .into_iter()
            .filter_map(|(wanted, name)| wanted.then_some(name))
            .collect();
            assert_eq!(vary(origin, method, headers).unwrap_or_default(), names.join(", "));
        }
    }

    #[test]
    fn only_our_own_address_is_ours() {
        assert!(is_ours(ANY.as_bytes()) && is_ours(ORIGIN_HEADERS.as_bytes()));
        assert!(
            !is_ours(b"*") && !is_ours(b"Origin") && !is_ours(String::from("Origin").as_bytes())
        );
    }
}
