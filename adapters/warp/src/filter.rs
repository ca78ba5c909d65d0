//! A layer around a filter. A filter cannot be called, only combined with others: so the layer runs
//! in two halves, one before the filter and one after it.

use std::{
    convert::Infallible,
    future::{Future, poll_fn},
    mem,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};

use cors_core::{Verdict, adapter};
use cors_tower::CorsBody;
use tower_layer::Layer;
use tower_service::Service;
use warp::{
    Filter, Rejection, Reply,
    http::{Request, Response, Uri, response::Parts},
    path::FullPath,
    reject, reply,
};

use crate::{
    asked::Asked,
    verdict::{Entered, Left},
};

/// Puts a layer around a filter, for `warp::serve` and for a group of routes.
///
/// It answers every preflight that comes to it, whatever the path: what chooses the group stands
/// before it. What the filter inside rejects falls through to the next `or` as ever, and without
/// headers: a group that is the last to be asked recovers inside.
///
/// A filter is lent no request, so that the layer sees a copy of the method, the path and the
/// headers, and no query and no extensions.
///
/// ```
/// use cors_core::Policy;
/// use cors_warp::CorsLayer;
/// use warp::Filter;
///
/// let cors = Policy::new().allow_origins(["https://app.example.com"]).compile()?;
/// let users = warp::path("users").and(warp::get()).map(|| "[]");
/// let admin = warp::path("admin").and(cors_warp::filter(CorsLayer::new(cors), users));
/// let routes = admin.or(warp::path("items").map(|| "[]"));
/// # warp::service(routes);
/// # Ok::<(), cors_core::PolicyErrors>(())
/// ```
///
/// `layer` is a [`CorsLayer`](crate::CorsLayer).
pub fn filter<L, F, R>(
    layer: L,
    filter: F,
) -> impl Filter<Extract = (reply::Response,), Error = Rejection> + Clone
where
    L: Layer<Inside> + Clone + Send + Sync + 'static,
    L::Service:
        Service<Request<()>, Response = Decided, Error = Infallible, Future: Send + 'static>,
    F: Filter<Extract = (R,), Error: Into<Rejection>> + Send + Sync + 'static,
    R: Reply + 'static,
{
    warp::method()
        .and(warp::path::full())
        .and(warp::header::headers_cloned())
        .and(warp::ext::optional())
        .and_then(move |method, path: FullPath, headers, left| {
            let mut request = Request::new(());
            *request.method_mut() = method;
            *request.uri_mut() = Uri::try_from(path.as_str()).unwrap_or_default();
            *request.headers_mut() = headers;
            let (inside, asked) = (Inside::default(), Asked::enter(&request));
            // A layer outside must not learn of this decision yet: the filter may still reject the
            // request, and then something else answers it.
            let mut heard = adapter::Inside::decided(Verdict::NoPolicy);
            // Neither the layer nor what is inside has to be polled ready.
            let layered = heard.run(|| layer.layer(inside.clone()).call(request));
            before(
                Forwarded { layered: Box::pin(layered), inside, heard, asked, entered: None },
                left,
            )
        })
        .and(filter.boxed())
        .then(after)
        .recover(async |rejection: Rejection| match rejection.find() {
            Some(Answered(parts)) => Ok(reply::Response::from_parts(parts.clone(), <_>::default())),
            None => Err(rejection),
        })
        .unify()
}

type Decided = Response<CorsBody<()>>;
type Layered = Pin<Box<dyn Future<Output = Result<Decided, Infallible>> + Send>>;

/// A layer that has let a request through, and waits for the response.
struct Forwarded {
    layered: Layered,
    inside: Inside,
    /// The decision, which layers outside get when this filter has replied.
    heard: adapter::Inside,
    asked: Asked,
    entered: Option<Entered>,
}

impl Forwarded {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Decided> {
        let Self { layered, heard, .. } = self;
        heard.run(|| layered.as_mut().poll(context)).map(|Ok(response)| response)
    }
}

/// A preflight's answer, on its way past the filter: only a rejection keeps a filter from running.
#[derive(Debug)]
struct Answered(Parts);

impl reject::Reject for Answered {}

/// Runs the layer until it answers, or until it calls what is inside.
async fn before(mut forwarded: Forwarded, left: Option<Left>) -> Result<Forwarded, Rejection> {
    let decided = poll_fn(|context| match (forwarded.poll(context), &*forwarded.inside.state()) {
        (Poll::Ready(answer), _) => Poll::Ready(Err(Answered(answer.into_parts().0))),
        (Poll::Pending, State::Called(verdict)) => Poll::Ready(Ok(*verdict)),
        (Poll::Pending, _) => Poll::Pending,
    });
    let verdict = decided.await?;
    forwarded.entered = left.map(|left| left.enter(verdict));
    Ok(forwarded)
}

/// Gives the layer what the filter replied.
async fn after(mut forwarded: Forwarded, reply: impl Reply) -> reply::Response {
    let inner = forwarded.asked.heard();
    drop(forwarded.entered.take());
    let (parts, body) = reply.into_response().into_parts();
    *forwarded.inside.state() = State::Replied(parts, inner);
    let response = poll_fn(|context| forwarded.poll(context)).await;
    let Forwarded { heard, asked, .. } = forwarded;
    asked.tell(heard.report());
    response.map(|_| body)
}

/// What stands in the place of the filter inside the layer.
#[derive(Clone, Debug, Default)]
pub struct Inside(Arc<Mutex<State>>);

#[derive(Debug, Default)]
enum State {
    #[default]
    Waiting,
    /// With the verdict that was left beside the request.
    Called(Option<Verdict>),
    /// With the verdict of a filter inside.
    Replied(Parts, Option<Verdict>),
}

impl Inside {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Service<Request<()>> for Inside {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Self;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<()>) -> Self {
        *self.state() = State::Called(cors_tower::verdict(request.extensions()));
        self.clone()
    }
}

impl Future for Inside {
    type Output = Result<Response<()>, Infallible>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.state();
        match mem::take(&mut *state) {
            State::Replied(parts, inner) => {
                if let Some(inner) = inner {
                    let _ = adapter::Inside::decided(inner);
                }
                Poll::Ready(Ok(Response::from_parts(parts, ())))
            }
            // Nobody is to be woken: the layer is polled again when there is a reply.
            waiting => {
                *state = waiting;
                Poll::Pending
            }
        }
    }
}
