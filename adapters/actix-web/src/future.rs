//! A response on its way.

use std::{
    future::Future,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, ready},
};

use actix_web::{
    Error, HttpMessage,
    body::EitherBody,
    dev::{Service, ServiceRequest, ServiceResponse},
};
use cors_core::{Decision, Detached};
use pin_project_lite::pin_project;

use crate::{
    ActixCors, ActixWeb,
    carrier::RequestView,
    decide::{Leave, answer, decide, finish},
    middleware::Around,
    verdict::{leave_verdict, verdict},
};

pin_project! {
    /// The future of [`CorsService`](crate::CorsService): asks where it must, and then is an
    /// answer, or the inner service's response with the decision written to it.
    pub struct CorsFuture<S>
    where
        S: Service<ServiceRequest>,
    {
        pub(crate) around: Rc<Around<S>>,
        #[pin]
        pub(crate) state: State<S::Future>,
    }
}

pin_project! {
    #[project = StateProjection]
    pub(crate) enum State<F> {
        // With the policy that the question came from.
        Asking {
            answer: Pin<Box<dyn Future<Output = bool>>>,
            asked: Option<(ServiceRequest, ActixCors)>,
        },
        Answer { response: Option<ServiceResponse<()>> },
        Forward { #[pin] inner: F, head: Option<Detached<ActixWeb>> },
    }
}

impl<S: Service<ServiceRequest>> Around<S> {
    /// Decides, and either answers or calls the inner service.
    #[inline]
    pub(crate) fn call(
        &self,
        cors: &ActixCors,
        request: ServiceRequest,
        allowed: bool,
    ) -> State<S::Future> {
        let leave = self.middleware.leave;
        let view = RequestView::from(request.request());
        let head = match decide(cors, &view, |_| allowed) {
            Decision::Forward(forward) => forward.detach(),
            Decision::Answer(preflight) => {
                let response = answer(preflight, leave);
                return State::Answer { response: Some(request.into_response(response)) };
            }
        };
        // An outer middleware's verdict is not the one that decides about the response.
        if leave == Leave::Always || verdict(&request.extensions()).is_some() {
            leave_verdict(&mut request.extensions_mut(), head.verdict());
        }
        State::Forward { inner: self.inner.call(request), head: Some(head) }
    }
}

impl<S, B> Future for CorsFuture<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
{
    type Output = Result<ServiceResponse<EitherBody<B, ()>>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let leave = this.around.middleware.leave;
        loop {
            let (allowed, asked) = match this.state.as_mut().project() {
                StateProjection::Asking { answer, asked } => {
                    (ready!(answer.as_mut().poll(context)), asked.take())
                }
                StateProjection::Answer { response } => {
                    let Some(response) = response.take() else { return Poll::Pending };
                    return Poll::Ready(Ok(response.map_into_right_body()));
                }
                StateProjection::Forward { inner, head } => {
                    let mut result = ready!(inner.poll(context));
                    let Some(head) = head.take() else { return Poll::Pending };
                    match &mut result {
                        Ok(response) => finish(head, response.response_mut(), leave),
                        // A logger may make a response of the error and drop it: every one gets the
                        // head, and one that has it already is known by its sign.
                        Err(error) => error.add_response_mapper(move |mut response| {
                            finish(head.clone(), &mut response, leave);
                            response
                        }),
                    }
                    return Poll::Ready(result.map(ServiceResponse::map_into_left_body));
                }
            };
            // The router needs the request for itself, and the predicate's future may hold a clone.
            this.state.set(State::Answer { response: None });
            // Taken once: what comes next takes the place of what was asked.
            let Some((request, cors)) = asked else { return Poll::Pending };
            this.state.set(this.around.call(&cors, request, allowed));
        }
    }
}
