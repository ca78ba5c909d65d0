//! The middleware, and the service that it makes.

use std::{
    fmt,
    future::{Future, Ready, ready},
    pin::Pin,
    rc::Rc,
    sync::Arc,
    task::{Context, Poll},
};

use actix_web::{
    Error, HttpRequest,
    body::EitherBody,
    dev::{Service, ServiceRequest, ServiceResponse, Transform},
};
use cors_core::{
    Live, Origin, OwnedOrigin, Permission,
    adapter::{Choice, Choose, CompiledPolicy, Source},
};

use crate::{
    ActixCors, ActixWeb, CorsFuture,
    framework::RequestView,
    future::{Answered, State},
    response::Leave,
};

/// Puts a policy around an application, a scope or a resource.
///
/// It is cheap to clone: each worker makes an application of its own.
#[derive(Clone)]
pub struct CorsMiddleware {
    source: Source<ActixWeb>,
    predicate: Option<Arc<Predicate>>,
    pub(crate) leave: Leave,
}

type Predicate = dyn Fn(&Origin<'_>, &HttpRequest) -> Allowed + Send + Sync;

/// What a predicate says.
enum Allowed {
    Known(Permission),
    Asked(Pin<Box<dyn Future<Output = Permission>>>),
}

impl CorsMiddleware {
    /// A middleware that decides by this policy.
    pub fn new(cors: impl CompiledPolicy<ActixWeb>) -> Self {
        Self::of(cors.into_source())
    }

    /// A middleware that allows any origin, method and request header, and exposes every response header,
    /// without credentials: see [`Policy::permissive`](cors_core::Policy::permissive).
    #[doc(alias = "very_permissive")]
    pub fn permissive() -> Self {
        Self::new(cors_core::Cors::permissive())
    }

    /// A middleware whose policy may be replaced while it serves: each request meets the one in
    /// force when it arrives.
    pub fn live(live: impl Live<ActixWeb>) -> Self {
        Self::of(Source::live(live))
    }

    fn of(source: Source<ActixWeb>) -> Self {
        Self { source, predicate: None, leave: Leave::WhenNeeded }
    }

    /// A middleware whose policy each request chooses, for example one for each tenant: see
    /// `Tenants` of `cors-tenants`.
    pub fn by(choose: impl Choose<ActixWeb>) -> Self {
        Self::of(Source::by(choose))
    }

    /// Calls `allows` for an origin that the policy does not list. A policy that lists no origin
    /// says so with [`Policy::dynamic_origins`](cors_core::Policy::dynamic_origins).
    ///
    /// It returns a `bool`, a `Result` of one, or a [`Permission`], which can also say what it varies
    /// by. An error is answered with 503.
    ///
    /// ```
    /// # use cors_actix_web::CorsMiddleware;
    /// # use cors_core::Policy;
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let cors = CorsMiddleware::new(cors)
    ///     .allow_origin_if(|origin, _request| origin.is_under("example.com"));
    /// # let _ = actix_web::App::new().wrap(cors);
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    pub fn allow_origin_if<F, P>(self, allows: F) -> Self
    where
        F: Fn(&Origin<'_>, &HttpRequest) -> P + Send + Sync + 'static,
        P: Into<Permission> + 'static,
    {
        let predicate = move |origin: &Origin<'_>, request: &HttpRequest| {
            Allowed::Known(allows(origin, request).into())
        };
        Self { predicate: Some(Arc::new(predicate)), ..self }
    }

    /// Like [`allow_origin_if`](Self::allow_origin_if), for a predicate that is awaited, such as a
    /// query of a database. The origin is owned. Take what the future needs of the request before
    /// `async move`. Of the two, the last one counts.
    ///
    /// ```
    /// # use actix_web::web;
    /// # use cors_actix_web::CorsMiddleware;
    /// # use cors_core::Policy;
    /// # struct Tenants;
    /// # impl Tenants { async fn has(&self, _: &str) -> bool { true } }
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let cors = CorsMiddleware::new(cors).allow_origin_if_async(|origin, request| {
    ///     let tenants = request.app_data::<web::Data<Tenants>>().cloned();
    ///     async move {
    ///         match tenants {
    ///             Some(tenants) => tenants.has(&origin).await,
    ///             None => false,
    ///         }
    ///     }
    /// });
    /// # let _ = actix_web::App::new().wrap(cors);
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    pub fn allow_origin_if_async<F, Fut>(self, allows: F) -> Self
    where
        F: FnOnce(OwnedOrigin, &HttpRequest) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output: Into<Permission>> + 'static,
    {
        let predicate = move |origin: &Origin<'_>, request: &HttpRequest| {
            let permission = allows.clone()(origin.into_owned(), request);
            Allowed::Asked(Box::pin(async { permission.await.into() }))
        };
        Self { predicate: Some(Arc::new(predicate)), ..self }
    }

    /// Leaves the verdict in every request's and response's extensions, for
    /// [`CorsVerdict`](crate::CorsVerdict), [`AllowedOrigin`](crate::AllowedOrigin) and
    /// [`verdict`](crate::verdict) to find.
    pub fn leave_verdict(self) -> Self {
        Self { leave: Leave::Always, ..self }
    }

    /// Returns true if the middleware has a predicate.
    #[inline]
    pub(crate) fn asks(&self) -> bool {
        self.predicate.is_some()
    }

    /// Calls the predicate for an origin that the policy rejects.
    #[inline]
    fn ask(&self, cors: &ActixCors, request: &HttpRequest) -> Allowed {
        let view = RequestView::from(request);
        if let Some(predicate) = &self.predicate
            && let Some(origin) = cors.undecided_origin(&view)
        {
            return predicate(&origin, request);
        }
        Allowed::Known(Permission::deny())
    }
}

impl fmt::Debug for CorsMiddleware {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CorsMiddleware").field("source", &self.source).finish_non_exhaustive()
    }
}

impl<S, B> Transform<S, ServiceRequest> for CorsMiddleware
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
{
    type Response = ServiceResponse<EitherBody<B, ()>>;
    type Error = Error;
    type Transform = CorsService<S>;
    type InitError = ();
    type Future = Ready<Result<CorsService<S>, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(CorsService(Rc::new(Around { inner, middleware: self.clone() }))))
    }
}

/// A service with a policy around it.
#[derive(Debug)]
pub struct CorsService<S>(Rc<Around<S>>);

/// What the responses on their way share with the service: one worker's alone, so that its count is
/// no other thread's.
#[derive(Debug)]
pub(crate) struct Around<S> {
    pub(crate) inner: S,
    pub(crate) middleware: CorsMiddleware,
}

impl<S: Service<ServiceRequest>> Around<S> {
    /// Waits for the policy, and then for what a predicate says of it.
    #[cold]
    fn wait(
        self: &Rc<Self>,
        later: impl Future<Output = ActixCors> + 'static,
        request: ServiceRequest,
    ) -> CorsFuture<S> {
        let (head, middleware) = (request.request().clone(), self.middleware.clone());
        let answer = Answered::Policy(Box::pin(async move {
            let cors = later.await;
            let permission = match middleware.ask(&cors, &head) {
                Allowed::Known(permission) => permission,
                Allowed::Asked(permission) => permission.await,
            };
            (cors, permission)
        }));
        let cors = self.middleware.source.current().into_owned();
        let state = State::Asking { answer, asked: Some((Rc::clone(self), request, cors)) };
        CorsFuture { state }
    }
}

impl<S, B> Service<ServiceRequest> for CorsService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
{
    type Response = ServiceResponse<EitherBody<B, ()>>;
    type Error = Error;
    type Future = CorsFuture<S>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.0.inner.poll_ready(context)
    }

    fn call(&self, request: ServiceRequest) -> CorsFuture<S> {
        let source = &self.0.middleware.source;
        let cors = match source.choose(&RequestView::from(request.request())) {
            Choice::Now(cors) => cors,
            Choice::Later(later) => return self.0.wait(later, request),
        };
        let state = match self.0.middleware.ask(&cors, request.request()) {
            Allowed::Known(permission) => self.0.call(&cors, request, permission),
            Allowed::Asked(answer) => {
                let answer = Answered::Permission(answer);
                let around = Rc::clone(&self.0);
                State::Asking { answer, asked: Some((around, request, cors.into_owned())) }
            }
        };
        CorsFuture { state }
    }
}
