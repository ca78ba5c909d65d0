//! No library: the headers by hand, as they are often written. It looks right in one browser, and
//! each comment says what is wrong with it.

use std::process::ExitCode;

use cors_example_salvo::{routes, serve};
use salvo::{
    http::{HeaderValue, Method, header},
    prelude::*,
};

#[tokio::main]
async fn main() -> ExitCode {
    serve(Service::new(routes()).hoop(cors)).await
}

#[handler]
async fn cors(req: &mut Request, depot: &mut Depot, res: &mut Response, ctrl: &mut FlowCtrl) {
    let origin = req.headers().get(header::ORIGIN).cloned();
    // Not every OPTIONS is a preflight: the application's own are swallowed. And an answer of 204
    // to a stranger says nothing about why the browser then refuses.
    if req.method() == Method::OPTIONS {
        res.status_code(StatusCode::NO_CONTENT);
        ctrl.skip_rest();
    } else {
        ctrl.call_next(req, depot, res).await;
    }
    // ANCHOR: headers
    let headers = res.headers_mut();
    if let Some(origin) = origin.filter(is_allowed) {
        // Without `Vary: Origin`, on the responses to strangers too, a cache gives one site the
        // headers that were meant for another.
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("etag"));
    }
    // ANCHOR_END: headers
    // These are sent to everyone, and with every response, though only a preflight's answer from
    // an allowed origin has a use for them.
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("PUT, DELETE"));
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("content-type, authorization"),
    );
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("3600"));
}

fn is_allowed(origin: &HeaderValue) -> bool {
    // What starts or ends like a friend need not be one: https://evilexample.net passes, and so
    // does http://localhost.evil.test. Both then act with the user's cookies.
    origin.to_str().is_ok_and(|origin| {
        origin == "https://app.example.com"
            || origin.ends_with("example.net")
            || origin.starts_with("http://localhost")
    })
}
