//! The handler that a service hoops.

use std::{fmt, pin::Pin, sync::Arc};

use cors_core::{CompiledPolicy, Decision, Detached, Live, Origin, OwnedOrigin, Source};
use cors_http::{Http, HttpCors, RequestView, ResponseView};
use salvo::{Depot, FlowCtrl, Handler, Request, Response, async_trait, http::StatusCode};

/// Puts a policy around the handlers that come after it.
///
/// It leaves its verdict in the request's extensions, where [`verdict`](crate::verdict) finds it.
#[derive(Clone)]
pub struct CorsHandler {
    source: Source<Http>,
    predicate: Predicate,
}

/// Origins that the policy does not list: a question asked beside it.
#[derive(Clone)]
enum Predicate {
    AtOnce(Arc<Asks<bool>>),
    Awaited(Arc<Asks<Pin<Box<dyn Future<Output = bool> + Send>>>>),
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

    fn of(source: Source<Http>) -> Self {
        Self { source, predicate: Predicate::AtOnce(Arc::new(|_, _, _| false)) }
    }

    /// Asks `allows` about an origin that the policy does not allow by itself. A policy that lists
    /// no origin says so with [`Policy::dynamic_origins`](cors_core::Policy::dynamic_origins).
    ///
    /// ```
    /// # use cors_core::Policy;
    /// # use cors_salvo::CorsHandler;
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let cors = CorsHandler::new(cors)
    ///     .allow_origin_if(|origin, _req, _depot| origin.is_under("example.com"));
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    pub fn allow_origin_if<F>(mut self, allows: F) -> Self
    where
        F: Fn(&Origin<'_>, &Request, &Depot) -> bool + Send + Sync + 'static,
    {
        self.predicate = Predicate::AtOnce(Arc::new(allows));
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
        Fut: Future<Output = bool> + Send + 'static,
    {
        self.predicate = Predicate::Awaited(Arc::new(move |origin, req, depot| {
            Box::pin(allows.clone()(origin.into_owned(), req, depot))
        }));
        self
    }

    /// Answers a preflight, or says what to write to the response of what comes after.
    fn decide(
        &self,
        cors: &HttpCors,
        awaited: bool,
        req: &mut Request,
        depot: &Depot,
        res: &mut Response,
    ) -> Option<Detached<Http>> {
        let view = view(req);
        let decision = cors_http::decide(cors, &view, |origin| match &self.predicate {
            Predicate::AtOnce(allows) => allows(origin, req, depot),
            Predicate::Awaited(_) => awaited,
        });
        let verdict = decision.verdict();
        let head = match decision {
            Decision::Forward(forward) => Some(forward.detach()),
            Decision::Answer(answer) => {
                res.status_code(StatusCode::from_u16(answer.status()).unwrap_or_default());
                // Not no body at all: the catcher would then make a page for a 403.
                res.body("");
                answer.apply(&mut ResponseView(&mut res.headers));
                None
            }
        };
        cors_http::leave_verdict(req.extensions_mut(), verdict);
        head
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
        let cors = self.source.current();
        let asking = match &self.predicate {
            Predicate::Awaited(allows) => {
                cors.undecided_origin(&view(req)).map(|origin| allows(&origin, req, depot))
            }
            Predicate::AtOnce(_) => None,
        };
        let awaited = match asking {
            Some(answer) => answer.await,
            None => false,
        };
        let Some(head) = self.decide(&cors, awaited, req, depot, res) else {
            return ctrl.skip_rest();
        };
        let verdict = head.verdict();
        // Even where a handler then ceases the flow: its response is sent as any other.
        ctrl.call_next(req, depot, res).await;
        let inner = cors_http::verdict(&res.extensions);
        if head.apply(&mut ResponseView(&mut res.headers), inner).leaves_verdict(false) {
            cors_http::leave_verdict(&mut res.extensions, verdict);
        }
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
    }
}
