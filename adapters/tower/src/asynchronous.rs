//! The layer whose predicate is awaited.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use cors_core::Origin;
use cors_http::{CorsBody, HttpCors, RequestView};
use http::{Request, Response};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::{CorsFuture, CorsLayer};

/// A [`CorsLayer`] with a predicate that is awaited: made by [`CorsLayer::allow_origin_if_async`].
pub struct AsyncCorsLayer<F> {
    pub(crate) layer: CorsLayer,
    pub(crate) allows: Arc<F>,
}

impl<F> AsyncCorsLayer<F> {
    /// As [`CorsLayer::leave_verdict`].
    pub fn leave_verdict(mut self) -> Self {
        self.layer = self.layer.leave_verdict();
        self
    }
}

impl<F> Clone for AsyncCorsLayer<F> {
    fn clone(&self) -> Self {
        Self { layer: self.layer.clone(), allows: Arc::clone(&self.allows) }
    }
}

impl<F> fmt::Debug for AsyncCorsLayer<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AsyncCorsLayer").field(&self.layer).finish()
    }
}

impl<S, F> Layer<S> for AsyncCorsLayer<F> {
    type Service = AsyncCorsService<S, F>;

    fn layer(&self, inner: S) -> Self::Service {
        AsyncCorsService { inner, layer: self.clone() }
    }
}

/// A service with a policy and an awaited predicate around it.
#[derive(Debug)]
pub struct AsyncCorsService<S, F> {
    inner: S,
    layer: AsyncCorsLayer<F>,
}

impl<S: Clone, F> Clone for AsyncCorsService<S, F> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), layer: self.layer.clone() }
    }
}

impl<S, F, Fut, Req, Res> Service<Request<Req>> for AsyncCorsService<S, F>
where
    S: Service<Request<Req>, Response = Response<Res>> + Clone,
    F: Fn(&Origin<'_>, &RequestView<'_>) -> Fut,
    Fut: Future<Output = bool>,
{
    type Response = Response<CorsBody<Res>>;
    type Error = S::Error;
    type Future = AsyncCorsFuture<Fut, S, Request<Req>, S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Req>) -> Self::Future {
        let view = RequestView::from(&request);
        let layer = &self.layer.layer;
        let cors = layer.source.current();
        let asking = cors.undecided_origin(&view).map(|origin| (self.layer.allows)(&origin, &view));
        match asking {
            None => AsyncCorsFuture::decided(call(layer, &cors, request, false, &mut self.inner)),
            Some(answer) => {
                // The clone takes the turn of the service that was polled ready.
                let clone = self.inner.clone();
                let inner = std::mem::replace(&mut self.inner, clone);
                let (layer, cors) = (layer.clone(), cors.into_owned());
                AsyncCorsFuture::asking(answer, Asked { layer, cors, inner, request })
            }
        }
    }
}

/// Decides, with the predicate's answer, and calls the inner service unless that is all.
fn call<S: Service<Request<Req>>, Req>(
    layer: &CorsLayer,
    cors: &HttpCors,
    mut request: Request<Req>,
    allowed: bool,
    inner: &mut S,
) -> CorsFuture<S::Future> {
    match layer.decide(cors, &mut request, |_, _| allowed) {
        Ok(head) => CorsFuture::forward(inner.call(request), head, layer.leave),
        Err(answer) => CorsFuture::answer(answer),
    }
}

/// What waits for the predicate's answer, with the policy that the question came from.
struct Asked<S, Req> {
    layer: CorsLayer,
    cors: HttpCors,
    inner: S,
    request: Req,
}

pin_project! {
    /// The future of [`AsyncCorsService`]: asks where it must, and then is a [`CorsFuture`].
    pub struct AsyncCorsFuture<Fut, S, Req, F> {
        #[pin]
        state: State<Fut, S, Req, F>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<Fut, S, Req, F> {
        Asking { #[pin] answer: Fut, asked: Option<Asked<S, Req>> },
        Decided { #[pin] future: CorsFuture<F> },
    }
}

impl<Fut, S, Req, F> AsyncCorsFuture<Fut, S, Req, F> {
    fn asking(answer: Fut, asked: Asked<S, Req>) -> Self {
        Self { state: State::Asking { answer, asked: Some(asked) } }
    }

    fn decided(future: CorsFuture<F>) -> Self {
        Self { state: State::Decided { future } }
    }
}

impl<Fut, S, Req, Res> Future for AsyncCorsFuture<Fut, S, Request<Req>, S::Future>
where
    S: Service<Request<Req>, Response = Response<Res>>,
    Fut: Future<Output = bool>,
{
    type Output = Result<Response<CorsBody<Res>>, S::Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            let (allowed, asked) = match state.as_mut().project() {
                StateProjection::Decided { future } => return future.poll(context),
                StateProjection::Asking { answer, asked } => {
                    (ready!(answer.poll(context)), asked.take())
                }
            };
            // Taken once: what comes next takes the place of what was asked.
            let Some(Asked { layer, cors, mut inner, request }) = asked else {
                return Poll::Pending;
            };
            let future = call(&layer, &cors, request, allowed, &mut inner);
            state.set(State::Decided { future });
        }
    }
}
