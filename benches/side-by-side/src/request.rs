//! Requests as browsers send them, and as nobody should.

use cors_peers::Request;
use http::{HeaderName, HeaderValue, Method, header};

/// The origin that every policy here allows.
pub const ORIGIN: &str = "https://app.example.com";

/// An origin that no policy here allows, of the same length.
pub const STRANGER: &str = "https://app.example.org";

/// How large a hostile list is.
const LARGE: usize = 64 * 1024;

/// What a browser asks for, as it writes it.
pub const ASKED: &str = "authorization,content-type";

/// The shapes of 64 KiB of `Access-Control-Request-Headers`: what each is made of, and how it is
/// called.
pub const SHAPES: [(&str, &str); 3] = [
    ("64 KiB of commas", ","),
    ("64 KiB of `a,`", "a,"),
    ("64 KiB of one allowed name", "content-type,"),
];

/// A request without `Origin`.
pub fn same_origin() -> Request {
    request(Method::GET, &[])
}

/// An actual request from this origin.
pub fn actual(origin: &str) -> Request {
    request(Method::GET, &[(header::ORIGIN, origin)])
}

/// A preflight from this origin.
pub fn preflight(origin: &str, method: &str, headers: &str) -> Request {
    let lines = [
        (header::ORIGIN, origin),
        (header::ACCESS_CONTROL_REQUEST_METHOD, method),
        (header::ACCESS_CONTROL_REQUEST_HEADERS, headers),
    ];
    request(Method::OPTIONS, &lines)
}

/// The same preflight, asking for these headers. All else it shares, down to the address: where a
/// value lies in memory changes how many instructions it takes to compare.
pub fn asking(preflight: &Request, headers: &str) -> Request {
    let mut request = preflight.clone();
    let value = HeaderValue::try_from(headers.to_owned()).expect("visible ASCII");
    request.headers_mut().insert(header::ACCESS_CONTROL_REQUEST_HEADERS, value);
    request
}

/// A list of 64 KiB of this.
pub fn large(of: &str) -> String {
    of.repeat(LARGE / of.len())
}

/// An actual request with 8 KiB of origin.
pub fn long_origin() -> Request {
    actual(&format!("https://{}example.com", "a.".repeat(4 * 1024)))
}

fn request(method: Method, lines: &[(HeaderName, &str)]) -> Request {
    let mut request = Request::new(());
    *request.method_mut() = method;
    *request.uri_mut() = "/items".parse().expect("a path is a target");
    let of_a_browser = [
        (header::HOST, "api.example.com"),
        (
            header::USER_AGENT,
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        ),
        (header::ACCEPT, "*/*"),
        (header::ACCEPT_LANGUAGE, "en-US,en;q=0.5"),
        (header::ACCEPT_ENCODING, "gzip, deflate, br"),
        (header::REFERER, "https://app.example.com/"),
    ];
    for (name, value) in of_a_browser.iter().chain(lines) {
        // Of shared bytes, as a server makes it.
        let value = HeaderValue::try_from((*value).to_owned()).expect("visible ASCII");
        request.headers_mut().insert(name, value);
    }
    request
}

/// An ordinary policy's origins: [`ORIGIN`], and so many others that there are `count` in all.
pub fn origins(count: usize) -> impl Iterator<Item = String> {
    let others = (1..count).map(|n| format!("https://tenant-{n}.example.net"));
    others.chain([ORIGIN.to_owned()])
}
