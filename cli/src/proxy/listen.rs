//! Connections of clients, until the end.

use std::{
    convert::Infallible,
    net::SocketAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use cors_tower::CorsLayer;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Notify,
    time::{sleep, timeout},
};
use tower::{Layer, service_fn};

use super::forward::Proxy;
use crate::status::complain;

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
    builder.http1().timer(TokioTimer::new()).header_read_timeout(proxy.idle_timeout);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(PING);
    let running = GracefulShutdown::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(connection) => accept(connection, &layer, &proxy, &builder, &running),
                Err(error) => {
                    complain(format_args!("cors: cannot accept a connection: {error}"));
                    sleep(PAUSE).await;
                }
            },
            () = stop.notified() => break,
        }
    }
    drop(listener);
    tokio::select! {
        () = running.shutdown() => {}
        () = sleep(grace) => complain("cors: closed in-flight requests that did not finish in time"),
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
    let limit = proxy.idle_timeout;
    let asked = Arc::new(AtomicBool::new(false));
    let service = layer.layer(service_fn({
        let (proxy, asked) = (Arc::clone(proxy), Arc::clone(&asked));
        move |request| {
            asked.store(true, Ordering::Relaxed);
            let proxy = Arc::clone(&proxy);
            async move { Ok::<_, Infallible>(proxy.answer(request, peer.ip()).await) }
        }
    }));
    let service = TowerToHyperService::new(service);
    let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
    let connection = running.watch(connection);
    tokio::spawn(async move {
        let mut connection = pin!(connection);
        // Clients come and go: a connection that breaks is nothing to report. One that never asks is
        // not held by hyper's own limit, which begins once the version is known.
        let first = timeout(limit, &mut connection).await;
        if first.is_err() && asked.load(Ordering::Relaxed) {
            let _ = connection.await;
        }
    });
}
