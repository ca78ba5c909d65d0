//! The contract: an adapter, seen from outside.

use cors_core::{Cors, Resources};

use crate::{Between, Predicate, Request, Response, Spy};

/// An adapter seen from outside: bytes in, bytes out, synchronous.
///
/// It builds the application afresh for each request, so that no case sees another's traces.
pub trait Adapter: Sync {
    /// What every test of this adapter is named by, before the `::`, such as `axum` or `axum over tcp`.
    fn name(&self) -> &str;

    /// What the application answers to the request. A panic fails the case.
    fn answer(&self, app: &App, request: &Request) -> Response;
}

/// The application that an adapter builds: a handler that the suite owns, inside one policy or
/// two.
#[derive(Clone, Debug)]
pub struct App {
    /// The policies, outermost first. The last is directly around the handler.
    pub policies: Vec<Resources>,
    /// The change that code between the layers of two policies makes to the response.
    pub between: Option<Between>,
    /// The handler. A framework with a router routes [`routes`](crate::routes) to it, and answers
    /// 404 and 405 by itself; one without gives it every request.
    pub spy: Spy,
}

impl App {
    /// The policies, compiled, outermost first.
    pub fn compile(&self) -> Vec<Cors> {
        self.layers(Predicate::AtOnce).into_iter().map(|(cors, _)| cors).collect()
    }

    /// The policies, compiled, outermost first, each with the predicate that its layer is given:
    /// `form`, if it is given one.
    pub fn layers(&self, form: Predicate) -> Vec<(Cors, Predicate)> {
        let compile = |policy: &Resources| policy.compile().expect("the suite's policies compile");
        let policies = self.policies.iter();
        policies.map(|policy| (compile(policy), Predicate::of(policy, form))).collect()
    }
}
