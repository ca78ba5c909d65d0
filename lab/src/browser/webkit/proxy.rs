//! A proxy on loopback: it serves the page, forwards everything else to servers on loopback, and
//! records what is sent and received. TLS ends here, with one certificate for every host.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use cors_core::RequestField;
use tokio_rustls::rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

use crate::browser::wire::{Exchange, Lines, Wire};

/// The longest head that is read.
const LONGEST: usize = 1 << 20;

/// The longest time of a server's answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The host of the page whose origin is `null`.
const SANDBOX: &str = "http://sandbox.test";

pub(super) struct Proxy {
    port: u16,
    tls: Arc<ServerConfig>,
    /// The origin whose every URL is the empty page.
    page: Mutex<String>,
    exchanges: Mutex<Vec<Exchange>>,
}

impl Proxy {
    /// Listens, and serves each connection in its own thread.
    pub(super) fn start() -> Result<Arc<Self>, String> {
        let failed =
            |error: &dyn std::fmt::Display| format!("the proxy cannot be started: {error}");
        let certified = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]);
        let certified = certified.map_err(|error| failed(&error))?;
        let key = PrivatePkcs8KeyDer::from(certified.signing_key.serialize_der());
        let tls = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| failed(&error))?
            .with_no_client_auth()
            .with_single_cert(vec![certified.cert.der().clone()], PrivateKeyDer::Pkcs8(key))
            .map_err(|error| failed(&error))?;
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| failed(&error))?;
        let port = listener.local_addr().map_err(|error| failed(&error))?.port();
        let proxy = Arc::new(Self {
            port,
            tls: Arc::new(tls),
            page: Mutex::default(),
            exchanges: Mutex::default(),
        });
        let serving = Arc::clone(&proxy);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = Arc::clone(&serving);
                thread::spawn(move || serving.connection(stream));
            }
        });
        Ok(proxy)
    }

    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    /// Serves an empty page of this origin from now on, and returns its URL.
    pub(super) fn serve_page(&self, origin: &str) -> String {
        let origin = if origin == "null" { SANDBOX } else { origin };
        origin.clone_into(&mut lock(&self.page));
        format!("{origin}/")
    }

    /// Returns the exchanges since the last call.
    pub(super) fn take(&self) -> Wire {
        let exchanges = std::mem::take(&mut *lock(&self.exchanges));
        Wire::recorded(exchanges)
    }

    /// A browser that goes away is done.
    fn connection(&self, mut stream: TcpStream) {
        let Ok(Some(head)) = read_head(&mut stream) else { return };
        let mut words = head.split(' ');
        if words.next() != Some("CONNECT") {
            let _ = self.request(&mut stream, &head, "");
            return;
        }
        let host = words.next().unwrap_or_default();
        let scheme = format!("https://{}", host.strip_suffix(":443").unwrap_or(host));
        if stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").is_err() {
            return;
        }
        let Ok(connection) = ServerConnection::new(Arc::clone(&self.tls)) else { return };
        let mut stream = StreamOwned::new(connection, stream);
        if let Ok(Some(head)) = read_head(&mut stream) {
            let _ = self.request(&mut stream, &head, &scheme);
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    }

    /// Answers one request, after which the connection ends.
    fn request(&self, stream: &mut (impl Read + Write), head: &str, base: &str) -> io::Result<()> {
        let mut rows = head.lines();
        let mut words = rows.next().unwrap_or_default().split(' ');
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let url = format!("{base}{target}");
        let lines: Lines = rows.filter_map(line).collect();
        let length = lines.iter().find(|(name, _)| name == "content-length");
        let mut body = vec![0; length.and_then(|(_, length)| length.parse().ok()).unwrap_or(0)];
        stream.read_exact(&mut body)?;
        let (origin, path) = split(&url);
        if origin == *lock(&self.page) {
            return stream.write_all(page(origin, path).as_bytes());
        }
        let at = {
            let mut exchanges = lock(&self.exchanges);
            exchanges.push(Exchange {
                url: url.clone(),
                method: method.to_owned(),
                // No script can set this header.
                preflight: lines.iter().any(|(name, _)| name == RequestField::Method.name()),
                lines: Some(lines.clone()),
                ..Exchange::default()
            });
            exchanges.len() - 1
        };
        let answer = forward(origin, method, path, &lines, &body)?;
        let end =
            answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(answer.len());
        let answered = String::from_utf8_lossy(&answer[..end]).into_owned();
        if let Some(exchange) = lock(&self.exchanges).get_mut(at) {
            let status = answered.split(' ').nth(1).and_then(|status| status.parse().ok());
            let lines = answered.lines().skip(1).filter_map(line).collect();
            exchange.received = status.map(|status| (status, lines));
            exchange.ended = true;
        }
        stream.write_all(&answer)
    }
}

/// Sends a request to a server on loopback, and returns its whole answer.
fn forward(
    origin: &str,
    method: &str,
    path: &str,
    lines: &Lines,
    body: &[u8],
) -> io::Result<Vec<u8>> {
    let address = origin.split_once("://").and_then(|(_, host)| host.parse::<SocketAddr>().ok());
    let address = address.filter(|address| address.ip().is_loopback());
    // Nothing leaves this machine.
    let address =
        address.ok_or_else(|| io::Error::other(format!("{origin} is not on loopback")))?;
    let mut server = TcpStream::connect(address)?;
    server.set_read_timeout(Some(PATIENCE))?;
    let mut head = format!("{method} {path} HTTP/1.1\r\n");
    let kept = lines.iter().filter(|(name, _)| !name.ends_with("connection"));
    for (name, value) in kept {
        head += &format!("{name}: {value}\r\n");
    }
    head += "connection: close\r\n\r\n";
    server.write_all(head.as_bytes())?;
    server.write_all(body)?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer)?;
    Ok(answer)
}

/// The page, or nothing where its icon would be.
fn page(origin: &str, path: &str) -> String {
    let (status, body) = match path {
        "/" => ("200 OK", "<!doctype html><title>page</title>"),
        _ => ("404 Not Found", ""),
    };
    let sandbox = match origin {
        SANDBOX => "content-security-policy: sandbox allow-scripts\r\n",
        _ => "",
    };
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html\r\ncache-control: no-store\r\n{sandbox}\
         connection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// A URL's origin, and the rest.
fn split(url: &str) -> (&str, &str) {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find('/').map_or(url.len(), |at| start + at);
    url.split_at(end)
}

fn line(row: &str) -> Option<(String, String)> {
    let (name, value) = row.split_once(':')?;
    Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
}

/// Reads up to the empty line, and not a byte more. Nothing at the end of the connection.
fn read_head(stream: &mut impl Read) -> io::Result<Option<String>> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() > LONGEST || stream.read(&mut byte)? == 0 {
            return Ok(None);
        }
        head.push(byte[0]);
    }
    Ok(Some(String::from_utf8_lossy(&head).into_owned()))
}

fn lock<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}
