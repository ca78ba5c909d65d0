//! What a browser, or whoever else, sends.

use std::net::SocketAddr;

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode, header, request};
use http_body_util::{BodyExt, Either, Full, channel::Channel};
use hyper::body::Incoming;
use hyper_util::{
    client::legacy::{self, connect::HttpConnector},
    rt::TokioExecutor,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::process::{PAGE, Proxy};

pub(crate) type Body = Either<Full<Bytes>, Channel<Bytes>>;

/// A client that keeps its connections.
pub(crate) type Client = legacy::Client<HttpConnector, Body>;

/// The versions of HTTP that a client may speak.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Version {
    One,
    Two,
}

pub(crate) fn client(version: Version) -> Client {
    let mut tcp = HttpConnector::new();
    tcp.set_nodelay(true);
    let mut builder = legacy::Client::builder(TokioExecutor::new());
    builder.http2_only(version == Version::Two).build(tcp)
}

/// A response, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) async fn of(response: Response<Incoming>) -> Self {
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("the body is whole").to_bytes();
        let body = String::from_utf8(body.into()).expect("it is a text");
        Self { status: parts.status, headers: parts.headers, body }
    }

    /// The lines of a header, joined.
    pub(crate) fn header(&self, name: &str) -> String {
        let lines: Vec<_> = self
            .headers
            .get_all(name)
            .iter()
            .map(|line| line.to_str().expect("it is a text"))
            .collect();
        lines.join(", ")
    }
}

/// A `GET` of a script on the page.
pub(crate) fn get(proxy: &Proxy, path: &str) -> request::Builder {
    Request::get(proxy.url(path)).header(header::ORIGIN, PAGE)
}

/// Sends a request without a body over a connection of its own.
pub(crate) async fn ask(version: Version, request: request::Builder) -> Answer {
    let request = request.body(Body::Left(Full::default())).expect("it is valid");
    let response = client(version).request(request).await.expect("it is answered");
    Answer::of(response).await
}

/// Sends bytes as they are, and reads until the other side closes.
pub(crate) async fn raw(to: SocketAddr, text: &str) -> String {
    let mut stream = TcpStream::connect(to).await.expect("it listens");
    stream.write_all(text.as_bytes()).await.expect("it is read");
    let mut answer = Vec::new();
    // A connection may also end by a reset, behind the answer.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).expect("it is a text")
}
