//! A line of input: a policy, and a request to ask it about.

use cors_core::{Resources, method, plain::Request};

use crate::json::Field;

/// Reads a line, or says which field is wrong. A request without a path is to `/`.
pub(super) fn parse(line: &[u8]) -> Result<(Resources, Request), String> {
    let line = whole(line)?.object(&["policy", "request"])?;
    let policy = line.get("policy")?.read_explained()?;
    let request = line.get("request")?.object(&["method", "path", "headers"])?;
    let method: String = request.get("method")?.read("a text")?;
    let request_line = Request::new(method, headers(&request.get("headers")?)?);
    Ok(match request.find("path") {
        Some(path) => (policy, request_line.to(path.read::<String>("a text")?)),
        None => (policy, request_line),
    })
}

/// The one JSON value that a line is.
pub(super) fn whole(line: &[u8]) -> Result<Field<'_>, String> {
    let text = str::from_utf8(line)
        .map_err(|error| format!("not UTF-8 at column {}", error.valid_up_to() + 1))?;
    Field::whole(text)
}

/// A list of header lines.
pub(super) fn headers(field: &Field<'_>) -> Result<Vec<(String, Vec<u8>)>, String> {
    field.list("a list of pairs of texts")?.iter().map(header).collect()
}

fn header(field: &Field<'_>) -> Result<(String, Vec<u8>), String> {
    const PAIR: &str = "a pair of texts";
    let items = field.list(PAIR)?;
    let [name, value] = &items[..] else {
        return Err(field.wrong(format_args!("expected {PAIR}, found a list of {}", items.len())));
    };
    Ok((header_name(name)?, header_value(value)?))
}

/// A [field name](https://www.rfc-editor.org/rfc/rfc9110#section-5.1), which is a token.
fn header_name(field: &Field<'_>) -> Result<String, String> {
    let name: String = field.read("a text")?;
    if !method::is_token(name.as_bytes()) {
        return Err(field.wrong(format_args!("{name:?} is no header name, which is a token")));
    }
    Ok(name)
}

/// A value as bytes, [isomorphic](https://infra.spec.whatwg.org/#isomorphic-encode): a code point
/// is a byte.
fn header_value(field: &Field<'_>) -> Result<Vec<u8>, String> {
    let value: String = field.read("a text")?;
    value
        .chars()
        .map(|char| match u8::try_from(char) {
            Ok(b'\r' | b'\n' | 0) => {
                Err(field
                    .wrong(format_args!("U+{:04X} stands in no header value", u32::from(char))))
            }
            Ok(byte) => Ok(byte),
            Err(_) => Err(field.wrong(format_args!(
                "U+{:04X} is no byte: a code point up to U+00FF stands for one",
                u32::from(char)
            ))),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_point_is_a_byte() {
        let line =
            r#"{"policy": {}, "request": {"method": "GET", "headers": [["A", "aé\u00ff"]]}}"#;
        let (_, request) = parse(line.as_bytes()).expect("a line as it should be");
        assert_eq!(request, Request::new("GET", [("A", [b'a', 0xe9, 0xff])]));
    }
}
