//! Secrets in a report that others will read.

/// Instead of a secret.
const MASK: &str = "***";

/// Parts of the names of headers and of URL parameters whose values are secret.
const NAMES: [&str; 16] = [
    "access_key",
    "apikey",
    "api-key",
    "api_key",
    "auth",
    "code",
    "cookie",
    "credential",
    "jwt",
    "key",
    "pass",
    "pwd",
    "secret",
    "session",
    "sig",
    "token",
];

/// The length from which letters and digits mixed are a token.
const TOKEN: usize = 20;

/// Masks the value of a header if it is secret, and what is secret in any other.
pub(crate) fn header(name: &str, value: &str) -> String {
    let is_cors = name.starts_with("access-control-");
    match !is_cors && is_name(name) {
        true => MASK.to_owned(),
        false => text(value),
    }
}

/// Masks user names, secret parameters and tokens in the URLs of a text.
pub(crate) fn text(text: &str) -> String {
    let is_end = |letter: char| letter.is_whitespace() || "\"'`<>()".contains(letter);
    text.split_inclusive(is_end)
        .map(|part| {
            let word = part.trim_end_matches(is_end);
            word_masked(word) + &part[word.len()..]
        })
        .collect()
}

fn word_masked(word: &str) -> String {
    let word = match word.split_once("://") {
        Some((scheme, rest)) => {
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            match rest[..end].rfind('@') {
                Some(at) => format!("{scheme}://{MASK}{}", &rest[at..]),
                None => word.to_owned(),
            }
        }
        None => word.to_owned(),
    };
    word.split_inclusive(['/', '?', '#', '&', ';', ','])
        .map(|part| {
            let piece = part.trim_end_matches(['/', '?', '#', '&', ';', ',']);
            piece_masked(piece) + &part[piece.len()..]
        })
        .collect()
}

fn piece_masked(piece: &str) -> String {
    match piece.split_once('=') {
        Some((name, value)) if !value.is_empty() && (is_name(name) || is_token(value)) => {
            format!("{name}={MASK}")
        }
        Some(_) => piece.to_owned(),
        None if is_token(piece) => MASK.to_owned(),
        None => piece.to_owned(),
    }
}

fn is_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    NAMES.iter().any(|part| name.contains(part))
}

/// A web token, or a long mix of letters and digits.
fn is_token(value: &str) -> bool {
    let has = |wanted: fn(&u8) -> bool| value.as_bytes().iter().any(wanted);
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_-.%+~=".contains(letter);
    let is_web_token = value.starts_with("eyJ") && value.contains('.');
    let is_mixed = value.len() >= TOKEN
        && value.chars().all(is_plain)
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_alphabetic)
        && value.bytes().filter(u8::is_ascii_digit).count() >= 4
        && !value.contains('.');
    is_web_token || is_mixed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked() {
        for (before, after) in [
            ("https://u:p@a.example/x", "https://***@a.example/x"),
            ("https://a.example/x?access_token=1&b=2", "https://a.example/x?access_token=***&b=2"),
            ("to /login?next=/a&code=xyz (302)", "to /login?next=/a&code=*** (302)"),
            ("https://a.example/#id_token=eyJa.b.c", "https://a.example/#id_token=***"),
            ("https://a.example/reset/9f8a7b6c5d4e3f2a1b0c99", "https://a.example/reset/***"),
            ("'https://a.example/?q=eyJhbGciOi.J9.x'", "'https://a.example/?q=***'"),
            ("https://api.example.com/items?page=2", "https://api.example.com/items?page=2"),
            ("access-control-allow-origin is missing", "access-control-allow-origin is missing"),
            ("http://127.0.0.1:9000/v1/items", "http://127.0.0.1:9000/v1/items"),
        ] {
            assert_eq!(text(before), after);
        }
    }

    #[test]
    fn headers_with_secrets_are_masked() {
        for name in ["authorization", "cookie", "set-cookie", "x-api-key", "x-csrf-token"] {
            assert_eq!(header(name, "a"), "***", "{name}");
        }
        for name in ["content-type", "access-control-request-headers", "origin", "vary"] {
            assert_eq!(header(name, "a"), "a", "{name}");
        }
        assert_eq!(header("access-control-allow-headers", "x-token"), "x-token");
        assert_eq!(header("location", "/?token=1"), "/?token=***");
    }
}
