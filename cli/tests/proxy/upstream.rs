//! A server whose headers nobody can change.

use std::{
    convert::Infallible,
    fmt::Write,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Either, Full, channel::Channel};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
    time::sleep,
};

type Body = Either<Full<Bytes>, Channel<Bytes>>;

/// The size of one piece of a big body.
pub(crate) const PIECE: usize = 64 * 1024;

/// A running upstream. It ends with the test's runtime.
#[derive(Clone)]
pub(crate) struct Upstream {
    pub(crate) address: SocketAddr,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    calls: AtomicUsize,
    dropped: AtomicUsize,
}

impl Upstream {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it listens");
        let upstream = Self { address, counts: Arc::default() };
        let running = upstream.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.expect("it can accept");
                stream.set_nodelay(true).expect("it is connected");
                tokio::spawn(running.clone().serve(stream));
            }
        });
        upstream
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many requests have arrived.
    pub(crate) fn calls(&self) -> usize {
        self.counts.calls.load(Ordering::SeqCst)
    }

    /// Waits until a request or a response was given up by the other side.
    pub(crate) async fn given_up(&self) {
        while self.counts.dropped.load(Ordering::SeqCst) == 0 {
            sleep(Duration::from_millis(5)).await;
        }
    }

    pub(crate) async fn serve(self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
        let answer = service_fn(move |request| {
            let counts = Arc::clone(&self.counts);
            async move { Ok::<_, Infallible>(answer(request, counts).await) }
        });
        let builder = auto::Builder::new(TokioExecutor::new());
        // A proxy that goes away in the middle is part of some tests.
        let _ = builder.serve_connection(TokioIo::new(stream), answer).await;
    }
}

async fn answer(request: Request<Incoming>, counts: Arc<Counts>) -> Response<Body> {
    counts.calls.fetch_add(1, Ordering::SeqCst);
    let guard = Dropped(Arc::clone(&counts));
    let response = match request.uri().path() {
        "/own" => own_headers(),
        "/moved" => moved(request),
        "/slow" => {
            sleep(Duration::from_millis(300)).await;
            text("slow")
        }
        "/never" => {
            // Held until it is given up.
            let _guard = guard;
            return std::future::pending().await;
        }
        "/stops" | "/endless" => return endless(request.uri().path() == "/stops", guard),
        "/down" => down(request.uri().query().and_then(|n| n.parse().ok()).unwrap_or(1)),
        "/up" => up(request).await,
        "/unread" => {
            // The body is held and not read.
            sleep(Duration::from_secs(60)).await;
            drop(request);
            text("unread")
        }
        _ => head(&request),
    };
    std::mem::forget(guard);
    response
}

/// The request's head, as it has arrived.
fn head(request: &Request<Incoming>) -> Response<Body> {
    let version = request.version();
    let mut head = format!("{} {} {version:?}\n", request.method(), request.uri());
    for (name, value) in request.headers() {
        writeln!(head, "{name}: {}", String::from_utf8_lossy(value.as_bytes()))
            .expect("a text takes everything");
    }
    text(&head)
}

fn own_headers() -> Response<Body> {
    let mut response = text("own");
    *response.status_mut() = StatusCode::IM_A_TEAPOT;
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-credentials", "true"),
        ("vary", "Accept-Encoding"),
        ("x-own", "1"),
        ("connection", "x-hop"),
        ("x-hop", "1"),
        ("keep-alive", "timeout=5"),
    ] {
        response.headers_mut().append(name, HeaderValue::from_static(value));
    }
    response
}

fn moved(request: Request<Incoming>) -> Response<Body> {
    let mut response = text("");
    *response.status_mut() = StatusCode::FOUND;
    let to = match request.headers().get(header::HOST) {
        Some(host) => format!("http://{}/there?a", host.to_str().expect("a host")),
        None => "/there?a".to_owned(),
    };
    response.headers_mut().insert(header::LOCATION, to.parse().expect("a value"));
    response
}

/// A piece, and then silence, or another every few milliseconds.
fn endless(stops: bool, guard: Dropped) -> Response<Body> {
    let (mut sender, body) = Channel::new(1);
    tokio::spawn(async move {
        let _guard = guard;
        while sender.send_data(Bytes::from_static(b"piece\n")).await.is_ok() {
            sleep(if stops { Duration::from_secs(60) } else { Duration::from_millis(10) }).await;
        }
    });
    Response::new(Either::Right(body))
}

fn down(pieces: usize) -> Response<Body> {
    let (mut sender, body) = Channel::new(1);
    tokio::spawn(async move {
        let piece = Bytes::from(vec![b'x'; PIECE]);
        for _ in 0..pieces {
            if sender.send_data(piece.clone()).await.is_err() {
                return;
            }
        }
    });
    Response::new(Either::Right(body))
}

/// The size of what has arrived.
async fn up(request: Request<Incoming>) -> Response<Body> {
    let (mut size, mut body) = (0, request.into_body());
    while let Some(Ok(frame)) = body.frame().await {
        size += frame.data_ref().map_or(0, Bytes::len);
    }
    text(&size.to_string())
}

fn text(text: &str) -> Response<Body> {
    Response::new(Either::Left(Full::from(text.to_owned())))
}

/// Counts a request or a response that was given up.
struct Dropped(Arc<Counts>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.dropped.fetch_add(1, Ordering::SeqCst);
    }
}
