//! A layer around a warp service.

use std::task::{Context, Poll};

use tower_layer::Layer;
use tower_service::Service;
use warp::http::Request;

use crate::verdict::Left;

/// Puts a layer around a warp service, in which every rejection is a response already.
///
/// ```
/// use cors_core::Policy;
/// use cors_warp::CorsLayer;
/// use warp::Filter;
///
/// let cors = Policy::new().allow_origins(["https://app.example.com"]).compile()?;
/// let routes = warp::path("items").and(warp::get()).map(|| "[]");
/// let service = cors_warp::service(CorsLayer::new(cors), warp::service(routes));
/// # fn is_service<S: tower::Service<http::Request<String>>>(_: S) {}
/// # is_service(service);
/// # Ok::<(), cors_core::PolicyErrors>(())
/// ```
///
/// `layer` is a [`CorsLayer`](crate::CorsLayer).
pub fn service<L, S>(layer: L, service: S) -> L::Service
where
    L: Layer<FilterService<S>>,
{
    layer.layer(FilterService { service })
}

/// A warp service whose filters find the verdict: made by [`service`].
#[derive(Clone, Copy, Debug)]
pub struct FilterService<S> {
    service: S,
}

impl<S, B> Service<Request<B>> for FilterService<S>
where
    S: Service<Request<B>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<B>) -> S::Future {
        if let Some(left) = Left::beside(&request) {
            request.extensions_mut().insert(left);
        }
        self.service.call(request)
    }
}
