//! The layer, and the service that it makes.

use std::{
    sync::Arc,
    task::{Context, Poll},
};

use cors_core::{CompiledPolicy, Decision, Detached, Live, Origin, Source};
use cors_http::{CorsBody, Http, HttpCors, Leave, RequestView, verdict};
use http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use crate::{AsyncCorsLayer, CorsFuture, Listed, OriginPredicate, Predicate};

/// Puts a policy around a service.
///
/// It is cheap to clone, and so are the services that it makes: axum clones one for each request.
#[derive(Clone, Debug)]
pub struct CorsLayer<P = Listed> {
    pub(crate) source: Source<Http>,
    predicate: P,
    pub(crate) leave: Leave,
}

impl CorsLayer {
    /// A layer that decides by this policy.
    pub fn new(cors: impl CompiledPolicy<Http>) -> Self {
        Self { source: cors.into_source(), predicate: Listed, leave: Leave::WhenNeeded }
    }

    /// A layer that allows any origin, method and request header, and exposes every response header,
    /// without credentials: see [`Policy::permissive`](cors_core::Policy::permissive).
    #[doc(alias = "very_permissive")]
    pub fn permissive() -> Self {
        Self::new(cors_core::Cors::permissive())
    }

    /// A layer whose policy may be replaced while it serves: each request meets the one in force
    /// when it arrives.
    pub fn live(live: impl Live<Http>) -> Self {
        Self { source: Source::live(live), predicate: Listed, leave: Leave::WhenNeeded }
    }

    /// Asks `allows` about an origin that the policy does not allow by itself. A policy that lists
    /// no origin says so with [`Policy::dynamic_origins`](cors_core::Policy::dynamic_origins).
    ///
    /// ```
    /// # use cors_core::Policy;
    /// # use cors_tower::CorsLayer;
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let layer = CorsLayer::new(cors).allow_origin_if(|origin, _| origin.is_under("example.com"));
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    pub fn allow_origin_if<F>(self, allows: F) -> CorsLayer<Predicate<F>>
    where
        F: Fn(&Origin<'_>, &RequestView<'_>) -> bool,
    {
        CorsLayer { source: self.source, predicate: Predicate(Arc::new(allows)), leave: self.leave }
    }

    /// As [`allow_origin_if`](Self::allow_origin_if), and waits for the answer: for origins that
    /// stand in a database.
    ///
    /// ```
    /// # use cors_core::Policy;
    /// # use cors_tower::CorsLayer;
    /// # #[derive(Clone)] struct Tenants;
    /// # impl Tenants { async fn has(&self, _: &str) -> bool { true } }
    /// # let tenants = Tenants;
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let layer = CorsLayer::new(cors).allow_origin_if_async(move |origin, _| {
    ///     let (tenants, host) = (tenants.clone(), origin.host().to_owned());
    ///     async move { tenants.has(&host).await }
    /// });
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    pub fn allow_origin_if_async<F, Fut>(self, allows: F) -> AsyncCorsLayer<F>
    where
        F: Fn(&Origin<'_>, &RequestView<'_>) -> Fut,
        Fut: Future<Output = bool>,
    {
        AsyncCorsLayer { layer: self, allows: Arc::new(allows) }
    }
}

impl<P> CorsLayer<P> {
    /// Leaves the verdict in every request's and response's extensions, where
    /// [`verdict`](crate::verdict) finds it.
    pub fn leave_verdict(mut self) -> Self {
        self.leave = Leave::Always;
        self
    }

    /// Decides, and either answers or leaves the head of the inner service's response. The request
    /// is only looked at: moving it once more costs as much as the decision.
    pub(crate) fn decide<Req>(
        &self,
        cors: &HttpCors,
        request: &mut Request<Req>,
        allows: impl FnOnce(&Origin<'_>, &RequestView<'_>) -> bool,
    ) -> Result<Detached<Http>, Response<CorsBody<()>>> {
        let view = RequestView::from(&*request);
        let head = match cors_http::decide(cors, &view, |origin| allows(origin, &view)) {
            Decision::Forward(forward) => forward.detach(),
            Decision::Answer(answer) => return Err(cors_http::answer(answer, self.leave)),
        };
        // An outer layer's verdict is not the one that decides about the response.
        if self.leave == Leave::Always || verdict(request.extensions()).is_some() {
            cors_http::leave_verdict(request.extensions_mut(), head.verdict());
        }
        Ok(head)
    }
}

impl<S, P: Clone> Layer<S> for CorsLayer<P> {
    type Service = CorsService<S, P>;

    fn layer(&self, inner: S) -> Self::Service {
        CorsService { inner, layer: self.clone() }
    }
}

/// A service with a policy around it.
#[derive(Clone, Debug)]
pub struct CorsService<S, P = Listed> {
    inner: S,
    layer: CorsLayer<P>,
}

impl<S, P, Req, Res> Service<Request<Req>> for CorsService<S, P>
where
    S: Service<Request<Req>, Response = Response<Res>>,
    P: OriginPredicate,
{
    type Response = Response<CorsBody<Res>>;
    type Error = S::Error;
    type Future = CorsFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<Req>) -> Self::Future {
        let CorsLayer { source, predicate, leave } = &self.layer;
        let allows = |origin: &Origin<'_>, view: &RequestView<'_>| predicate.allows(origin, view);
        match self.layer.decide(&source.current(), &mut request, allows) {
            Ok(head) => CorsFuture::forward(self.inner.call(request), head, *leave),
            Err(answer) => CorsFuture::answer(answer),
        }
    }
}
