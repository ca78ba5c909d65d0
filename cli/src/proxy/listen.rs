//! Connections of clients, until the end.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use hyper::service::service_fn;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{AcquireError, Notify, OwnedSemaphorePermit, Semaphore},
    time::sleep,
};

use super::{activity::Activity, front::Front};
use crate::status::complain;

/// How often a connection of HTTP/2 is asked whether it is still there.
const PING: Duration = Duration::from_secs(30);

/// How long to wait where no connection can be taken, as with too many files open.
const PAUSE: Duration = Duration::from_millis(50);

/// The bounds of the listener.
pub(crate) struct Limits {
    /// The time for in-flight requests at shutdown.
    pub(crate) grace: Duration,
    /// The most connections at a time.
    pub(crate) connections: usize,
}

/// Serves until it is told to stop; then running requests have the grace to end, unless it is told
/// again.
pub(crate) async fn serve(listener: TcpListener, front: Front, stop: &Notify, limits: Limits) {
    let front = Arc::new(front);
    let room = Arc::new(Semaphore::new(limits.connections));
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(front.proxy.idle_timeout);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(PING);
    let running = GracefulShutdown::new();
    loop {
        tokio::select! {
            // Connections beyond the limit wait in the listener's queue.
            (permit, accepted) = next(&listener, &room) => match (permit, accepted) {
                (Ok(permit), Ok(connection)) => {
                    accept(connection, permit, &front, &builder, &running);
                }
                (Err(_), _) => break,
                (_, Err(error)) => {
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
        () = sleep(limits.grace) => complain("cors: closed in-flight requests that did not finish in time"),
        () = stop.notified() => {}
    }
}

/// The next connection, once there is room for it.
async fn next(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> (Result<OwnedSemaphorePermit, AcquireError>, io::Result<(TcpStream, SocketAddr)>) {
    let permit = Arc::clone(room).acquire_owned().await;
    (permit, listener.accept().await)
}

fn accept(
    (stream, peer): (TcpStream, SocketAddr),
    permit: OwnedSemaphorePermit,
    front: &Arc<Front>,
    builder: &auto::Builder<TokioExecutor>,
    running: &GracefulShutdown,
) {
    // Without it small writes wait for one another; nothing depends on it.
    let _ = stream.set_nodelay(true);
    let limit = front.proxy.idle_timeout;
    let activity = Activity::default();
    let service = service_fn({
        let (front, activity) = (Arc::clone(front), activity.clone());
        move |request| Arc::clone(&front).answer(request, peer.ip(), activity.begin())
    });
    let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
    let connection = running.watch(connection);
    tokio::spawn(async move {
        // Clients come and go: a connection that breaks is nothing to report. hyper's own limit
        // begins once the version is known, and ends where HTTP/2 does.
        tokio::select! {
            _ = connection => {}
            () = activity.idle(limit) => {}
        }
        drop(permit);
    });
}
