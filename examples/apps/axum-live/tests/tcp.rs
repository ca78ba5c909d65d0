//! Friends and strangers over TCP.

use std::net::SocketAddr;

use cors_app_axum_live::app;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const FRIEND: &str = "https://app.example.com";
const STRANGER: &str = "https://evil.example";

/// A text frame from a client, with a mask of zeros, and the same from the server.
const SENT: &[u8] = b"\x81\x85\0\0\0\0hello";
const RECEIVED: &[u8] = b"\x81\x05hello";

const HANDSHAKE: &str = "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
                         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

async fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let app = app(&[FRIEND], &[&address.to_string()]).expect("the policy is valid");
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// Sends a request, and returns the connection after the response's head.
async fn send(to: SocketAddr, target: &str, origin: &str, rest: &str) -> (String, TcpStream) {
    let mut stream = TcpStream::connect(to).await.expect("the server listens");
    let head = format!("{target} HTTP/1.1\r\nhost: {to}\r\norigin: {origin}\r\n{rest}");
    stream.write_all(head.as_bytes()).await.expect("the server reads");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("the server answers"));
    }
    (String::from_utf8_lossy(&head).into_owned(), stream)
}

async fn status(to: SocketAddr, target: &str, origin: &str, rest: &str) -> String {
    let (head, _) = send(to, target, origin, rest).await;
    head.split(' ').nth(1).unwrap_or_default().to_owned()
}

async fn read_until(stream: &mut TcpStream, wanted: &[u8]) {
    let mut received = Vec::new();
    while !received.windows(wanted.len()).any(|part| part == wanted) {
        received.push(stream.read_u8().await.expect("the server goes on"));
    }
}

#[tokio::test]
async fn a_friend_writes_over_the_socket_and_reads_events() {
    let server = serve().await;
    let (head, mut events) = send(server, "GET /events", FRIEND, "\r\n").await;
    assert!(head.contains(&format!("access-control-allow-origin: {FRIEND}\r\n")), "{head}");
    let (head, mut socket) = send(server, "GET /socket", FRIEND, &format!("{HANDSHAKE}\r\n")).await;
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    socket.write_all(SENT).await.expect("the server reads");
    read_until(&mut events, b"data: hello\n").await;
    read_until(&mut socket, RECEIVED).await;
}

#[tokio::test]
async fn a_stranger_opens_no_socket_and_writes_nothing() {
    let server = serve().await;
    let handshake = format!("{HANDSHAKE}\r\n");
    assert_eq!(status(server, "GET /socket", STRANGER, &handshake).await, "403");
    let write = "content-type: text/plain\r\ncontent-length: 2\r\n\r\nhi";
    assert_eq!(status(server, "POST /messages", STRANGER, write).await, "403");
    assert_eq!(status(server, "POST /messages", FRIEND, write).await, "204");
    // A page of the server itself passes.
    assert_eq!(status(server, "POST /messages", &format!("http://{server}"), write).await, "204");
    let (head, _) = send(server, "GET /events", STRANGER, "\r\n").await;
    assert!(!head.contains("access-control-allow-origin"), "{head}");
}
