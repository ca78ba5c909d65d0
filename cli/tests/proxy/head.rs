//! Heads, as they arrive at the upstream and at the client.

use http::StatusCode;

use crate::{
    client::{Version, ask, get, raw},
    process::Proxy,
    upstream::Upstream,
};

/// Looks at the lines that the upstream got, behind the head of its answer if that is there too.
#[track_caller]
fn check(answer: &str, wanted: &[&str], unwanted: &[&str]) {
    let answer = answer.split_once("\r\n\r\n").map_or(answer, |(_, body)| body);
    for line in wanted {
        assert!(answer.contains(&format!("\n{line}\n")), "no {line:?} in {answer}");
    }
    for name in unwanted {
        assert!(!answer.contains(&format!("\n{name}: ")), "{name:?} in {answer}");
    }
}

#[tokio::test]
async fn the_upstream_gets_a_head_of_its_own() {
    let upstream = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &["--host", "api.test"]);
    let answer = raw(
        proxy.address,
        "GET /a//b/../c?d=e%20f HTTP/1.1\r\nHost: api.test\r\nConnection: close, X-Hop, TE\r\n\
         X-Hop: 1\r\nKeep-Alive: 5\r\nTE: gzip, trailers\r\nProxy-Authorization: x\r\n\
         Upgrade: h2c\r\nForwarded: for=8.8.8.8\r\nX-Forwarded-For: 8.8.8.8\r\n\
         X-Forwarded-Host: evil.test\r\nX-Forwarded-Proto: gopher\r\n\
         X_Forwarded_For: 8.8.8.8\r\nX-Forwarded_Host: evil.test\r\nX-Real-IP: 8.8.8.8\r\n\
         X_Real_IP: 8.8.8.8\r\nTrue-Client-IP: 8.8.8.8\r\nX-Own: 1\r\n\r\n",
    )
    .await;
    check(
        &answer,
        &[
            &format!("host: {}", upstream.address),
            "x-forwarded-for: 127.0.0.1",
            "x-forwarded-host: api.test",
            "x-forwarded-proto: http",
            "te: trailers",
            "x-own: 1",
        ],
        &["connection", "x-hop", "keep-alive", "proxy-authorization", "upgrade", "forwarded"],
    );
    for claim in ["8.8.8.8", "evil.test"] {
        assert!(!answer.contains(claim), "{claim} in {answer}");
    }
    assert!(answer.contains("GET /a//b/../c?d=e%20f HTTP/1.1\n"), "{answer}");
    assert!(answer.contains("\nvia: 1.1 cors-"), "{answer}");
}

#[tokio::test]
async fn a_proxy_in_front_is_believed_when_it_was_said() {
    let upstream = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &["--behind-proxy"]);
    let request = get(&proxy, "/")
        .header("x-forwarded-for", "192.0.2.1")
        .header("x-forwarded-host", "api.example.com")
        .header("x-forwarded-proto", "https");
    let answer = ask(Version::One, request).await;
    check(
        &answer.body,
        &[
            "x-forwarded-for: 192.0.2.1",
            "x-forwarded-for: 127.0.0.1",
            "x-forwarded-host: api.example.com",
            "x-forwarded-proto: https",
        ],
        &[],
    );
}

#[tokio::test]
async fn cookies_of_http_2_are_one_line() {
    let upstream = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &[]);
    let request = get(&proxy, "/").header("cookie", "a=1").header("cookie", "b=2");
    let answer = ask(Version::Two, request).await;
    let forwarded = format!("x-forwarded-host: {}", proxy.address);
    check(&answer.body, &["cookie: a=1; b=2", &forwarded], &[]);
    assert!(answer.body.starts_with("GET / HTTP/1.1\n"), "{}", answer.body);
}

#[tokio::test]
async fn an_http_upstream_may_speak_http_2() {
    let upstream = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &["--upstream-http2"]);
    for version in [Version::One, Version::Two] {
        let answer = ask(version, get(&proxy, "/a")).await;
        let wanted = format!("GET {}/a HTTP/2.0\n", upstream.url());
        assert!(answer.body.starts_with(&wanted), "{}", answer.body);
    }
}

#[tokio::test]
async fn nothing_goes_anywhere_else() {
    let upstream = Upstream::start().await;
    let elsewhere = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &["--host", "a"]);
    let host = elsewhere.address;
    for (line, target) in [
        (format!("GET http://{host}/a HTTP/1.1\r\nHost: {host}"), "/a"),
        (format!("GET http://{host} HTTP/1.1\r\nHost: {host}"), "/"),
        (format!("GET //{host}/a HTTP/1.1\r\nHost: {host}"), &*format!("//{host}/a")),
        ("OPTIONS * HTTP/1.1\r\nHost: a".to_owned(), "*"),
    ] {
        let answer = raw(proxy.address, &format!("{line}\r\nConnection: close\r\n\r\n")).await;
        assert!(answer.contains(&format!(" {target} HTTP/1.1\nx-forw")), "{line}: {answer}");
        check(&answer, &[&format!("host: {}", upstream.address)], &[]);
    }
    let tunnel = format!("CONNECT {host} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    assert!(raw(proxy.address, &tunnel).await.starts_with("HTTP/1.1 501 "));
    assert_eq!(elsewhere.calls(), 0);
}

#[tokio::test]
async fn the_client_gets_no_head_of_the_upstreams_connection() {
    let upstream = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &[]);
    let answer = ask(Version::One, get(&proxy, "/own")).await;
    for name in ["connection", "keep-alive", "x-hop"] {
        assert_eq!(answer.header(name), "", "{name}");
    }
}

#[tokio::test]
async fn a_redirect_stays_inside() {
    let upstream = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &[]);
    let answer = ask(Version::One, get(&proxy, "/moved")).await;
    assert_eq!(answer.status, StatusCode::FOUND);
    assert_eq!(answer.header("location"), "/there?a");
}
