//! The playground: a page to try a policy on, served on loopback alone.

mod decide;
mod guard;
mod path;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::Arc,
    thread,
};

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    middleware,
    response::Html,
    routing::{get, post},
};
use serde::Serialize;

use crate::server::Running;
use guard::Guard;

/// The page, and where its style, its script and their nonce go.
const HTML: &str = include_str!("page/index.html");
const STYLE: &str = include_str!("page/style.css");
const SCRIPT: &str = include_str!("page/script.js");

/// The most that is read of a question, in bytes.
const QUESTION_LIMIT: usize = 64 * 1024;

/// What the page is told of the demo.
#[derive(Clone, Serialize)]
struct Served {
    /// The policy that the servers serve under, as it is written.
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

/// The page's own server.
struct Page {
    html: String,
    served: Served,
}

/// Serves the page from a thread of its own, until the process ends.
pub(crate) fn serve(servers: &[Running], policy: String) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let servers = servers
        .iter()
        .map(|server| Address { name: server.name, origin: format!("http://{}", server.address) })
        .collect();
    let origins = guard::HOSTS.map(|host| format!("http://{host}:{}", address.port()));
    let app = app(Served { policy, servers, origins }, address.port());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::spawn(move || {
        runtime.block_on(async {
            // A listener that is lost takes the page with it, and nothing else.
            let _ = axum::serve(tokio::net::TcpListener::from_std(listener)?, app).await;
            io::Result::Ok(())
        })
    });
    Ok(address)
}

fn app(served: Served, port: u16) -> Router {
    let guard = Guard::new(port, served.servers.iter().map(|server| &*server.origin));
    let html = HTML.replace("STYLE", STYLE).replace("SCRIPT", SCRIPT);
    let page = Page { html: html.replace("NONCE", guard.nonce()), served };
    Router::new()
        .route("/", get(async |State(page): State<Arc<Page>>| Html(page.html.clone())))
        .route("/served", get(async |State(page): State<Arc<Page>>| Json(page.served.clone())))
        .route("/decide", post(decide::answer))
        .layer(DefaultBodyLimit::max(QUESTION_LIMIT))
        .layer(middleware::from_fn_with_state(Arc::new(guard), guard::check))
        .with_state(Arc::new(page))
}

#[cfg(test)]
mod tests;
