//! What is answered in the upstream's place. A script on the page can read it.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt, channel::Channel};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::sleep,
};

use crate::{
    client::{Answer, Body, Version, ask, client, get, raw},
    process::{PAGE, Proxy},
    upstream::Upstream,
};

#[track_caller]
fn check(answer: &Answer, status: StatusCode, sentence: &str) {
    assert_eq!((answer.status, &*answer.body), (status, &*format!("{sentence}\n")));
    assert_eq!(answer.header("access-control-allow-origin"), PAGE);
    assert_eq!(answer.header("vary"), "Origin");
}

/// A server that takes connections and hands them over.
async fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("it listens");
    (listener, address.to_string())
}

#[tokio::test]
async fn an_upstream_that_is_down() {
    let proxy = Proxy::start("http://127.0.0.1:1", &[]);
    for version in [Version::One, Version::Two] {
        let answer = ask(version, get(&proxy, "/")).await;
        check(&answer, StatusCode::BAD_GATEWAY, "Cannot reach the upstream.");
    }
}

#[tokio::test]
async fn an_upstream_that_breaks_off() {
    // Nothing, half a head, and another protocol that nobody has asked for.
    for text in
        ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 101 Switching Protocols\r\nupgrade: a\r\n\r\n"]
    {
        let (listener, address) = listener().await;
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("it can accept");
            stream.read_u8().await.expect("a request arrives");
            stream.write_all(text.as_bytes()).await.expect("it is read");
        });
        let proxy = Proxy::start(&format!("http://{address}"), &[]);
        let answer = ask(Version::One, get(&proxy, "/")).await;
        check(
            &answer,
            StatusCode::BAD_GATEWAY,
            "The upstream closed the connection before it answered.",
        );
    }
}

#[tokio::test]
async fn an_upstream_that_makes_no_connection() {
    // It takes the bytes, and says nothing: a handshake without an end.
    let (_listener, address) = listener().await;
    let proxy = Proxy::start(&format!("https://{address}"), &["--connect-timeout", "0.2"]);
    let answer = ask(Version::One, get(&proxy, "/")).await;
    let sentence = "The upstream took too long to accept a connection.";
    check(&answer, StatusCode::GATEWAY_TIMEOUT, sentence);
}

#[tokio::test]
async fn an_upstream_that_does_not_answer() {
    let upstream = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &["--head-timeout", "1"]);
    let sentence = "The upstream took too long to answer.";
    let answer = ask(Version::One, get(&proxy, "/never")).await;
    check(&answer, StatusCode::GATEWAY_TIMEOUT, sentence);
    upstream.given_up().await;

    // It does not read the body either, so that sending never ends.
    let (mut sender, body) = Channel::new(1);
    tokio::spawn(async move {
        while sender.send_data(Bytes::from(vec![b'x'; 64 * 1024])).await.is_ok() {}
    });
    let request = get(&proxy, "/unread").method("PUT").body(Body::Right(body));
    let response = client(Version::Two).request(request.expect("it is valid")).await;
    let answer = Answer::of(response.expect("it is answered")).await;
    check(&answer, StatusCode::GATEWAY_TIMEOUT, sentence);
}

#[tokio::test]
async fn a_client_that_never_asks() {
    let proxy = Proxy::start("http://127.0.0.1:1", &["--idle-timeout", "0.2"]);
    // Nothing, and the beginnings of a request over HTTP/2 and over HTTP/1.1.
    for text in ["", "PRI * HT", "GET / HTTP/1.1\r\nhost: a\r\n"] {
        raw(proxy.address, text).await;
    }
}

#[tokio::test]
async fn a_client_that_stops_sending() {
    let upstream = Upstream::start().await;
    // The upstream is not blamed, though it has not answered for longer than it may.
    let args = ["--idle-timeout", "2", "--head-timeout", "1"];
    let proxy = Proxy::start(&upstream.url(), &args);
    for version in [Version::One, Version::Two] {
        let (mut sender, body) = Channel::<Bytes>::new(1);
        sender.send_data(Bytes::from_static(b"half")).await.expect("there is room");
        let request = get(&proxy, "/up").method("PUT").body(Body::Right(body));
        let response = client(version).request(request.expect("it is valid")).await;
        let answer = Answer::of(response.expect("it is answered")).await;
        check(&answer, StatusCode::REQUEST_TIMEOUT, "The request ended early.");
        drop(sender);
    }
}

#[tokio::test]
async fn a_slow_body_is_no_silence() {
    let upstream = Upstream::start().await;
    let args = ["--idle-timeout", "2", "--head-timeout", "2"];
    let proxy = Proxy::start(&upstream.url(), &args);
    let (mut sender, body) = Channel::<Bytes>::new(1);
    tokio::spawn(async move {
        for _ in 0..12 {
            sender.send_data(Bytes::from_static(b"piece")).await.expect("it is read");
            sleep(Duration::from_millis(200)).await;
        }
        sender.send_trailers(HeaderMap::new()).await.expect("it is read");
    });
    let request = get(&proxy, "/up").method("PUT").body(Body::Right(body));
    let response = client(Version::One).request(request.expect("it is valid")).await;
    assert_eq!(Answer::of(response.expect("it is answered")).await.body, "60");
}

#[tokio::test]
async fn a_response_that_stops_is_cut_off() {
    let upstream = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &["--idle-timeout", "1"]);
    for version in [Version::One, Version::Two] {
        let request = get(&proxy, "/stops").body(Body::Left(Default::default()));
        let response = client(version).request(request.expect("it is valid")).await;
        let mut body = response.expect("it is answered").into_body();
        let first = body.frame().await.expect("a piece").expect("a whole one");
        assert_eq!(first.into_data().expect("it is data"), "piece\n");
        assert!(body.collect().await.is_err(), "its end is no end");
    }
}

#[tokio::test]
async fn a_loop() {
    let upstream = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &[]);
    let other = Proxy::start(&proxy.url(""), &[]);
    // Two of them behind one another are none.
    let through_both = ask(Version::One, get(&other, "/")).await.body;
    let hops = through_both.lines().filter_map(|line| line.strip_prefix("via: "));
    let hops: Vec<&str> = hops.collect();
    assert_eq!(hops.len(), 2, "{through_both}");

    let answer = ask(Version::One, get(&proxy, "/").header("via", hops.join(", "))).await;
    let sentence = "The upstream leads back to this proxy.";
    check(&answer, StatusCode::LOOP_DETECTED, sentence);
    assert_eq!(upstream.calls(), 1);
}

#[tokio::test]
async fn a_web_socket() {
    let upstream = Upstream::start().await;
    let proxy = Proxy::start(&upstream.url(), &[]);
    let request = get(&proxy, "/").header("connection", "upgrade").header("upgrade", "websocket");
    let answer = ask(Version::One, request).await;
    let sentence = "This proxy does not forward WebSockets. CORS does not apply to them: connect to the upstream directly.";
    check(&answer, StatusCode::NOT_IMPLEMENTED, sentence);
    assert_eq!(upstream.calls(), 0);
}

#[tokio::test]
async fn a_client_that_goes_away_takes_its_request_back() {
    for path in ["/never", "/endless"] {
        let upstream = Upstream::start().await;
        let proxy = Proxy::start(&upstream.url(), &[]);
        let mut stream = TcpStream::connect(proxy.address).await.expect("it listens");
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("it is read");
        while upstream.calls() == 0 {
            sleep(Duration::from_millis(5)).await;
        }
        drop(stream);
        upstream.given_up().await;
    }
}
