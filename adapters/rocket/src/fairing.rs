//! The fairing.

use std::{future::ready, ptr};

use cors_core::{
    Live, Origin, OwnedOrigin, Verdict,
    adapter::{CompiledPolicy, Current, Decision, Source},
};
use rocket::{
    Build, Data, Request, Response, Rocket,
    fairing::{self, Fairing, Info, Kind},
    futures::future::BoxFuture,
};

use crate::{
    decided::{Decided, Rank},
    framework::{RequestView, ResponseView, RocketFramework},
    preflight::Preflights,
};

type Predicate = dyn for<'a> Fn(OwnedOrigin, &'a Request<'_>) -> BoxFuture<'a, bool> + Send + Sync;

/// Puts a policy around an application, or around a part of it.
pub struct CorsFairing {
    source: Source<RocketFramework>,
    path: Vec<Box<str>>,
    allows: Option<Box<Predicate>>,
}

impl CorsFairing {
    /// A fairing that decides by this policy, about every request.
    pub fn new(cors: impl CompiledPolicy<RocketFramework>) -> Self {
        Self::of(cors.into_source())
    }

    /// A fairing that allows any origin, method and request header, and exposes every response header,
    /// without credentials: see [`Policy::permissive`](cors_core::Policy::permissive).
    #[doc(alias = "very_permissive")]
    pub fn permissive() -> Self {
        Self::new(cors_core::Cors::permissive())
    }

    /// A fairing whose policy may be replaced while it serves: each request meets the one in force
    /// when it arrives.
    pub fn live(live: impl Live<RocketFramework>) -> Self {
        Self::of(Source::live(live))
    }

    fn of(source: Source<RocketFramework>) -> Self {
        Self { source, path: Vec::new(), allows: None }
    }

    /// Covers this path and what is below it, and nothing else: the base of a `mount`, or the URI of
    /// a route, whose `<parameters>` stand for any one segment. Of fairings with different paths the
    /// closest alone decides: the one with the most segments, and among those with as many the one
    /// with the fewest parameters.
    ///
    /// ```
    /// # use cors_core::Policy;
    /// # use cors_rocket::CorsFairing;
    /// # let (public, strict) = (Policy::new().allow_any_origin(), Policy::new().allow_any_origin());
    /// let rocket = rocket::build()
    ///     .attach(CorsFairing::new(public.compile()?))
    ///     .attach(CorsFairing::new(strict.compile()?).at("/items/<id>"));
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    pub fn at(mut self, path: &str) -> Self {
        let path = path.split('?').next().unwrap_or_default();
        let segments = path.split('/').filter(|segment| !segment.is_empty());
        self.path = segments.filter(|segment| !segment.ends_with("..>")).map(Into::into).collect();
        self
    }

    /// Asks `allows` about an origin that the policy does not allow by itself. A policy that lists
    /// no origin says so with [`Policy::dynamic_origins`](cors_core::Policy::dynamic_origins).
    ///
    /// ```
    /// # use cors_core::Policy;
    /// # use cors_rocket::CorsFairing;
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let fairing =
    ///     CorsFairing::new(cors).allow_origin_if(|origin, _| origin.is_under("example.com"));
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    pub fn allow_origin_if<F>(self, allows: F) -> Self
    where
        F: Fn(&Origin<'_>, &Request<'_>) -> bool + Send + Sync + 'static,
    {
        self.allow_origin_if_async(move |origin, request| {
            Box::pin(ready(allows(&origin.as_origin(), request)))
        })
    }

    /// As [`allow_origin_if`](Self::allow_origin_if), and waits for the answer: for origins that
    /// stand in a database. The future may borrow the request, and through it managed state.
    ///
    /// ```
    /// # use cors_core::Policy;
    /// # use cors_rocket::CorsFairing;
    /// # struct Tenants;
    /// # impl Tenants { async fn has(&self, _: &str) -> bool { true } }
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let fairing = CorsFairing::new(cors).allow_origin_if_async(|origin, request| {
    ///     Box::pin(async move {
    ///         match request.rocket().state::<Tenants>() {
    ///             Some(tenants) => tenants.has(origin.host()).await,
    ///             None => false,
    ///         }
    ///     })
    /// });
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    pub fn allow_origin_if_async<F>(mut self, allows: F) -> Self
    where
        F: for<'a> Fn(OwnedOrigin, &'a Request<'_>) -> BoxFuture<'a, bool> + Send + Sync + 'static,
    {
        self.allows = Some(Box::new(allows));
        self
    }

    /// How closely the path describes the request's, read as rocket's router reads it.
    fn rank(&self, request: &Request<'_>) -> Option<Rank> {
        let is_literal = |wanted: &str| !(wanted.starts_with('<') && wanted.ends_with('>'));
        let literals = self.path.iter().filter(|wanted| is_literal(wanted)).count();
        let mut segments = request.uri().path().segments();
        let mut wanted = self.path.iter();
        let covers = wanted.all(|wanted| {
            segments.next().is_some_and(|segment| !is_literal(wanted) || **wanted == *segment)
        });
        covers.then_some((self.path.len(), literals))
    }

    fn address(&self) -> usize {
        ptr::from_ref(self).addr()
    }
}

#[rocket::async_trait]
impl Fairing for CorsFairing {
    fn info(&self) -> Info {
        Info { name: "CORS", kind: Kind::Ignite | Kind::Request | Kind::Response }
    }

    async fn on_ignite(&self, rocket: Rocket<Build>) -> fairing::Result {
        Ok(Preflights::mount(rocket, self.source.current().has_guard()))
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        let Some(rank) = self.rank(request) else { return };
        // Of two as close, the first decides about responses, and the last about preflights.
        let is_left_to = |before: &Decided| {
            let is_closer = before.rank > rank || before.rank == rank && before.answer.is_none();
            before.verdict != Verdict::NoPolicy && is_closer
        };
        let before = Decided::about(request);
        if before.as_ref().is_some_and(is_left_to) {
            return;
        }
        let cors = self.source.current();
        let (by, view) = (self.address(), RequestView(request));
        let mut allowed = false;
        if let Some(allows) = &self.allows
            && let Some(origin) = cors.undecided_origin(&view)
        {
            allowed = allows(origin.into_owned(), view.0).await;
        }
        let decision =
            cors.decide_asking(&view, self.allows.is_some().then_some(|_: &Origin<'_>| allowed));
        let verdict = decision.verdict();
        if verdict == Verdict::NoPolicy && before.is_some() {
            return;
        }
        let answer = match decision {
            Decision::Answer(answer) => Some(answer.status()),
            Decision::Forward(_) => None,
        };
        let live = match &cors {
            Current::Fixed(_) => None,
            Current::Live(cors) => Some(cors.clone()),
        };
        Decided { by, rank, verdict, answer, live }.keep(view.0);
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let Some(decided) = Decided::about(request) else { return };
        let is_mine = decided.by == self.address();
        if !is_mine && self.rank(request) != Some(decided.rank) {
            return;
        }
        let view = RequestView(request);
        let allowed = self.allows.is_some() && !decided.verdict.is_origin_denied();
        let current = self.source.current();
        let cors = decided.live.as_ref().filter(|_| is_mine).unwrap_or(&current);
        let decision =
            cors.decide_asking(&view, self.allows.is_some().then_some(|_: &Origin<'_>| allowed));
        #[cfg(feature = "tracing")]
        if is_mine {
            cors_core::adapter::event(cors, &view, request.method().as_str(), &decision);
        }
        let decided = (!is_mine).then_some(decided.verdict);
        let mut head = ResponseView { request, response, decided };
        match decision {
            Decision::Answer(answer) if is_mine => answer.apply(&mut head),
            Decision::Answer(_) => {}
            Decision::Forward(forward) => forward.apply(&mut head),
        }
    }
}
