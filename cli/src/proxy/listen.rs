//! Connections of clients, until the end.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use cors_tower::CorsLayer;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Notify,
    time::sleep,
};
use tower::{Layer, service_fn};

use super::forward::Proxy;
use crate::status::complain;

/// The longest that the head of a request may take to arrive, and a connection may wait for one.
const HEAD: Duration = Duration::from_secs(60);

/// How often a connection of HTTP/2 is asked whether it is still there.
const PING: Duration = Duration::from_secs(30);

/// How long to wait where no connection can be taken, as with too many files open.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves until it is told to stop; then running requests have the grace to end, unless it is told
/// again.
pub(crate) async fn serve(
    listener: TcpListener,
    layer: CorsLayer,
    proxy: Proxy,
    stop: &Notify,
    grace: Duration,
) {
    let proxy = Arc::new(proxy);
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(PING);
    let running = GracefulShutdown::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(connection) => accept(connection, &layer, &proxy, &builder, &running),
                Err(error) => {
                    complain(format_args!("cors: a connection cannot be taken: {error}"));
                    sleep(PAUSE).await;
                }
            },
            () = stop.notified() => break,
        }
    }
    drop(listener);
    tokio::select! {
        () = running.shutdown() => {}
        () = sleep(grace) => complain("cors: requests that took too long to end were broken off"),
        () = stop.notified() => {}
    }
}

fn accept(
    (stream, peer): (TcpStream, SocketAddr),
    layer: &CorsLayer,
    proxy: &Arc<Proxy>,
    builder: &auto::Builder<TokioExecutor>,
    running: &GracefulShutdown,
) {
    // Without it small writes wait for one another; nothing depends on it.
    let _ = stream.set_nodelay(true);
    let proxy = Arc::clone(proxy);
    let service = layer.layer(service_fn(move |request| {
        let proxy = Arc::clone(&proxy);
        async move { Ok::<_, std::convert::Infallible>(proxy.answer(request, peer.ip()).await) }
    }));
    let service = TowerToHyperService::new(service);
    let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
    let watched = running.watch(connection);
    tokio::spawn(async move {
        // Clients come and go: a connection that breaks is nothing to report.
        let _ = watched.await;
    });
}
