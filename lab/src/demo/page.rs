//! The playground: a page to try a policy on, served on loopback alone.

mod guard;

use std::{io, net::SocketAddr, sync::Arc};

use axum::{
    Json, Router,
    extract::DefaultBodyLimit,
    http::{StatusCode, header},
    middleware,
    routing::{get, post},
};
use cors_playground::PAGE;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::{background, server::Running};
use guard::Guard;

/// The longest question, in bytes.
const QUESTION_LIMIT: usize = 64 * 1024;

/// What the page reads first. It names no engine, so the page sends its questions here.
#[derive(Clone, Serialize)]
struct Served {
    /// The servers' policy, as it is written.
    policy: String,
    servers: Vec<Address>,
    /// The origins that the page can be opened at.
    origins: [String; 2],
}

#[derive(Clone, Serialize)]
struct Address {
    name: &'static str,
    origin: String,
}

/// Serves the page from a separate thread, until the process ends.
pub(crate) fn serve(servers: &[Running], policy: String) -> io::Result<SocketAddr> {
    let servers = servers
        .iter()
        .map(|server| Address { name: server.name, origin: format!("http://{}", server.address) })
        .collect();
    background::serve(|address| {
        let origins = guard::HOSTS.map(|host| format!("http://{host}:{}", address.port()));
        app(Served { policy, servers, origins }, address.port())
    })
}

fn app(served: Served, port: u16) -> Router {
    let guard = Guard::new(port, served.servers.iter().map(|server| &*server.origin));
    let files = PAGE.iter().fold(Router::new(), |router, (name, media_type, text)| {
        let path = if *name == "index.html" { "/".to_owned() } else { format!("/{name}") };
        router.route(&path, get(async || ([(header::CONTENT_TYPE, *media_type)], *text)))
    });
    files
        .route("/playground.json", get(async move || Json(served.clone())))
        .route("/decide", post(decide))
        .layer(DefaultBodyLimit::max(QUESTION_LIMIT))
        .layer(middleware::from_fn_with_state(Arc::new(guard), guard::check))
}

/// Answers a question of the page. A large policy takes a while to compile.
async fn decide(question: String) -> Result<Json<Box<RawValue>>, StatusCode> {
    let answer = tokio::task::spawn_blocking(move || cors_playground::answer(&question)).await;
    let answer = answer.ok().and_then(|answer| RawValue::from_string(answer).ok());
    answer.map(Json).ok_or(StatusCode::INTERNAL_SERVER_ERROR)
}

#[cfg(test)]
mod tests;
