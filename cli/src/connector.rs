//! Connections to servers, for whatever speaks HTTP to one.

use std::{io, time::Duration};

use http::Uri;
use hyper_rustls::{HttpsConnectorBuilder, MaybeHttpsStream, builderstates::WantsSchemes};
use hyper_util::{client::legacy::connect::HttpConnector, rt::TokioIo};
use tokio::net::TcpStream;
use tokio_rustls::rustls::ClientConfig;
use tower::{Service, ServiceBuilder, ServiceExt, util::BoxCloneSyncService};

/// Any error.
pub(crate) type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// What connects, within a limit of time.
pub(crate) type Connector = BoxCloneSyncService<Uri, Stream, BoxError>;

type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;

/// Connects to `http://` alone.
pub(crate) fn http(limit: Duration) -> Connector {
    bounded(tcp().map_response(MaybeHttpsStream::Http), limit)
}

/// Connects to `https://` alone, to servers that the system knows, and takes HTTP/2 where the server
/// has it. Not those of a list that is compiled in: a server is often one of the house, with an
/// authority of the house.
///
/// # Errors
///
/// Where the system has no certificates.
pub(crate) fn https(limit: Duration) -> io::Result<Connector> {
    Ok(secure(HttpsConnectorBuilder::new().with_native_roots()?, limit))
}

/// The same, to servers that this configuration takes.
pub(crate) fn https_with(config: ClientConfig, limit: Duration) -> Connector {
    secure(HttpsConnectorBuilder::new().with_tls_config(config), limit)
}

fn secure(builder: HttpsConnectorBuilder<WantsSchemes>, limit: Duration) -> Connector {
    bounded(builder.https_only().enable_all_versions().wrap_connector(tcp()), limit)
}

fn tcp() -> HttpConnector {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    tcp
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
