//! The layer, and the service that it makes.

use std::task::{Context, Poll};

use cors_core::{
    Live, Origin, OwnedOrigin, Permission,
    adapter::{Answer, Choice, Choose, CompiledPolicy, Decision, Source},
};
use cors_http::{CorsBody, Http, HttpCors, Leave, Pending, RequestView, SentUri};
use http::{Request, Response, request::Parts};
use tower_layer::Layer;
use tower_service::Service;

use crate::{
    CorsFuture,
    predicate::{Answered, AtOnce, Predicate, Ready},
};

/// Adds a policy to a service.
///
/// It is cheap to clone, and so are its services: axum clones one for each request. It has one
/// type, with a predicate and without.
#[derive(Clone, Debug)]
pub struct CorsLayer {
    pub(crate) source: Source<Http>,
    predicate: Predicate,
    sent_uri: Option<SentUri>,
    pub(crate) leave: Leave,
}

impl CorsLayer {
    /// A layer with this policy.
    pub fn new(cors: impl CompiledPolicy<Http>) -> Self {
        Self::of(cors.into_source())
    }

    /// A layer that allows any origin, method and request header, and exposes every response header,
    /// without credentials: see [`Policy::permissive`](cors_core::Policy::permissive).
    #[doc(alias = "very_permissive")]
    pub fn permissive() -> Self {
        Self::new(cors_core::Cors::permissive())
    }

    /// A layer with a policy that may be replaced while it serves. Each request uses the policy in
    /// force when it arrives.
    pub fn live(live: impl Live<Http>) -> Self {
        Self::of(Source::live(live))
    }

    /// A layer whose policy each request chooses, for example one for each tenant: see
    /// `Tenants` of `cors-tenants`.
    pub fn by(choose: impl Choose<Http>) -> Self {
        Self::of(Source::by(choose))
    }

    fn of(source: Source<Http>) -> Self {
        Self { source, predicate: Predicate::None, sent_uri: SENT_URI, leave: Leave::WhenNeeded }
    }

    /// Calls `allows` for an origin that the policy does not list. A policy that lists no origin
    /// says so with [`Policy::dynamic_origins`](cors_core::Policy::dynamic_origins).
    ///
    /// It returns a `bool`, a `Result`, or a [`Permission`]. An error is answered with 503.
    ///
    /// ```
    /// use cors_tower::{CorsLayer, Policy};
    ///
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let layer = CorsLayer::new(cors).allow_origin_if(|origin, _| origin.is_under("example.com"));
    /// # Ok::<(), cors_tower::PolicyErrors>(())
    /// ```
    #[must_use]
    pub fn allow_origin_if<F, P>(self, allows: F) -> Self
    where
        F: Fn(&Origin<'_>, &RequestView<'_>) -> P + Send + Sync + 'static,
        P: Into<Permission> + 'static,
    {
        Self { predicate: Predicate::at_once(allows), ..self }
    }

    /// Like [`allow_origin_if`](Self::allow_origin_if), for a predicate that is awaited, such as a
    /// query of a database. The origin and the request are owned. Of the two, the last one counts.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use cors_tower::{CorsLayer, Policy};
    ///
    /// struct Tenants;
    ///
    /// impl Tenants {
    ///     async fn allows(&self, origin: &str) -> Result<bool, std::io::Error> {
    ///         Ok(origin.len() < 100)
    ///     }
    /// }
    ///
    /// let db = Arc::new(Tenants);
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let layer = CorsLayer::new(cors)
    ///     .allow_origin_if_async(|origin, _request| async move { db.allows(&origin).await });
    /// # Ok::<(), cors_tower::PolicyErrors>(())
    /// ```
    #[must_use]
    pub fn allow_origin_if_async<F, Fut>(self, allows: F) -> Self
    where
        F: FnOnce(OwnedOrigin, Parts) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output: Into<Permission>> + Send + 'static,
    {
        Self { predicate: Predicate::awaited(allows), ..self }
    }

    /// Finds the target that the client sent, where a service around this one rewrites it and keeps
    /// the original in the request's extensions. Policies by path match the path that is found, and
    /// that of the request otherwise. Inside axum's routers it needs no call: feature `axum`
    /// finds `OriginalUri`.
    ///
    /// ```
    /// use cors_tower::{CorsLayer, Policy, Resources};
    /// use http::Uri;
    ///
    /// #[derive(Clone)]
    /// struct Original(Uri);
    ///
    /// let cors = Resources::new().at("/api/*", Policy::new().allow_origin("https://app.example.com"));
    /// let layer = CorsLayer::new(cors.compile()?)
    ///     .sent_uri(|extensions| extensions.get().map(|Original(uri)| uri));
    /// # Ok::<(), cors_tower::PolicyErrors>(())
    /// ```
    #[must_use]
    pub fn sent_uri(self, find: SentUri) -> Self {
        Self { sent_uri: Some(find), ..self }
    }

    /// The parts of a request that a decision uses.
    fn view<'a, B>(&self, request: &'a Request<B>) -> RequestView<'a> {
        RequestView { sent_uri: self.sent_uri, ..RequestView::from(request) }
    }

    /// Leaves the verdict in every request's and response's extensions, where
    /// [`verdict`](crate::verdict) finds it.
    #[must_use]
    pub fn leave_verdict(mut self) -> Self {
        self.leave = Leave::Always;
        self
    }

    /// Decides, and returns either what waits for the inner service's response, or the answer. The
    /// request is only looked at: moving it once more costs as much as the decision.
    #[inline(always)]
    fn decide<Req>(
        &self,
        cors: &HttpCors,
        request: &mut Request<Req>,
        allows: Option<&AtOnce>,
    ) -> Result<Pending, Response<CorsBody<()>>> {
        let view = self.view(request);
        let allows = allows.map(|allows| |origin: &Origin<'_>| allows(origin, &view));
        match cors_http::decide(cors, &view, allows) {
            Decision::Forward(forward) => {
                Ok(Pending::new(forward.detach(), self.leave, request.extensions_mut()))
            }
            Decision::Answer(answer) => Err(answered(answer, self.leave)),
        }
    }
}

/// The original target of a request. Without it, a layer inside a router sees a shortened one.
#[cfg(not(feature = "axum"))]
const SENT_URI: Option<SentUri> = None;
#[cfg(feature = "axum")]
const SENT_URI: Option<SentUri> =
    Some(|extensions| extensions.get().map(|axum::extract::OriginalUri(uri)| uri));

cors_core::hints! { CorsLayer:
    WriteOnPolicy = "set this on the `Policy`, before `.compile()?`": {
        fn allow_origin(self, _: impl Sized);
        fn allow_origins(self, _: impl Sized);
        fn allow_any_origin(self);
        fn allow_methods(self, _: impl Sized);
        fn allow_headers(self, _: impl Sized);
        fn expose_headers(self, _: impl Sized);
        fn allow_credentials(self, _: impl Sized);
        fn max_age(self, _: impl Sized);
    }
    WriteVeryPermissive = "write `CorsLayer::permissive()`; or, to share credentials with every site, `Policy::new().dangerously_allow_any_origin_with_credentials()`": {
        fn very_permissive();
    }
}

#[cold]
#[inline(never)]
fn answered(answer: Answer<'_, RequestView<'_>>, leave: Leave) -> Response<CorsBody<()>> {
    cors_http::answer(answer, leave)
}

impl<S> Layer<S> for CorsLayer {
    type Service = CorsService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        CorsService { inner, layer: self.clone() }
    }
}

/// A service with a policy around it.
#[derive(Clone, Debug)]
pub struct CorsService<S> {
    inner: S,
    layer: CorsLayer,
}

impl<S, Req, Res> Service<Request<Req>> for CorsService<S>
where
    S: Service<Request<Req>, Response = Response<Res>> + Clone,
{
    type Response = Response<CorsBody<Res>>;
    type Error = S::Error;
    type Future = CorsFuture<S, Request<Req>, S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    #[inline]
    fn call(&mut self, mut request: Request<Req>) -> Self::Future {
        let Self { inner, layer } = self;
        let cors = match layer.source.choose(&layer.view(&request)) {
            Choice::Now(cors) => cors,
            Choice::Later(later) => {
                let cors = layer.source.current().into_owned();
                let answer = layer.predicate.after(later, &layer.view(&request).as_sent());
                return CorsFuture::asking(answer, Asked::new(layer, cors, inner, request));
            }
        };
        let allows = match &layer.predicate {
            Predicate::None => None,
            Predicate::AtOnce(allows) => Some(&**allows),
            Predicate::Awaited(allows) => {
                let view = layer.view(&request);
                if let Some(origin) = cors.undecided_origin(&view) {
                    let answer = allows(origin.into_owned(), view.as_sent().parts());
                    let answer = Answered::Permission(answer);
                    let asked = Asked::new(layer, cors.into_owned(), inner, request);
                    return CorsFuture::asking(answer, asked);
                }
                None
            }
        };
        let mut pending = match layer.decide(&cors, &mut request, allows) {
            Ok(pending) => pending,
            Err(answer) => return CorsFuture::answer(answer),
        };
        // Two halves and not a closure, into which the request would be moved.
        let outside = pending.enter();
        let future = inner.call(request);
        pending.leave(outside);
        CorsFuture::forward(future, pending)
    }
}

/// A request that waits for its predicate or its policy.
pub(crate) struct Asked<S, Req> {
    layer: CorsLayer,
    cors: HttpCors,
    inner: S,
    request: Req,
}

impl<S: Clone, Req> Asked<S, Req> {
    fn new(layer: &CorsLayer, cors: HttpCors, inner: &mut S, request: Req) -> Self {
        // The clone takes the turn of the service that was polled ready.
        let clone = inner.clone();
        let inner = std::mem::replace(inner, clone);
        Self { layer: layer.clone(), cors, inner, request }
    }
}

impl<S: Service<Request<Req>>, Req> Asked<S, Request<Req>> {
    /// Decides with the predicate's answer, and calls the inner service unless that is all.
    #[cold]
    #[inline(never)]
    pub(crate) fn call(self, ready: Ready) -> CorsFuture<S, Request<Req>, S::Future> {
        let Self { layer, cors, mut inner, mut request } = self;
        let cors = ready.cors.unwrap_or(cors);
        let said = ready
            .permission
            .map(|permission| move |_: &Origin<'_>, _: &RequestView<'_>| permission.clone());
        let allows = match (&said, &layer.predicate) {
            (Some(said), _) => Some(said as &AtOnce),
            (None, Predicate::AtOnce(allows)) => Some(&**allows),
            (None, _) => None,
        };
        match layer.decide(&cors, &mut request, allows) {
            Ok(mut pending) => {
                let future = pending.run(|| inner.call(request));
                CorsFuture::forward(future, pending)
            }
            Err(answer) => CorsFuture::answer(answer),
        }
    }
}
