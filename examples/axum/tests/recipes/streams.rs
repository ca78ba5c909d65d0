use crate::{check_at, send, wait};

// ANCHOR: app
use std::convert::Infallible;

use axum::{
    Router,
    http::StatusCode,
    response::{
        IntoResponse,
        sse::{Event, Sse},
    },
    routing::{get, post},
};
use cors_adapters::{
    Policy,
    axum::{CorsLayer, Guard},
};
use futures_util::stream;

fn app() -> Result<Router, Box<dyn std::error::Error>> {
    let cors = Policy::new()
        .allow_origins(["https://app.example.com"])
        .allow_credentials(true)
        .compile()?
        // Strangers' handshakes and writes get a 403. The names are the server's own.
        .guard(&Guard::new().own_hosts(["api.example.com"]))?;
    Ok(Router::new()
        .route("/events", get(events))
        .route("/socket", get(socket))
        .route("/items", post(async || "stored"))
        .layer(CorsLayer::new(cors)))
}

/// `new EventSource("https://api.example.com/events", { withCredentials: true })`
async fn events() -> impl IntoResponse {
    Sse::new(stream::iter([Ok::<_, Infallible>(Event::default().data("hello"))]))
}

/// `new WebSocket("wss://api.example.com/socket")`: upgrade here, with axum's feature `ws`.
async fn socket() -> StatusCode {
    StatusCode::SWITCHING_PROTOCOLS
}
// ANCHOR_END: app

#[test]
fn the_page_reads_events() {
    let app = app().expect("the policy is valid");
    check_at(&app, "/events", "https://app.example.com", true);
    check_at(&app, "/events", "https://evil.example", false);
}

#[test]
fn strangers_open_no_socket_and_change_nothing() {
    let app = app().expect("the policy is valid");
    let socket = |origin| {
        let upgrade = [("connection", "upgrade"), ("upgrade", "websocket"), ("origin", origin)];
        wait(send(&app, "GET", "/socket", &upgrade)).status.as_u16()
    };
    assert_eq!((socket("https://app.example.com"), socket("https://evil.example")), (101, 403));
    let write = |origin| wait(send(&app, "POST", "/items", &[("origin", origin)])).status.as_u16();
    assert_eq!((write("https://app.example.com"), write("https://evil.example")), (200, 403));
}
