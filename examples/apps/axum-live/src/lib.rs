//! A chat: messages arrive over a WebSocket or a `POST`, and leave over the WebSocket or as events.

use std::{convert::Infallible, error::Error};

use axum::{
    Router,
    extract::{
        State,
        ws::{Message, WebSocket, WebSocketUpgrade},
    },
    http::StatusCode,
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
    routing::{any, get},
};
use cors_adapters::{
    Policy,
    axum::{CorsLayer, Guard},
};
use futures_util::stream;
use tokio::sync::broadcast::{self, Sender};

/// The application. `own_hosts` are the names under which it is reached.
pub fn app(origins: &[&str], own_hosts: &[&str]) -> Result<Router, Box<dyn Error>> {
    let cors = Policy::new()
        .allow_origins(origins.iter().copied())
        .allow_credentials(true)
        .compile()?
        // Browsers do not check WebSockets, and send simple writes without asking. The guard answers
        // strangers' handshakes and writes with 403.
        .guard(&Guard::new().own_hosts(own_hosts.iter().copied()))?;
    let (messages, _) = broadcast::channel(64);
    Ok(Router::new()
        .route("/socket", any(socket))
        .route("/events", get(events))
        .route("/messages", axum::routing::post(write))
        .with_state(messages)
        .layer(CorsLayer::new(cors)))
}

async fn write(State(messages): State<Sender<String>>, text: String) -> StatusCode {
    // No one may be listening.
    let _ = messages.send(text);
    StatusCode::NO_CONTENT
}

/// `new EventSource(url, { withCredentials: true })`
async fn events(State(messages): State<Sender<String>>) -> impl IntoResponse {
    Sse::new(stream::unfold(messages.subscribe(), async |mut received| {
        let text = received.recv().await.ok()?;
        Some((Ok::<_, Infallible>(Event::default().data(text)), received))
    }))
}

/// `new WebSocket(url)`
async fn socket(State(messages): State<Sender<String>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(|socket| chat(socket, messages))
}

async fn chat(mut socket: WebSocket, messages: Sender<String>) {
    let mut received = messages.subscribe();
    loop {
        tokio::select! {
            sent = socket.recv() => match sent {
                Some(Ok(Message::Text(text))) => drop(messages.send(text.to_string())),
                Some(Ok(_)) => {}
                _ => return,
            },
            text = received.recv() => {
                let Ok(text) = text else { return };
                if socket.send(Message::text(text)).await.is_err() {
                    return;
                }
            }
        }
    }
}
