//! The check of the host and the log, around the layer.

use std::{convert::Infallible, net::IpAddr, sync::Arc};

use cors_tower::{CorsBody, CorsLayer};
use http::{Request, Response, header};
use http_body_util::Either;
use hyper::body::Incoming;
use tower::{Layer, ServiceExt, service_fn};

use super::{
    activity::{Busy, Held},
    forward::{Body, Proxy},
    headers,
    hosts::Hosts,
    log::Log,
    refusal::Refusal,
};

/// The layer and all around it, shared by all connections.
pub(crate) struct Front {
    pub(crate) hosts: Hosts,
    pub(crate) log: Option<Log>,
    pub(crate) service: CorsLayer,
    pub(crate) proxy: Proxy,
}

impl Front {
    /// The response to a request. Its body keeps the connection busy until its end.
    pub(crate) async fn answer(
        self: Arc<Self>,
        request: Request<Incoming>,
        peer: IpAddr,
        busy: Busy,
    ) -> Result<Response<Held<CorsBody<Body>>>, Infallible> {
        let line = self.log.as_ref().map(|log| log.line(&request));
        let response = match self.serves(&request) {
            // Without CORS headers: the page that asks is not one that the policy is about.
            false => Refusal::Host.response().map(Either::Right).map(CorsBody::new),
            true => self.layered(request, peer).await,
        };
        if let Some(line) = line {
            line.end(response.status());
        }
        Ok(response.map(|body| Held::new(body, busy)))
    }

    async fn layered(&self, request: Request<Incoming>, peer: IpAddr) -> Response<CorsBody<Body>> {
        let forward = service_fn(|request| async move {
            Ok::<_, Infallible>(self.proxy.answer(request, peer).await)
        });
        match self.service.layer(forward).oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }

    /// Returns true if every host that the request names is served.
    fn serves(&self, request: &Request<Incoming>) -> bool {
        let lines = request.headers().get_all(header::HOST).iter();
        headers::host(request.uri(), request.headers())
            .iter()
            .chain(lines)
            .map(|host| self.hosts.serve(host.as_bytes()))
            .reduce(|all, next| all && next)
            .unwrap_or(false)
    }
}
