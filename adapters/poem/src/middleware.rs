//! The middleware, and the endpoint that it makes.

use std::{future::Future, pin::Pin, sync::Arc};

use cors_core::{
    Live, Origin, OwnedOrigin, Permission,
    adapter::{Answer, Choice, Choose, CompiledPolicy, Current, Decision, Source},
};
use cors_http::{Http, HttpResponse, Leave, Pending, RequestView};
use poem::{
    Addr, Endpoint, Middleware, Request, Response, Result,
    http::{Extensions, HeaderMap},
    web::LocalAddr,
};

/// Puts a policy around an endpoint.
///
/// It has no type parameter, whatever is asked beside the policy, and is cheap to clone.
#[derive(Clone)]
pub struct CorsMiddleware {
    source: Source<Http>,
    unlisted: Unlisted,
    leave: Leave,
}

/// What becomes of an origin that the policy does not list.
#[derive(Clone)]
enum Unlisted {
    Deny,
    Ask(Predicate<Permission>),
    Await(Predicate<Asked>),
}

type Predicate<T> = Arc<dyn Fn(&Origin<'_>, &Request) -> T + Send + Sync>;
type Asked = Pin<Box<dyn Future<Output = Permission> + Send>>;

impl CorsMiddleware {
    /// A middleware that decides by this policy.
    pub fn new(cors: impl CompiledPolicy<Http>) -> Self {
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
    pub fn live(live: impl Live<Http>) -> Self {
        Self::of(Source::live(live))
    }

    fn of(source: Source<Http>) -> Self {
        Self { source, unlisted: Unlisted::Deny, leave: Leave::WhenNeeded }
    }

    /// A middleware whose policy each request chooses, for example one for each tenant: see
    /// `Tenants` of `cors-tenants`.
    pub fn by(choose: impl Choose<Http>) -> Self {
        Self::of(Source::by(choose))
    }

    /// Calls `allows` for an origin that the policy does not list. A policy that lists no origin
    /// says so with [`Policy::dynamic_origins`](cors_core::Policy::dynamic_origins).
    ///
    /// It returns a `bool`, a `Result` of one, or a [`Permission`], which can also say what it varies
    /// by. An error is answered with 503.
    ///
    /// ```
    /// # use cors_core::Policy;
    /// # use cors_poem::CorsMiddleware;
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let cors = CorsMiddleware::new(cors).allow_origin_if(|origin, _| origin.is_under("example.com"));
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    #[must_use]
    pub fn allow_origin_if<F, P>(mut self, allows: F) -> Self
    where
        F: Fn(&Origin<'_>, &Request) -> P + Send + Sync + 'static,
        P: Into<Permission> + 'static,
    {
        self.unlisted =
            Unlisted::Ask(Arc::new(move |origin, request| allows(origin, request).into()));
        self
    }

    /// Like [`allow_origin_if`](Self::allow_origin_if), for a predicate that is awaited, such as a
    /// query of a database. The origin is owned. Of the two, the last one counts.
    ///
    /// ```
    /// # use cors_core::Policy;
    /// # use cors_poem::CorsMiddleware;
    /// # #[derive(Clone)] struct Tenants;
    /// # impl Tenants { async fn allows(&self, _: &str) -> bool { true } }
    /// # let db = Tenants;
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let cors = CorsMiddleware::new(cors)
    ///     .allow_origin_if_async(|origin, _| async move { db.allows(&origin).await });
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    #[must_use]
    pub fn allow_origin_if_async<F, Fut>(mut self, allows: F) -> Self
    where
        F: FnOnce(OwnedOrigin, &Request) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output: Into<Permission>> + Send + 'static,
    {
        self.unlisted = Unlisted::Await(Arc::new(move |origin, request| {
            let permission = allows.clone()(origin.into_owned(), request);
            Box::pin(async { permission.await.into() })
        }));
        self
    }

    /// Leaves the verdict beside every request, where [`CorsVerdict`](crate::CorsVerdict) finds it,
    /// and beside every response, where [`verdict`](crate::verdict()) does.
    #[must_use]
    pub fn leave_verdict(mut self) -> Self {
        self.leave = Leave::Always;
        self
    }
}

impl<E: Endpoint> Middleware<E> for CorsMiddleware {
    type Output = CorsEndpoint<E>;

    fn transform(&self, inner: E) -> CorsEndpoint<E> {
        CorsEndpoint { inner, middleware: self.clone() }
    }
}

/// An endpoint with a policy around it.
pub struct CorsEndpoint<E> {
    inner: E,
    middleware: CorsMiddleware,
}

impl<E: Endpoint> Endpoint for CorsEndpoint<E> {
    type Output = Response;

    /// It is never an error: those of the inner endpoint are responses by then, with headers.
    async fn call(&self, mut request: Request) -> Result<Response> {
        let CorsMiddleware { source, unlisted, leave } = &self.middleware;
        let view = view(&request);
        let cors = match source.choose(&view) {
            Choice::Now(cors) => cors,
            Choice::Later(later) => Current::Live(later.await),
        };
        let mut awaited = Permission::deny();
        if let Unlisted::Await(allows) = unlisted
            && let Some(origin) = cors.undecided_origin(&view)
        {
            awaited = allows(&origin, &request).await;
        }
        let allows = |origin: &Origin<'_>| match unlisted {
            Unlisted::Ask(allows) => allows(origin, &request),
            Unlisted::Deny | Unlisted::Await(_) => awaited,
        };
        let allows = (!matches!(unlisted, Unlisted::Deny)).then_some(allows);
        let head = match cors_http::decide(&cors, &view, allows) {
            Decision::Forward(forward) => forward.detach(),
            Decision::Answer(answer) => return Ok(answered(answer, *leave)),
        };
        let mut pending = Pending::new(head, *leave, request.extensions_mut());
        let mut response = pending.wait(self.inner.get_response(request)).await;
        // In place: as a response of `http` it would be moved there and back.
        pending.finish(&mut View(&mut response));
        Ok(response)
    }
}

#[cold]
#[inline(never)]
fn answered(answer: Answer<'_, RequestView<'_>>, leave: Leave) -> Response {
    // poem's `From` would box the body once more.
    let (parts, _) = cors_http::answer::<()>(answer, leave).into_parts();
    let mut response = Response::from(parts.status);
    *response.headers_mut() = parts.headers;
    *response.extensions_mut() = parts.extensions;
    response
}

/// A response, for the engine to write to.
struct View<'a>(&'a mut Response);

impl HttpResponse for View<'_> {
    fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    fn headers_mut(&mut self) -> &mut HeaderMap {
        self.0.headers_mut()
    }

    fn extensions(&self) -> &Extensions {
        self.0.extensions()
    }

    fn extensions_mut(&mut self) -> &mut Extensions {
        self.0.extensions_mut()
    }
}

/// Compares the address with `LocalAddr::default()`, without making one.
fn is_unknown(LocalAddr(address): &LocalAddr) -> bool {
    matches!(address, Addr::Custom("unknown", name) if name == "unknown")
}

/// The request's head, with the target that the client sent. `Route::nest` shortens the other one, and
/// middleware rewrites it.
pub(crate) fn view(request: &Request) -> RequestView<'_> {
    // A request from `Request::builder` has no address, and `/` as its original target.
    let is_built = request.original_uri().path() == "/" && is_unknown(request.local_addr());
    RequestView {
        method: request.method(),
        uri: if is_built { request.uri() } else { request.original_uri() },
        headers: request.headers(),
        extensions: request.extensions(),
        sent_uri: None,
    }
}
