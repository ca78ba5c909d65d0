//! A request on its way to the upstream, and the response on its way back.

use std::{error::Error, io, iter::successors, net::IpAddr, sync::Arc, time::Duration};

use http::{HeaderMap, Method, Request, Response, StatusCode, header};
use http_body_util::Either;
use hyper::body::Incoming;
use hyper_util::client::legacy::{self, connect::capture_connection};
use tower::timeout::error::Elapsed;

use super::{
    args::Proxy as Args,
    body::Timed,
    client::{Client, RequestBody, client},
    headers::{self, Via},
    progress::{Progress, Watched},
    refusal::Refusal,
    upstream::Upstream,
};
use crate::status::complain;

/// The upstream's body, or a sentence in its place.
pub(crate) type Body = Either<Timed<Incoming>, String>;

/// What stands between the layer and the upstream.
pub(crate) struct Proxy {
    client: Client,
    upstream: Upstream,
    via: Via,
    behind_proxy: bool,
    head_timeout: Duration,
    /// The longest silence of either side.
    pub(crate) idle_timeout: Duration,
}

impl Proxy {
    /// # Errors
    ///
    /// Where the upstream is `https://` and the system has no certificates.
    pub(crate) fn new(args: &Args) -> io::Result<Self> {
        Ok(Self {
            client: client(args)?,
            upstream: args.to.clone(),
            via: Via::new(),
            behind_proxy: args.behind_proxy,
            head_timeout: args.head_timeout,
            idle_timeout: args.idle_timeout,
        })
    }

    /// The upstream's response, or a refusal. Dropped, it takes its request back.
    pub(crate) async fn answer(&self, request: Request<Incoming>, peer: IpAddr) -> Response<Body> {
        match self.forward(request, peer).await {
            Ok(response) => response.map(Either::Left),
            Err(refusal) => refusal.response().map(Either::Right),
        }
    }

    async fn forward(
        &self,
        request: Request<Incoming>,
        peer: IpAddr,
    ) -> Result<Response<Timed<Incoming>>, Refusal> {
        let (mut request, progress) = self.for_upstream(request, peer)?;
        let connection = capture_connection(&mut request);
        let response = tokio::select! {
            response = self.client.request(request) => response,
            () = progress.stopped(self.head_timeout) => return Err(Refusal::HeadTimeout),
        };
        let response = response.map_err(|error| self.refusal(&error, &progress))?;
        let headers = response.headers();
        // RFC 9112, section 6.3: which of them holds is where responses are smuggled.
        if headers.contains_key(header::TRANSFER_ENCODING)
            && headers.contains_key(header::CONTENT_LENGTH)
        {
            if let Some(connected) = connection.connection_metadata().as_ref() {
                connected.poison();
            }
            return Err(Refusal::Ambiguous);
        }
        self.for_client(response)
    }

    /// A request of its own, with nothing of the old one that is not named here: extensions are
    /// about the client's connection.
    fn for_upstream(
        &self,
        request: Request<Incoming>,
        peer: IpAddr,
    ) -> Result<(Request<RequestBody>, Arc<Progress>), Refusal> {
        let (mut parts, body) = request.into_parts();
        if parts.method == Method::CONNECT {
            return Err(Refusal::Connect);
        }
        if headers::asks_for_websocket(&parts.headers) {
            return Err(Refusal::WebSocket);
        }
        if self.via.has_seen(&parts.headers) {
            return Err(Refusal::Loop);
        }
        headers::for_upstream(&mut parts, &self.via, peer, self.behind_proxy);
        let progress = Arc::<Progress>::default();
        let body = Timed::new(body, self.idle_timeout);
        let mut request = Request::new(Watched { body, progress: Arc::clone(&progress) });
        *request.method_mut() = parts.method;
        *request.uri_mut() = self.upstream.target(parts.uri).map_err(|_| Refusal::Target)?;
        *request.headers_mut() = parts.headers;
        Ok((request, progress))
    }

    fn for_client(
        &self,
        response: Response<Incoming>,
    ) -> Result<Response<Timed<Incoming>>, Refusal> {
        let (mut parts, body) = response.into_parts();
        // Nothing was asked for that could be switched to.
        if parts.status == StatusCode::SWITCHING_PROTOCOLS {
            return Err(Refusal::BrokenOff);
        }
        headers::remove_hop_by_hop(&mut parts.headers);
        self.keep_inside(&mut parts.headers);
        let mut response = Response::new(Timed::new(body, self.idle_timeout));
        *response.status_mut() = parts.status;
        *response.headers_mut() = parts.headers;
        Ok(response)
    }

    fn keep_inside(&self, headers: &mut HeaderMap) {
        if let Some(location) = headers.get_mut(header::LOCATION)
            && let Some(local) = self.upstream.local(location)
        {
            *location = local;
        }
    }

    /// What an error comes to. Its details are for whoever runs the proxy.
    fn refusal(&self, error: &legacy::Error, progress: &Progress) -> Refusal {
        let causes = successors(Some(error as &dyn Error), |&error| error.source());
        let refusal = match error.is_connect() {
            _ if progress.has_failed() => return Refusal::Client,
            true if causes.clone().any(|cause| cause.is::<Elapsed>()) => Refusal::ConnectTimeout,
            true => Refusal::Unreachable,
            false => Refusal::BrokenOff,
        };
        let causes: Vec<String> = causes.map(ToString::to_string).collect();
        complain(format_args!("cors: {}: {}", self.upstream, causes.join(": ")));
        refusal
    }
}
