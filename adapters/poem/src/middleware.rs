//! The middleware, and the endpoint that it makes.

use std::{future::Future, pin::Pin, sync::Arc};

use cors_core::{Applied, Decision, Detached, Live, Origin, Source};
use cors_http::{Cors, CorsBody, Http, Leave, RequestView, ResponseView, leave_verdict, verdict};
use poem::{
    Body, Endpoint, Error, IntoResponse, Middleware, Request, Response, ResponseParts, Result, http,
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
    Ask(Predicate<bool>),
    Await(Predicate<Allowed>),
}

type Predicate<T> = Arc<dyn Fn(&Origin<'_>, &Request) -> T + Send + Sync>;
type Allowed = Pin<Box<dyn Future<Output = bool> + Send>>;

impl CorsMiddleware {
    /// A middleware that decides by this policy.
    pub fn new(cors: Cors) -> Self {
        Self { source: cors.into(), unlisted: Unlisted::Deny, leave: Leave::WhenNeeded }
    }

    /// A middleware whose policy may be replaced while it serves: each request meets the one in
    /// force when it arrives.
    pub fn live(live: impl Live<Http>) -> Self {
        Self { source: Source::live(live), unlisted: Unlisted::Deny, leave: Leave::WhenNeeded }
    }

    /// Asks `allows` about an origin that the policy does not allow by itself. A policy that lists
    /// no origin says so with [`Policy::dynamic_origins`](cors_core::Policy::dynamic_origins).
    ///
    /// ```
    /// # use cors_core::Policy;
    /// # use cors_poem::CorsMiddleware;
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let cors = CorsMiddleware::new(cors).allow_origin_if(|origin, _| origin.is_under("example.com"));
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    #[must_use]
    pub fn allow_origin_if<F>(mut self, allows: F) -> Self
    where
        F: Fn(&Origin<'_>, &Request) -> bool + Send + Sync + 'static,
    {
        self.unlisted = Unlisted::Ask(Arc::new(allows));
        self
    }

    /// As [`allow_origin_if`](Self::allow_origin_if), and waits for the answer: for origins that
    /// stand in a database. Of the two, the one called last is asked.
    ///
    /// ```
    /// # use cors_core::Policy;
    /// # use cors_poem::CorsMiddleware;
    /// # #[derive(Clone)] struct Tenants;
    /// # impl Tenants { async fn has(&self, _: &str) -> bool { true } }
    /// # let tenants = Tenants;
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let cors = CorsMiddleware::new(cors).allow_origin_if_async(move |origin, _| {
    ///     let (tenants, host) = (tenants.clone(), origin.host().to_owned());
    ///     async move { tenants.has(&host).await }
    /// });
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    #[must_use]
    pub fn allow_origin_if_async<F, Fut>(mut self, allows: F) -> Self
    where
        F: Fn(&Origin<'_>, &Request) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = bool> + Send + 'static,
    {
        self.unlisted =
            Unlisted::Await(Arc::new(move |origin, request| Box::pin(allows(origin, request))));
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
        let cors = source.current();
        let view = view(&request);
        let awaited = match unlisted {
            Unlisted::Await(allows) => {
                match cors.undecided_origin(&view).map(|origin| allows(&origin, &request)) {
                    Some(answer) => answer.await,
                    None => false,
                }
            }
            Unlisted::Deny | Unlisted::Ask(_) => false,
        };
        let allows = |origin: &Origin<'_>| match unlisted {
            Unlisted::Ask(allows) => allows(origin, &request),
            Unlisted::Deny | Unlisted::Await(_) => awaited,
        };
        let head = match cors_http::decide(&cors, &view, allows) {
            Decision::Forward(forward) => forward.detach(),
            Decision::Answer(answer) => {
                return Ok(response(cors_http::answer(answer, *leave)));
            }
        };
        // An outer middleware's verdict is not the one that decides about the response.
        if *leave == Leave::Always || verdict(request.extensions()).is_some() {
            leave_verdict(request.extensions_mut(), head.verdict());
        }
        // As `get_response` does, which would move the request once more.
        let answered = self.inner.call(request).await;
        let mut response = answered.map_or_else(Error::into_response, E::Output::into_response);
        finish(head, &mut response, *leave);
        Ok(response)
    }
}

/// What a decision looks at.
pub(crate) fn view(request: &Request) -> RequestView<'_> {
    RequestView {
        method: request.method(),
        uri: request.uri(),
        headers: request.headers(),
        extensions: request.extensions(),
    }
}

/// The answer to a preflight in poem's own type. poem's `From` would box its body once more.
fn response(answer: http::Response<CorsBody<()>>) -> Response {
    let (http::response::Parts { status, version, headers, extensions, .. }, _) =
        answer.into_parts();
    Response::from_parts(ResponseParts { status, version, headers, extensions }, Body::empty())
}

/// Writes a decision to the inner endpoint's response, where it stands: as one of `http` it would
/// be moved there and back.
fn finish(head: Detached<Http>, response: &mut Response, leave: Leave) {
    let decided = head.verdict();
    let inner = verdict(response.extensions());
    let is_needed = match head.apply(&mut ResponseView(response.headers_mut()), inner) {
        Applied::Signed => leave == Leave::Always,
        Applied::Unsigned => true,
        Applied::Inside => false,
    };
    if is_needed {
        leave_verdict(response.extensions_mut(), decided);
    }
}
