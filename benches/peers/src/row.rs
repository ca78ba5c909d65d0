//! The requests.

/// A request, and what to call it.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    /// Bytes, since a peer may be sent what is no text.
    pub(crate) lines: &'static [(&'static str, &'static [u8])],
}

impl Row {
    /// The same request with the types of `http` 1.x.
    pub(crate) fn request(&self) -> http::Request<()> {
        let mut request = http::Request::builder().method(self.method).uri(self.path);
        for (name, value) in self.lines {
            request = request.header(*name, *value);
        }
        request.body(()).expect("the rows are valid requests")
    }
}

const ORIGIN: (&str, &[u8]) = ("origin", b"https://app.example.com");
const OTHER: (&str, &[u8]) = ("origin", b"https://other.example");
const PUT: (&str, &[u8]) = ("access-control-request-method", b"PUT");

const fn get(name: &'static str, lines: &'static [(&'static str, &'static [u8])]) -> Row {
    Row { name, method: "GET", path: "/items", lines }
}

const fn options(name: &'static str, lines: &'static [(&'static str, &'static [u8])]) -> Row {
    Row { name, method: "OPTIONS", path: "/items", lines }
}

pub(crate) const ROWS: [Row; 16] = [
    get("no origin", &[]),
    get("a listed origin", &[ORIGIN]),
    get("another origin", &[OTHER]),
    get(
        "a listed origin with more at its end",
        &[("origin", b"https://app.example.com.other.example")],
    ),
    get("the origin null", &[("origin", b"null")]),
    get("two lines of origin", &[ORIGIN, OTHER]),
    get("an origin that is not ASCII", &[("origin", b"https://\xff.example.com")]),
    Row { name: "a listed method", method: "PUT", path: "/items", lines: &[ORIGIN] },
    Row { name: "an unknown path", method: "GET", path: "/unknown", lines: &[ORIGIN] },
    options("a preflight", &[ORIGIN, PUT, ("access-control-request-headers", b"content-type")]),
    options("a preflight of another origin", &[OTHER, PUT]),
    options(
        "a preflight for another method",
        &[ORIGIN, ("access-control-request-method", b"PATCH")],
    ),
    options(
        "a preflight for another header",
        &[ORIGIN, PUT, ("access-control-request-headers", b"x-other")],
    ),
    options(
        "a preflight for GET, which is not listed",
        &[
            ORIGIN,
            ("access-control-request-method", b"GET"),
            ("access-control-request-headers", b"content-type"),
        ],
    ),
    options("OPTIONS that is no preflight", &[ORIGIN]),
    options("OPTIONS without an origin", &[]),
];
