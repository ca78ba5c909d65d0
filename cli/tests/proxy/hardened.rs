//! What strangers and broken upstreams send.

use std::{io::Read, process::Stdio, time::Duration};

use http::StatusCode;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

use crate::{
    client::{Version, ask, get, raw},
    process::{Proxy, command},
    upstream::Upstream,
};

/// Longer than anything here takes, and shorter than the proxy's own limits.
const SOON: Duration = Duration::from_secs(30);

/// A server that answers every request with these bytes, again and again if asked to.
async fn sending(text: &'static str, repeats: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("it listens");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let _ = stream.read_u8().await;
                while stream.write_all(text.as_bytes()).await.is_ok() && repeats {}
                let _ = stream.read_to_end(&mut Vec::new()).await;
            });
        }
    });
    format!("http://{address}")
}

#[tokio::test]
async fn a_rebound_host_reads_nothing() {
    let upstream = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &[]);
    for host in ["evil.test", "localhost.evil.test", "192.0.2.1", ""] {
        for method in ["GET", "OPTIONS"] {
            let request = format!(
                "{method} / HTTP/1.1\r\nHost: {host}\r\nOrigin: https://app.example.com\r\n\
                 Connection: close\r\n\r\n"
            );
            let answer = raw(proxy.address, &request).await;
            assert!(answer.starts_with("HTTP/1.1 421 "), "{host}: {answer}");
            assert!(!answer.contains("access-control-"), "{host}: {answer}");
        }
    }
    assert_eq!(upstream.calls(), 0);
    let answer =
        raw(proxy.address, "GET / HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n");
    assert!(answer.await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn a_response_with_two_lengths_is_refused() {
    let text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n\
                5\r\nhello\r\n0\r\n\r\n";
    let proxy = Proxy::start(&sending(text, false).await, &[]);
    let answer = ask(Version::One, get(&proxy, "/")).await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    assert!(answer.body.starts_with("The upstream sent both Content-Length"), "{answer:?}");
}

#[tokio::test]
async fn a_flood_of_hints_does_not_outlast_the_limit() {
    let flood = sending("HTTP/1.1 103 Early Hints\r\n\r\n", true).await;
    let proxy = Proxy::start(&flood, &["--head-timeout", "0.3"]);
    let answer = timeout(SOON, ask(Version::One, get(&proxy, "/"))).await.expect("it ends");
    assert_eq!(answer.status, StatusCode::GATEWAY_TIMEOUT);
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let upstream = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &["--idle-timeout", "0.3"]);
    let two = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0";
    for start in [two, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET / HT", ""] {
        let mut stream = TcpStream::connect(proxy.address).await.expect("it listens");
        stream.write_all(start.as_bytes()).await.expect("it is read");
        let closed = timeout(SOON, stream.read_to_end(&mut Vec::new())).await;
        assert!(closed.is_ok(), "{start:?} is kept");
    }
}

#[tokio::test]
async fn connections_beyond_the_limit_wait() {
    let upstream = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &["--max-connections", "1"]);
    let first = TcpStream::connect(proxy.address).await.expect("it listens");
    let request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let second = raw(proxy.address, request);
    let mut second = std::pin::pin!(second);
    // The first connection was accepted first, and holds the only place.
    assert!(timeout(Duration::from_millis(300), &mut second).await.is_err());
    drop(first);
    let answer = timeout(SOON, second).await.expect("there is room now");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn each_request_is_a_line() {
    let upstream = Upstream::start().await;
    let mut command = command(&upstream.url());
    command.args(["--listen", "127.0.0.1:0"]).stderr(Stdio::piped());
    let mut proxy = Proxy::spawn(&mut command);
    ask(Version::One, get(&proxy, "/a%1b%5b2J?token=secret")).await;
    ask(Version::One, get(&proxy, "/b").header("host", "evil.test")).await;
    proxy.child.kill().expect("it runs");
    let mut said = String::new();
    let mut error = proxy.child.stderr.take().expect("it is piped");
    error.read_to_string(&mut said).expect("it is a text");
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert!(lines[0].starts_with("GET /a%1b%5b2J 200 allow "), "{said}");
    assert!(lines[1].starts_with("GET /b 421 "), "{said}");
    assert!(lines.iter().all(|line| line.ends_with(" ms")), "{said}");
    assert!(!said.contains("secret"), "{said}");
}
