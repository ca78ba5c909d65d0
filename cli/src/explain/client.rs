//! What sends requests: one at a time, and never more than it is told.

use std::{io, time::Duration};

use cors_browser::{Response, Sent};
use http::{Request, Uri};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper_util::{
    client::legacy,
    rt::{TokioExecutor, TokioTimer},
};
use tokio::{runtime, time::timeout};

use super::{failure, spinner, trust};
use crate::connector::{self, Connector};

type Pool = legacy::Client<Connector, Full<Bytes>>;

/// Connections to whatever a request goes to. What no request needs is not made: certificates take
/// their time to be read.
pub(crate) struct Client {
    runtime: runtime::Runtime,
    limit: Duration,
    insecure: bool,
    http: Option<Pool>,
    https: Option<Pool>,
}

impl Client {
    /// # Errors
    ///
    /// Where the system lets nothing wait.
    pub(crate) fn new(limit: Duration, insecure: bool) -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(Self { runtime, limit, insecure, http: None, https: None })
    }

    /// The head of the answer, or a sentence that says why there is none.
    pub(crate) fn send(&mut self, sent: &Sent, body: Bytes) -> Result<Response, String> {
        let uri: Uri = sent.url.parse().map_err(|_| format!("{:?} cannot be sent", sent.url))?;
        let host = uri.authority().map(ToString::to_string).unwrap_or_default();
        let mut request = Request::builder().method(&*sent.request.method).uri(uri);
        for (name, value) in &sent.request.headers {
            request = request.header(name, &value[..]);
        }
        let request = request
            .body(Full::new(body))
            .map_err(|error| format!("cannot send the request: {error}"))?;
        let limit = self.limit;
        let pool = self
            .pool(sent.url.starts_with("https:"))
            .map_err(|error| format!("cannot connect: {error}"))?;
        let response = self.runtime.block_on(async {
            tokio::select! {
                answered = timeout(limit, pool.request(request)) => answered,
                never = spinner::spin(&host) => match never {},
            }
        });
        match response {
            Ok(Ok(response)) => {
                let lines = response.headers().iter();
                let lines = lines.map(|(name, value)| (name.as_str(), value.as_bytes()));
                Ok(Response::new(response.status().as_u16(), lines))
            }
            Ok(Err(error)) => Err(failure::sentence(&error, &host, limit)),
            Err(_) => Err(failure::too_slow(&host, limit)),
        }
    }

    /// Ends without waiting for whoever still asks for an address.
    pub(crate) fn close(self) {
        self.runtime.shutdown_background();
    }

    fn pool(&mut self, https: bool) -> io::Result<Pool> {
        let pool = if https { &mut self.https } else { &mut self.http };
        if let Some(pool) = pool {
            return Ok(pool.clone());
        }
        let connector = match (https, self.insecure) {
            (false, _) => connector::http(self.limit),
            (true, false) => connector::https(self.limit)?,
            (true, true) => connector::https_with(trust::anyone()?, self.limit),
        };
        let mut builder = legacy::Client::builder(TokioExecutor::new());
        // None is used again: a server that closes one without saying so would seem to break off.
        let builder = builder.timer(TokioTimer::new()).pool_max_idle_per_host(0);
        Ok(pool.insert(builder.build(connector)).clone())
    }
}
