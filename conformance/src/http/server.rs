//! hyper as the server, for adapters that come without one.

use std::convert::Infallible;

use hyper::{body::Incoming, server::conn::http1, service::Service};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use super::Answer;

/// Serves one connection after the other.
pub async fn serve(
    listener: TcpListener,
    service: impl Service<http::Request<Incoming>, Response = Answer, Error = Infallible>,
) -> Infallible {
    loop {
        let (stream, _) = listener.accept().await.expect("the client connects");
        // What breaks a connection shows in the client, which has its end.
        let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), &service).await;
    }
}
