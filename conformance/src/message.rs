//! Requests and responses of no framework: bytes.

/// A request without a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    /// The method, byte for byte: `options` is not `OPTIONS`.
    pub method: String,
    /// The path, from its `/`.
    pub path: String,
    /// The header lines in order: names in any case, and values as bytes.
    pub headers: Vec<(String, Vec<u8>)>,
}

impl Request {
    /// A request with these header lines.
    ///
    /// ```
    /// let request =
    ///     cors_conformance::Request::new("GET", "/", [("origin", "https://app.example.com")]);
    /// assert_eq!(request.headers, [("origin".into(), b"https://app.example.com".to_vec())]);
    /// ```
    pub fn new<N: Into<String>, V: Into<Vec<u8>>>(
        method: impl Into<String>,
        path: impl Into<String>,
        headers: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let headers =
            headers.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { method: method.into(), path: path.into(), headers }
    }
}

/// A response, read to its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The header lines in order: names in any case, and values as bytes. Lines of one name stay
    /// lines.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body's bytes, however they were framed.
    pub body: Vec<u8>,
}

impl Response {
    /// The values of every line with this name, in any case.
    pub fn lines(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        self.headers
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_slice())
    }
}
