//! Requests as browsers send them.

use http::{HeaderMap, HeaderValue, Method, Request, header};

/// A request without `Origin`.
pub fn same_origin() -> Request<()> {
    request(Method::GET, &[])
}

/// An actual request from this origin.
pub fn actual(origin: &str) -> Request<()> {
    request(Method::GET, &[(header::ORIGIN, origin)])
}

/// A preflight from this origin.
pub fn preflight(origin: &str, method: &str, headers: &str) -> Request<()> {
    let lines = [
        (header::ORIGIN, origin),
        (header::ACCESS_CONTROL_REQUEST_METHOD, method),
        (header::ACCESS_CONTROL_REQUEST_HEADERS, headers),
    ];
    request(Method::OPTIONS, &lines)
}

fn request(method: Method, lines: &[(header::HeaderName, &str)]) -> Request<()> {
    let mut request = Request::new(());
    *request.method_mut() = method;
    *request.headers_mut() = of_a_browser();
    for (name, value) in lines {
        // Of shared bytes, as a server makes it.
        let value = HeaderValue::try_from((*value).to_owned()).expect("visible ASCII");
        request.headers_mut().insert(name, value);
    }
    request
}

/// What a browser sends besides.
fn of_a_browser() -> HeaderMap {
    [
        (header::HOST, "api.example.com"),
        (
            header::USER_AGENT,
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        ),
        (header::ACCEPT, "*/*"),
        (header::ACCEPT_LANGUAGE, "en-US,en;q=0.5"),
        (header::ACCEPT_ENCODING, "gzip, deflate, br"),
        (header::REFERER, "https://app.example.com/"),
        (header::CONNECTION, "keep-alive"),
    ]
    .into_iter()
    .map(|(name, value)| (name, HeaderValue::from_static(value)))
    .collect()
}
