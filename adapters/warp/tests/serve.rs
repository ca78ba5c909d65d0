//! `cors_warp::serve`: every response has headers, connections have addresses, and a signal ends it.

use std::net::SocketAddr;

use cors_warp::{CorsLayer, Policy};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};
use warp::Filter;

/// The whole response to a request for this path, on a connection that closes after it.
async fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("the server listens");
    let head = format!(
        "GET {path} HTTP/1.1\r\nhost: localhost\r\norigin: https://app.example.com\r\n\
         connection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("the server reads");
    let mut response = String::new();
    stream.read_to_string(&mut response).await.expect("the server answers in text");
    response
}

#[tokio::test]
async fn rejections_have_headers_and_a_signal_ends_the_server() {
    let cors = Policy::new().allow_origin("https://app.example.com").compile();
    let layer = CorsLayer::new(cors.expect("the policy is valid"));
    let items = warp::path("items").and(warp::get()).map(|| "[]");
    let client = warp::path("client")
        .and(warp::ext::get::<SocketAddr>())
        .map(|client: SocketAddr| client.ip().to_string());
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
    let address = listener.local_addr().expect("the listener is bound");
    let (stop, stopped) = oneshot::channel::<()>();
    let server = cors_warp::serve(layer, items.or(client)).graceful(async {
        _ = stopped.await;
    });
    let server = tokio::spawn(server.incoming(listener));

    let allowed = "access-control-allow-origin: https://app.example.com\r\n";
    for (path, status) in [("/items", "200 OK"), ("/none", "404 Not Found")] {
        let response = get(address, path).await;
        assert!(response.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{response}");
        assert!(response.contains(allowed), "{response}");
    }
    assert!(get(address, "/client").await.ends_with("127.0.0.1"));

    stop.send(()).expect("the server waits for the signal");
    server.await.expect("the server does not panic");
    assert!(TcpStream::connect(address).await.is_err(), "the listener is closed");
}

#[tokio::test]
async fn an_address_in_use_is_an_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
    let address = listener.local_addr().expect("the listener is bound");
    let server = cors_warp::serve(CorsLayer::permissive(), warp::any().map(|| "[]"));
    assert!(server.run(address).await.is_err());
}
