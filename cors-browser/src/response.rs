//! The head of a server's response.

use alloc::{borrow::Cow, string::String, vec::Vec};

use cors_core::{ResponseField, method::is_token, syntax};

/// A response's head.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The lines: names in any case, and values as the bytes received.
    pub headers: Vec<(String, Vec<u8>)>,
}

/// A list that does not match the grammar of its header, so that all of it is lost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Unparsable;

impl Response {
    /// A response with these lines.
    pub fn new<N: Into<String>, V: Into<Vec<u8>>>(
        status: u16,
        headers: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let headers =
            headers.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { status, headers }
    }

    /// The values of every line with this name, in any case, without the white space around them.
    pub fn lines(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        self.headers
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| syntax::trim(value))
    }

    /// The [value of a name](https://fetch.spec.whatwg.org/#concept-header-list-get): that of its
    /// line, or of all its lines with `, ` between.
    pub fn get(&self, name: &str) -> Option<Cow<'_, [u8]>> {
        let mut lines = self.lines(name);
        let mut value = Cow::Borrowed(lines.next()?);
        for line in lines {
            let value = value.to_mut();
            value.extend_from_slice(b", ");
            value.extend_from_slice(line);
        }
        Some(value)
    }

    /// Whether `Vary` names this request header, or every one: whether a cache that obeys it keeps
    /// answers to different values of that header apart.
    pub fn varies_by(&self, name: &str) -> bool {
        self.lines(ResponseField::Vary.name())
            .flat_map(syntax::elements)
            .any(|element| element == b"*" || element.eq_ignore_ascii_case(name.as_bytes()))
    }

    /// [Extracts](https://fetch.spec.whatwg.org/#extract-header-list-values) the names of a list, or
    /// none where there is no such header.
    pub(super) fn names(&self, field: ResponseField) -> Result<Option<Vec<&str>>, Unparsable> {
        let mut names = None;
        for line in self.lines(field.name()) {
            let names = names.get_or_insert_with(Vec::new);
            for element in syntax::elements(line) {
                match core::str::from_utf8(element) {
                    Ok(name) if is_token(element) => names.push(name),
                    _ => return Err(Unparsable),
                }
            }
        }
        Ok(names)
    }
}

/// A [redirect status](https://fetch.spec.whatwg.org/#redirect-status).
pub(super) const fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// Names of headers for comparison: in lower case, sorted.
pub(super) fn sorted(names: Vec<&str>) -> Vec<Cow<'_, str>> {
    let mut names: Vec<_> = names.into_iter().map(lower).collect();
    names.sort_unstable();
    names
}

/// A name in lower case, which it mostly is.
pub(super) fn lower(name: &str) -> Cow<'_, str> {
    match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(name.to_ascii_lowercase()),
        false => Cow::Borrowed(name),
    }
}

/// One code point for each byte.
pub(super) fn isomorphic(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_lines_are_one_value() {
        let response = Response::new(200, [("A", " 1\t"), ("b", "x"), ("a", "")]);
        assert_eq!(response.get("a").as_deref(), Some(&b"1, "[..]));
        assert_eq!(response.get("c"), None);
    }

    #[track_caller]
    fn check(lines: &[&str], names: Result<Option<&[&str]>, Unparsable>) {
        let field = ResponseField::AllowHeaders;
        let response = Response::new(200, lines.iter().map(|line| (field.name(), *line)));
        assert_eq!(response.names(field), names.map(|names| names.map(<[_]>::to_vec)), "{lines:?}");
    }

    #[test]
    fn a_list_is_tokens_and_empty_elements_over_all_lines() {
        check(&[], Ok(None));
        check(&["", " ,\t,"], Ok(Some(&[])));
        check(&["a ,B", "*"], Ok(Some(&["a", "B", "*"])));
    }

    #[test]
    fn one_element_that_is_no_token_loses_the_list() {
        for bad in ["b c", "\u{e9}", "b;c", "\"b\"", "b\u{b}"] {
            check(&["a", bad], Err(Unparsable));
        }
    }

    #[test]
    fn vary_is_read_over_lines_and_without_case() {
        let response = Response::new(200, [("vary", "accept"), ("Vary", "x, origin")]);
        assert!(response.varies_by("Origin") && !response.varies_by("cookie"));
        assert!(Response::new(200, [("vary", "*")]).varies_by("origin"));
    }
}
