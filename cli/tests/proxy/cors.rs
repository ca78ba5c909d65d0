//! The policy holds, whatever the upstream says.

use http::{Method, StatusCode};

use crate::{
    client::{Answer, Version, ask, get},
    process::Proxy,
    upstream::Upstream,
};

/// All that an answer says about CORS, in the order of the names.
fn cors_headers(answer: &Answer) -> Vec<String> {
    let mut names: Vec<&str> = answer.headers.keys().map(|name| name.as_str()).collect();
    names.retain(|name| name.starts_with("access-control-") || *name == "vary");
    names.sort_unstable();
    names.into_iter().map(|name| format!("{name}: {}", answer.header(name))).collect()
}

#[tokio::test]
async fn a_preflight_is_answered_here() {
    let upstream = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &[]);
    for version in [Version::One, Version::Two] {
        let preflight = get(&proxy, "/own")
            .method(Method::OPTIONS)
            .header("access-control-request-method", "PUT");
        let answer = ask(version, preflight).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert_eq!(
            cors_headers(&answer),
            [
                "access-control-allow-methods: PUT",
                "access-control-allow-origin: https://app.example.com",
                "access-control-max-age: 600",
                "vary: Origin",
            ]
        );
    }
    assert_eq!(upstream.calls(), 0);
}

#[tokio::test]
async fn what_the_upstream_says_is_replaced() {
    let upstream = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &[]);
    let page = ask(Version::One, get(&proxy, "/own")).await;
    let stranger = http::Request::get(proxy.url("/own")).header("origin", "https://other.example");
    let stranger = ask(Version::One, stranger).await;
    assert_eq!(
        cors_headers(&page),
        ["access-control-allow-origin: https://app.example.com", "vary: Accept-Encoding, Origin",]
    );
    assert_eq!(cors_headers(&stranger), ["vary: Accept-Encoding, Origin"]);
    for answer in [page, stranger] {
        assert_eq!((answer.status, &*answer.body), (StatusCode::IM_A_TEAPOT, "own"));
        assert_eq!(answer.header("x-own"), "1");
    }
}
