//! [MIME types](https://mimesniff.spec.whatwg.org/#parse-a-mime-type), as far as the safelist
//! needs them.

use cors_core::method::is_token;

/// The three [essences](https://mimesniff.spec.whatwg.org/#mime-type-essence) that a form can
/// send, so that a script may as well.
const OF_FORMS: [(&str, &str); 3] =
    [("application", "x-www-form-urlencoded"), ("multipart", "form-data"), ("text", "plain")];

/// Whether a value of `Content-Type` parses, and is one that a form can send. Parameters do not
/// count.
pub(super) fn is_of_forms(value: &[u8]) -> bool {
    let Some(slash) = value.iter().position(|&byte| byte == b'/') else { return false };
    let (kind, rest) = (trim_start(&value[..slash]), &value[slash + 1..]);
    let end = rest.iter().position(|&byte| byte == b';').unwrap_or(rest.len());
    let subtype = trim_end(&rest[..end]);
    is_token(kind)
        && is_token(subtype)
        && OF_FORMS.iter().any(|(known, sub)| {
            kind.eq_ignore_ascii_case(known.as_bytes())
                && subtype.eq_ignore_ascii_case(sub.as_bytes())
        })
}

/// [HTTP white space](https://fetch.spec.whatwg.org/#http-whitespace).
const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

fn trim_start(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|&byte| !is_space(byte)).unwrap_or(bytes.len());
    &bytes[start..]
}

fn trim_end(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|&byte| !is_space(byte)).map_or(0, |last| last + 1);
    &bytes[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_send_three_types_with_any_parameters() {
        for value in [
            "text/plain",
            " TEXT/Plain ; charset=x",
            "multipart/form-data;boundary=-",
            "application/x-www-form-urlencoded;;",
        ] {
            assert!(is_of_forms(value.as_bytes()), "{value:?}");
        }
    }

    #[test]
    fn what_does_not_parse_is_none_of_them() {
        for value in ["", "/", "text", "text/", "text /plain", "text/ plain", "text/plain,a/b"] {
            assert!(!is_of_forms(value.as_bytes()), "{value:?}");
        }
    }
}
