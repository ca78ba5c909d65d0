//! A server, and a client that sends what a browser would.
#![allow(dead_code)] // each test uses a part

use std::net::SocketAddr;

use cors_app_axum_sqlite::{Mode, Settings, Store, app};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

pub const TOKEN: &str = "a token";

/// Serves the application with this database.
pub async fn serve(database: &str, mode: Mode) -> SocketAddr {
    let store = Store::open(database).await.expect("the database opens");
    let app =
        app(store, Settings { mode, admin_token: TOKEN.into() }).expect("the policy is valid");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// A database in a new file, which ends with the folder.
pub fn sqlite() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("app.db").display());
    (folder, url)
}

/// A response as text.
pub struct Answer(String);

impl Answer {
    pub fn status(&self) -> u16 {
        self.0.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status")
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let (head, _) = self.0.split_once("\r\n\r\n")?;
        let start = format!("{name}: ");
        head.lines().find_map(|line| line.strip_prefix(&start))
    }

    pub fn body(&self) -> &str {
        self.0.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }

    /// The page that sent the request may read this, with credentials.
    pub fn is_readable_by(&self, origin: &str) -> bool {
        self.header("access-control-allow-origin") == Some(origin)
            && self.header("access-control-allow-credentials") == Some("true")
    }
}

pub async fn send(
    to: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut request = format!("{method} {path} HTTP/1.1\r\nhost: {to}\r\nconnection: close\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    request += &format!("content-length: {}\r\n\r\n{body}", body.len());
    let mut stream = TcpStream::connect(to).await.expect("the server listens");
    stream.write_all(request.as_bytes()).await.expect("the server reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("the server answers");
    Answer(answer)
}

/// Adds or removes an origin of a tenant.
pub async fn change(to: SocketAddr, method: &str, tenant: &str, origin: &str) -> Answer {
    let token = format!("Bearer {TOKEN}");
    let headers = [("authorization", &*token), ("content-type", "application/json")];
    let body = format!("{{\"origin\": \"{origin}\"}}");
    send(to, method, &format!("/admin/{tenant}/origins"), &headers, &body).await
}
