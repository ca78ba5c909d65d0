//! A server of filters, with a layer around all of them.

use std::{fmt, future::Future, io, net::SocketAddr, pin::Pin, time::Duration};

use cors_tower::CorsLayer;
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::net::{TcpListener, ToSocketAddrs};
use tower_service::Service;
use warp::{Filter, Rejection, Reply, filters::BoxedFilter, http::Request};

use crate::service::service;

/// Serves routes with a layer around all of them, as `warp::serve` does without one.
///
/// Every response has the headers, also those that warp makes of a rejection. The filters run once
/// inside the layer, so no request is copied as in a [`filter`](crate::filter()).
///
/// ```no_run
/// use cors_warp::{CorsLayer, Policy};
/// use warp::Filter;
///
/// #[tokio::main]
/// async fn main() -> Result<(), Box<dyn std::error::Error>> {
///     let cors = Policy::new().allow_origin("https://app.example.com").compile()?;
///     let routes = warp::path("items").and(warp::get()).map(|| "[]");
///     cors_warp::serve(CorsLayer::new(cors), routes).run(("127.0.0.1", 3030)).await?;
///     Ok(())
/// }
/// ```
pub fn serve<F, R>(layer: CorsLayer, routes: F) -> Server<R>
where
    F: Filter<Extract = (R,), Error: Into<Rejection>> + Send + Sync + 'static,
    R: Reply + 'static,
{
    Server { layer, routes: routes.boxed(), until: Box::pin(std::future::pending()) }
}

/// Routes with a layer around them, ready to be served: made by [`serve`].
#[must_use = "a server does nothing until it runs"]
pub struct Server<R> {
    layer: CorsLayer,
    routes: BoxedFilter<(R,)>,
    until: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl<R: Reply + 'static> Server<R> {
    /// Stops accepting connections when `signal` completes, and then waits for the requests that
    /// are being answered.
    pub fn graceful(self, signal: impl Future<Output = ()> + Send + 'static) -> Self {
        Self { until: Box::pin(signal), ..self }
    }

    /// Binds the address and serves it.
    ///
    /// # Errors
    ///
    /// The address cannot be bound.
    pub async fn run(self, address: impl ToSocketAddrs) -> io::Result<()> {
        let listener = TcpListener::bind(address).await?;
        self.incoming(listener).await;
        Ok(())
    }

    /// Serves the connections of a listener.
    ///
    /// Each request has the client's `SocketAddr` in its extensions, for `warp::ext::get`.
    /// `warp::addr::remote()` is `None`, because only warp can set it.
    pub async fn incoming(self, listener: TcpListener) {
        let Self { layer, routes, mut until } = self;
        let service = service(layer, warp::service(routes));
        let (server, graceful) = (Builder::new(TokioExecutor::new()), GracefulShutdown::new());
        loop {
            let (stream, client) = tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok(accepted) => accepted,
                    Err(error) => {
                        pause_after(&error).await;
                        continue;
                    }
                },
                () = &mut until => break,
            };
            let service = TowerToHyperService::new(Addressed { service: service.clone(), client });
            let connection =
                server.serve_connection_with_upgrades(TokioIo::new(stream), service).into_owned();
            // A connection that fails concerns its client.
            tokio::spawn(graceful.watch(connection));
        }
        drop(listener);
        graceful.shutdown().await;
    }
}

/// Waits after an error that is the server's, such as too many open files: the next attempt would
/// fail the same.
async fn pause_after(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// A service whose requests have the client's address in their extensions.
#[derive(Clone)]
struct Addressed<S> {
    service: S,
    client: SocketAddr,
}

impl<S: Service<Request<B>>, B> Service<Request<B>> for Addressed<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(
        &mut self,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<B>) -> S::Future {
        request.extensions_mut().insert(self.client);
        self.service.call(request)
    }
}

impl<R> fmt::Debug for Server<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("layer", &self.layer).finish_non_exhaustive()
    }
}
