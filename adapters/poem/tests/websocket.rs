//! A WebSocket through the middleware. Browsers send its `Origin` and leave the check to the server.

use cors_core::Policy;
use cors_poem::{AllowedOrigin, CorsMiddleware};
use poem::{
    EndpointExt, IntoResponse, Route, Server, get, handler, listener::TcpAcceptor,
    web::websocket::WebSocket,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const ORIGIN: &str = "https://app.example.com";

#[tokio::test]
async fn an_allowed_handshake_is_decorated() {
    let head = handshake(ORIGIN).await;
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    assert!(head.contains(&format!("\r\naccess-control-allow-origin: {ORIGIN}\r\n")), "{head}");
}

#[tokio::test]
async fn a_guard_refuses_the_handshake_of_a_denied_origin() {
    let head = handshake("https://evil.test").await;
    assert!(head.starts_with("HTTP/1.1 403 "), "{head}");
    assert!(!head.contains("access-control-allow-origin"), "{head}");
}

#[handler]
fn socket(_: AllowedOrigin, socket: WebSocket) -> impl IntoResponse {
    socket.on_upgrade(async |_| ())
}

/// Serves the application, sends it a handshake, and reads the response up to its empty line.
async fn handshake(origin: &str) -> String {
    let cors = Policy::new().allow_origins([ORIGIN]).compile().expect("the policy is valid");
    let app = Route::new().at("/", get(socket)).with(CorsMiddleware::new(cors).leave_verdict());
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("the listener is bound");
    let acceptor = TcpAcceptor::from_tokio(listener).expect("the listener is bound");
    tokio::spawn(Server::new_with_acceptor(acceptor).run(app));

    let mut stream = TcpStream::connect(address).await.expect("the server listens");
    let request = format!(
        "GET / HTTP/1.1\r\nhost: {address}\r\norigin: {origin}\r\n\
         connection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.expect("the server reads");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("the head is complete"));
    }
    String::from_utf8(head).expect("the head is text")
}
