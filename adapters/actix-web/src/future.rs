//! A response on its way.

use std::{
    future::Future,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, ready},
};

use actix_web::{
    Error,
    body::EitherBody,
    dev::{Service, ServiceRequest, ServiceResponse},
};
use cors_core::{Origin, Permission, adapter::Decision};
use pin_project_lite::pin_project;

use crate::{
    ActixCors,
    decide::{Pending, answer, decide},
    framework::RequestView,
    middleware::Around,
};

pin_project! {
    /// The future of [`CorsService`](crate::CorsService): asks where it must, and then is an
    /// answer, or the inner service's response with the decision written to it.
    pub struct CorsFuture<S>
    where
        S: Service<ServiceRequest>,
    {
        #[pin]
        pub(crate) state: State<S, S::Future>,
    }
}

pin_project! {
    #[project = StateProjection]
    pub(crate) enum State<S, F> {
        // With the policy that the question came from.
        Asking {
            answer: Answered,
            asked: Option<(Rc<Around<S>>, ServiceRequest, ActixCors)>,
        },
        Answer { response: Option<ServiceResponse<()>> },
        Forward { #[pin] inner: F, pending: Pending },
    }
}

/// A policy or a permission that is still awaited.
pub(crate) enum Answered {
    Permission(Pin<Box<dyn Future<Output = Permission>>>),
    Policy(Pin<Box<dyn Future<Output = (ActixCors, Permission)>>>),
}

impl Answered {
    /// The policy, unless it was known before, and the predicate's permission.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<(Option<ActixCors>, Permission)> {
        match self {
            Self::Permission(answer) => answer.as_mut().poll(context).map(|said| (None, said)),
            Self::Policy(ready) => {
                ready.as_mut().poll(context).map(|(cors, said)| (Some(cors), said))
            }
        }
    }
}

impl<S: Service<ServiceRequest>> Around<S> {
    /// Decides, and either answers or calls the inner service.
    #[inline(always)]
    pub(crate) fn call(
        &self,
        cors: &ActixCors,
        request: ServiceRequest,
        permission: Permission,
    ) -> State<S, S::Future> {
        let leave = self.middleware.leave;
        let view = RequestView::from(request.request());
        let allows = self.middleware.asks().then_some(|_: &Origin<'_>| permission);
        let head = match decide(cors, &view, allows) {
            Decision::Forward(forward) => forward.detach(),
            Decision::Answer(preflight) => {
                let response = answer(preflight, leave);
                return State::Answer { response: Some(request.into_response(response)) };
            }
        };
        let mut pending = Pending::new(head, leave, &request);
        let inner = pending.run(|| self.inner.call(request));
        State::Forward { inner, pending }
    }
}

impl<S, B> Future for CorsFuture<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
{
    type Output = Result<ServiceResponse<EitherBody<B, ()>>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            let ((chosen, permission), asked) = match state.as_mut().project() {
                StateProjection::Asking { answer, asked } => {
                    (ready!(answer.poll(context)), asked.take())
                }
                StateProjection::Answer { response } => {
                    let Some(response) = response.take() else { return Poll::Pending };
                    return Poll::Ready(Ok(response.map_into_right_body()));
                }
                StateProjection::Forward { inner, pending } => {
                    let mut result = ready!(pending.run(|| inner.poll(context)));
                    match &mut result {
                        Ok(response) => pending.finish(response.response_mut()),
                        // A logger may make a response of the error and drop it: every response gets
                        // the headers, and one that has them already is known by their mark.
                        Err(error) => {
                            let pending = pending.clone();
                            error.add_response_mapper(move |mut response| {
                                pending.clone().finish(&mut response);
                                response
                            });
                        }
                    }
                    return Poll::Ready(result.map(ServiceResponse::map_into_left_body));
                }
            };
            // The router needs the request for itself, and the predicate's future may hold a clone.
            state.set(State::Answer { response: None });
            // Taken once: what comes next takes the place of what was asked.
            let Some((around, request, cors)) = asked else { return Poll::Pending };
            let cors = chosen.unwrap_or(cors);
            state.set(around.call(&cors, request, permission));
        }
    }
}
