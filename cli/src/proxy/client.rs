//! Connections to the upstream.

use std::{io, time::Duration};

use http::Uri;
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::{
    client::legacy::{self, connect::HttpConnector},
    rt::{TokioExecutor, TokioIo, TokioTimer},
};
use tokio::net::TcpStream;
use tower::{Service, ServiceBuilder, ServiceExt, util::BoxCloneSyncService};

use super::{
    args::Proxy as Args,
    body::{BoxError, Timed},
    progress::Watched,
};

/// The most connections that wait for a next request.
const IDLE: usize = 128;

/// A client whose connections are shared by all requests.
pub(crate) type Client = legacy::Client<Connector, RequestBody>;

/// The client's body, on its way to the upstream.
pub(crate) type RequestBody = Watched<Timed<Incoming>>;

type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;
type Connector = BoxCloneSyncService<Uri, Stream, BoxError>;

/// A client for the upstream. To `https://` it speaks HTTP/2 where the upstream does.
pub(crate) fn client(args: &Args) -> io::Result<Client> {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    let connector = if args.to.is_https() {
        // The certificates of the system, not a list that is compiled in: the server whose headers
        // nobody can change is often one of the house, with an authority of the house.
        let tls = HttpsConnectorBuilder::new().with_native_roots()?.https_only();
        bounded(tls.enable_all_versions().wrap_connector(tcp), args.connect_timeout)
    } else {
        bounded(tcp.map_response(MaybeHttpsStream::Http), args.connect_timeout)
    };
    let mut builder = legacy::Client::builder(TokioExecutor::new());
    builder.timer(TokioTimer::new()).pool_timer(TokioTimer::new()).pool_max_idle_per_host(IDLE);
    Ok(builder.http2_only(args.upstream_http2).build(connector))
}

/// The whole of connecting within the limit: name, address and handshake.
fn bounded<S>(connector: S, limit: Duration) -> Connector
where
    S: Service<Uri, Response = Stream, Error: Into<BoxError>, Future: Send>
        + Clone
        + Send
        + Sync
        + 'static,
{
    BoxCloneSyncService::new(ServiceBuilder::new().timeout(limit).service(connector))
}
