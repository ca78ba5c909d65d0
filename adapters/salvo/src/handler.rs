//! The handler that a service hoops.

use std::{fmt, pin::Pin, sync::Arc};

use cors_core::{
    Live, Origin, OwnedOrigin, Permission,
    adapter::{Choice, Choose, CompiledPolicy, Current, Decision, Source},
};
use cors_http::{Http, HttpCors, HttpResponse, Leave, Pending, RequestView, ResponseView};
use salvo::{
    Depot, FlowCtrl, Handler, Request, Response, async_trait,
    http::{HeaderMap, StatusCode},
    hyper::http::Extensions,
};

/// Puts a policy around the handlers that come after it.
///
/// It is cheap to clone.
#[derive(Clone)]
pub struct CorsHandler {
    source: Source<Http>,
    predicate: Predicate,
    leave: Leave,
}

/// Decides an origin that the policy does not list.
#[derive(Clone)]
enum Predicate {
    None,
    AtOnce(Arc<Asks<Permission>>),
    Awaited(Arc<Asks<Pin<Box<dyn Future<Output = Permission> + Send>>>>),
}

type Asks<Answer> = dyn Fn(&Origin<'_>, &Request, &Depot) -> Answer + Send + Sync;

impl CorsHandler {
    /// A handler that decides by this policy.
    pub fn new(cors: impl CompiledPolicy<Http>) -> Self {
        Self::of(cors.into_source())
    }

    /// A handler that allows any origin, method and request header, and exposes every response header,
    /// without credentials: see [`Policy::permissive`](cors_core::Policy::permissive).
    #[doc(alias = "very_permissive")]
    pub fn permissive() -> Self {
        Self::new(cors_core::Cors::permissive())
    }

    /// A handler whose policy may be replaced while it serves: each request meets the one in force
    /// when it arrives.
    pub fn live(live: impl Live<Http>) -> Self {
        Self::of(Source::live(live))
    }

    /// A handler whose policy each request chooses, for example one for each tenant: see
    /// `Tenants` of `cors-tenants`.
    pub fn by(choose: impl Choose<Http>) -> Self {
        Self::of(Source::by(choose))
    }

    fn of(source: Source<Http>) -> Self {
        Self { source, predicate: Predicate::None, leave: Leave::WhenNeeded }
    }

    /// Calls `allows` for an origin that the policy does not list. A policy that lists no origin
    /// says so with [`Policy::dynamic_origins`](cors_core::Policy::dynamic_origins).
    ///
    /// It returns a `bool`, a `Result` of one, or a [`Permission`], which can also say what it varies
    /// by. An error is answered with 503.
    ///
    /// ```
    /// # use cors_core::Policy;
    /// # use cors_salvo::CorsHandler;
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let cors = CorsHandler::new(cors)
    ///     .allow_origin_if(|origin, _req, _depot| origin.is_under("example.com"));
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    pub fn allow_origin_if<F, P>(mut self, allows: F) -> Self
    where
        F: Fn(&Origin<'_>, &Request, &Depot) -> P + Send + Sync + 'static,
        P: Into<Permission> + 'static,
    {
        self.predicate = Predicate::AtOnce(Arc::new(move |origin, req, depot| {
            allows(origin, req, depot).into()
        }));
        self
    }

    /// Like [`allow_origin_if`](Self::allow_origin_if), for a predicate that is awaited, such as a
    /// query of a database. The origin is owned. Of the two, the last one counts.
    ///
    /// ```
    /// # use cors_core::Policy;
    /// # use cors_salvo::CorsHandler;
    /// # #[derive(Clone)] struct Tenants;
    /// # impl Tenants { async fn allows(&self, _: &str) -> bool { true } }
    /// # let db = Tenants;
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let cors = CorsHandler::new(cors)
    ///     .allow_origin_if_async(|origin, _req, _depot| async move { db.allows(&origin).await });
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    pub fn allow_origin_if_async<F, Fut>(mut self, allows: F) -> Self
    where
        F: FnOnce(OwnedOrigin, &Request, &Depot) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output: Into<Permission>> + Send + 'static,
    {
        self.predicate = Predicate::Awaited(Arc::new(move |origin, req, depot| {
            let permission = allows.clone()(origin.into_owned(), req, depot);
            Box::pin(async { permission.await.into() })
        }));
        self
    }

    /// Leaves the verdict in every request's extensions, where [`CorsVerdict`](crate::CorsVerdict) and
    /// [`verdict`](crate::verdict) find it, and in every response's.
    #[must_use]
    pub fn leave_verdict(mut self) -> Self {
        self.leave = Leave::Always;
        self
    }

    /// Answers a preflight, or returns what waits for the response of the handlers inside.
    fn decide(
        &self,
        cors: &HttpCors,
        awaited: Permission,
        req: &mut Request,
        depot: &Depot,
        res: &mut Response,
    ) -> Option<Pending> {
        let view = view(req);
        let allows = |origin: &Origin<'_>| match &self.predicate {
            Predicate::AtOnce(allows) => allows(origin, req, depot),
            Predicate::Awaited(_) | Predicate::None => awaited,
        };
        let allows = (!matches!(self.predicate, Predicate::None)).then_some(allows);
        match cors_http::decide(cors, &view, allows) {
            Decision::Forward(forward) => {
                let head = forward.detach();
                Some(Pending::new(head, self.leave, req.extensions_mut()))
            }
            Decision::Answer(answer) => {
                res.status_code(StatusCode::from_u16(answer.status()).unwrap_or_default());
                // Not no body at all: the catcher would then make a page for a 403 or 503.
                res.body("");
                let verdict = answer.verdict();
                answer.apply(&mut ResponseView::new(&mut View(res), self.leave));
                // The hoops outside read it on their way back.
                if self.leave == Leave::Always {
                    cors_http::leave_verdict(req.extensions_mut(), verdict);
                }
                None
            }
        }
    }
}

/// A response, for the engine to write to.
struct View<'a>(&'a mut Response);

impl HttpResponse for View<'_> {
    fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.0.headers
    }

    fn extensions(&self) -> &Extensions {
        &self.0.extensions
    }

    fn extensions_mut(&mut self) -> &mut Extensions {
        &mut self.0.extensions
    }
}

#[async_trait]
impl Handler for CorsHandler {
    async fn handle(
        &self,
        req: &mut Request,
        depot: &mut Depot,
        res: &mut Response,
        ctrl: &mut FlowCtrl,
    ) {
        let choice = self.source.choose(&view(req));
        let cors = match choice {
            Choice::Now(cors) => cors,
            Choice::Later(later) => Current::Live(later.await),
        };
        let asking = match &self.predicate {
            Predicate::Awaited(allows) => {
                cors.undecided_origin(&view(req)).map(|origin| allows(&origin, req, depot))
            }
            Predicate::AtOnce(_) | Predicate::None => None,
        };
        let awaited = match asking {
            Some(answer) => answer.await,
            None => Permission::deny(),
        };
        let Some(mut pending) = self.decide(&cors, awaited, req, depot, res) else {
            return ctrl.skip_rest();
        };
        // Even where a handler then ceases the flow: its response is sent as any other.
        pending.wait(ctrl.call_next(req, depot, res)).await;
        pending.finish(&mut View(res));
    }
}

impl fmt::Debug for CorsHandler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CorsHandler").field(&self.source).finish()
    }
}

pub(crate) fn view(req: &Request) -> RequestView<'_> {
    RequestView {
        method: req.method(),
        uri: req.uri(),
        headers: req.headers(),
        extensions: req.extensions(),
        sent_uri: None,
    }
}
