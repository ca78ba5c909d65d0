//! Connections to the upstream.

use std::io;

use hyper::body::Incoming;
use hyper_util::{
    client::legacy,
    rt::{TokioExecutor, TokioTimer},
};

use super::{args::Proxy as Args, body::Timed, progress::Watched};
use crate::connector::{self, Connector};

/// The most connections that wait for a next request.
const IDLE: usize = 128;

/// A client whose connections are shared by all requests.
pub(crate) type Client = legacy::Client<Connector, RequestBody>;

/// The client's body, on its way to the upstream.
pub(crate) type RequestBody = Watched<Timed<Incoming>>;

/// A client for the upstream. To `https://` it speaks HTTP/2 where the upstream does.
pub(crate) fn client(args: &Args) -> io::Result<Client> {
    let connector = match args.to.is_https() {
        true => connector::https(args.connect_timeout)?,
        false => connector::http(args.connect_timeout),
    };
    let mut builder = legacy::Client::builder(TokioExecutor::new());
    builder.timer(TokioTimer::new()).pool_timer(TokioTimer::new()).pool_max_idle_per_host(IDLE);
    Ok(builder.http2_only(args.upstream_http2).build(connector))
}
