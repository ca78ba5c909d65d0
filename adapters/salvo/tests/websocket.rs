//! A WebSocket through the handler. Browsers send its `Origin` and leave the check to the server.

use cors_core::Policy;
use cors_salvo::{AllowedOrigin, CorsHandler};
use salvo::{
    conn::tcp::TcpAcceptor,
    prelude::*,
    websocket::{WebSocket, WebSocketUpgrade},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const ORIGIN: &str = "https://app.example.com";

/// A text frame from a client, whose mask of zeros changes nothing, and the same from a server.
const SENT: &[u8] = b"\x81\x85\0\0\0\0hello";
const RECEIVED: &[u8] = b"\x81\x05hello";

#[tokio::test]
async fn an_allowed_handshake_is_decorated_and_the_connection_works() {
    let mut stream = connect(ORIGIN).await;
    let head = read_head(&mut stream).await;
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    assert!(head.contains(&format!("\r\naccess-control-allow-origin: {ORIGIN}\r\n")), "{head}");

    stream.write_all(SENT).await.expect("the server reads");
    let mut received = [0; RECEIVED.len()];
    stream.read_exact(&mut received).await.expect("the server answers");
    assert_eq!(received, RECEIVED);
}

#[tokio::test]
async fn a_guard_refuses_the_handshake_of_a_denied_origin() {
    let head = read_head(&mut connect("https://evil.test").await).await;
    assert!(head.starts_with("HTTP/1.1 403 "), "{head}");
    assert!(!head.contains("access-control-allow-origin"), "{head}");
}

#[handler]
async fn handshake(req: &mut Request, res: &mut Response) -> Result<(), StatusError> {
    WebSocketUpgrade::new().upgrade(req, res, echo).await
}

async fn echo(mut socket: WebSocket) {
    while let Some(Ok(message)) = socket.recv().await {
        if socket.send(message).await.is_err() {
            break;
        }
    }
}

/// Serves the application, and sends it a handshake.
async fn connect(origin: &str) -> TcpStream {
    let cors = Policy::new().allow_origins([ORIGIN]).compile().expect("the policy is valid");
    let service = Service::new(Router::with_hoop(AllowedOrigin).goal(handshake))
        .hoop(CorsHandler::new(cors).leave_verdict());
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("the listener is bound");
    let acceptor = TcpAcceptor::try_from(listener).expect("the listener is bound");
    tokio::spawn(Server::new(acceptor).try_serve(service));

    let mut stream = TcpStream::connect(address).await.expect("the server listens");
    let request = format!(
        "GET / HTTP/1.1\r\nhost: {address}\r\norigin: {origin}\r\n\
         connection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.expect("the server reads");
    stream
}

/// The response up to its empty line, and not a byte further.
async fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("the head is complete"));
    }
    String::from_utf8(head).expect("the head is text")
}
