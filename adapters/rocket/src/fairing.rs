//! The fairing.

use std::{future::poll_fn, ptr, task::Poll};

use cors_core::{
    Live, Permission, Verdict,
    adapter::{Choice, Choose, CompiledPolicy, Current, Decision, RequestField, Source},
};
use rocket::{
    Build, Data, Request, Response, Rocket,
    fairing::{self, Fairing, Info, Kind},
    futures::future::BoxFuture,
    http::Method,
};

use crate::{
    decided::{Decided, Kept, Rank},
    framework::{RequestView, ResponseView, RocketFramework},
    predicate::{Predicate, said},
    preflight::Preflights,
};

/// Puts a policy around an application, or around a part of it.
pub struct CorsFairing {
    source: Source<RocketFramework>,
    path: Vec<Box<str>>,
    pub(crate) predicate: Predicate,
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

    /// A fairing whose policy each request chooses, for example one for each tenant: see
    /// `Tenants` of `cors-tenants`.
    pub fn by(choose: impl Choose<RocketFramework>) -> Self {
        Self::of(Source::by(choose))
    }

    fn of(source: Source<RocketFramework>) -> Self {
        Self { source, path: Vec::new(), predicate: Predicate::None }
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

    /// How closely the path describes the request's, read as rocket's router reads it.
    fn rank(&self, request: &Request<'_>) -> Option<Rank> {
        if self.path.is_empty() {
            return Some((0, 0));
        }
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
        let answers_all =
            self.source.current().has_guard() || self.source.is_chosen() || self.asks();
        Ok(Preflights::mount(rocket, answers_all))
    }

    // Without a predicate nothing waits, and an empty future is not allocated.
    fn on_request<'life0, 'life1, 'life2, 'life3, 'life4, 'async_trait>(
        &'life0 self,
        request: &'life1 mut Request<'life2>,
        _: &'life3 mut Data<'life4>,
    ) -> BoxFuture<'async_trait, ()>
    where
        'life0: 'async_trait,
        'life1: 'async_trait,
        'life2: 'async_trait,
        'life3: 'async_trait,
        'life4: 'async_trait,
    {
        let request: &'life1 Request<'life2> = request;
        let Some(turn) = self.turn(request) else { return done() };
        let choice = match (self.source.choose(&RequestView(request)), &self.predicate) {
            (Choice::Now(cors), Predicate::None) => {
                self.decide(request, &cors, turn, None);
                return done();
            }
            (choice, _) => choice,
        };
        Box::pin(async move {
            let cors = match choice {
                Choice::Now(cors) => cors,
                Choice::Later(later) => Current::Live(later.await),
            };
            let permission = self.ask(&cors, &RequestView(request)).await;
            self.decide(request, &cors, turn, permission);
        })
    }

    fn on_response<'r, 'life0, 'life1, 'life2, 'async_trait>(
        &'life0 self,
        request: &'r Request<'life1>,
        response: &'life2 mut Response<'r>,
    ) -> BoxFuture<'async_trait, ()>
    where
        'r: 'async_trait,
        'life0: 'async_trait,
        'life1: 'async_trait,
        'life2: 'async_trait,
    {
        self.finish(request, response);
        done()
    }
}

/// A future that waits for nothing. It has no size, so its box is not allocated.
fn done<'a>() -> BoxFuture<'a, ()> {
    Box::pin(poll_fn(|_| Poll::Ready(())))
}

/// A request that a fairing decides, and what is known of it.
struct Turn<'r> {
    kept: &'r Kept,
    rank: Rank,
    /// Another fairing has decided, from farther.
    is_decided: bool,
}

impl CorsFairing {
    /// The fairing's turn to decide, unless another is closer to the request's path.
    fn turn<'r>(&self, request: &'r Request<'_>) -> Option<Turn<'r>> {
        let rank = self.rank(request)?;
        // Of two as close, the first decides about responses, and the last about preflights. What the
        // first answers itself is a preflight, or a request that it refuses.
        let is_preflight = request.method() == Method::Options
            && request.headers().contains(RequestField::Method.name());
        let is_left_to = |before: &Decided| {
            let is_answered = is_preflight && before.answer.is_some();
            let is_closer = before.rank > rank || before.rank == rank && !is_answered;
            before.verdict != Verdict::NoPolicy && is_closer
        };
        let kept = Kept::of(request);
        let (is_decided, is_left) =
            kept.see(|before| (before.is_some(), before.is_some_and(is_left_to)));
        (!is_left).then_some(Turn { kept, rank, is_decided })
    }

    fn decide(
        &self,
        request: &Request<'_>,
        cors: &Current<'_, RocketFramework>,
        turn: Turn<'_>,
        permission: Option<Permission>,
    ) {
        let Turn { kept, rank, is_decided } = turn;
        let view = RequestView(request);
        let decision = cors.decide_asking(&view, said(permission.clone()));
        let verdict = decision.verdict();
        if verdict == Verdict::NoPolicy && is_decided {
            return;
        }
        let answer = match decision {
            Decision::Answer(answer) => Some(answer.status()),
            Decision::Forward(_) => None,
        };
        let live = match cors {
            Current::Fixed(_) => None,
            Current::Live(cors) => Some(cors.clone()),
        };
        kept.keep(Decided { by: self.address(), rank, verdict, answer, permission, live });
    }

    /// Writes the decision to the response, if it is this fairing's or one as close.
    fn finish<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let Some(decided) = Decided::about(request) else { return };
        let is_mine = decided.by == self.address();
        if !is_mine && self.rank(request) != Some(decided.rank) {
            return;
        }
        let view = RequestView(request);
        let current = self.source.current();
        let cors = decided.live.as_ref().filter(|_| is_mine).unwrap_or(&current);
        let permission = match self.predicate {
            Predicate::None => None,
            // Another fairing's predicate spoke, so what it said is known by the verdict alone.
            _ if !is_mine => Some((!decided.verdict.is_origin_denied()).into()),
            _ => decided.permission,
        };
        let decision = cors.decide_asking(&view, said(permission));
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
