//! Origins that the policy does not list: a predicate next to it.

use std::{future::Future, pin::Pin};

use cors_core::{Origin, OwnedOrigin, Permission};
use rocket::Request;

use crate::{CorsFairing, RocketCors, framework::RequestView};

/// Decides an origin that the policy does not list.
pub(crate) enum Predicate {
    None,
    AtOnce(Box<Asks<Permission>>),
    Awaited(Box<Asks<Pin<Box<dyn Future<Output = Permission> + Send>>>>),
}

type Asks<Answer> = dyn Fn(&Origin<'_>, &Request<'_>) -> Answer + Send + Sync;

impl CorsFairing {
    /// Calls `allows` for an origin that the policy does not list. A policy that lists no origin
    /// says so with [`Policy::dynamic_origins`](cors_core::Policy::dynamic_origins).
    ///
    /// It returns a `bool`, a `Result` of one, or a [`Permission`], which can also say what it varies
    /// by. An error is answered with 503.
    ///
    /// ```
    /// # use cors_core::Policy;
    /// # use cors_rocket::CorsFairing;
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let fairing =
    ///     CorsFairing::new(cors).allow_origin_if(|origin, _| origin.is_under("example.com"));
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    pub fn allow_origin_if<F, P>(mut self, allows: F) -> Self
    where
        F: Fn(&Origin<'_>, &Request<'_>) -> P + Send + Sync + 'static,
        P: Into<Permission> + 'static,
    {
        self.predicate =
            Predicate::AtOnce(Box::new(move |origin, request| allows(origin, request).into()));
        self
    }

    /// Like [`allow_origin_if`](Self::allow_origin_if), for a predicate that is awaited, such as a
    /// query of a database. The origin is owned. Take what the future needs of the request before
    /// `async move`. Of the two, the last one counts.
    ///
    /// ```
    /// # use cors_core::Policy;
    /// # use cors_rocket::CorsFairing;
    /// # #[derive(Clone)] struct Tenants;
    /// # impl Tenants { async fn has(&self, _: &str) -> Result<bool, std::io::Error> { Ok(true) } }
    /// let cors = Policy::new().dynamic_origins().compile()?;
    /// let fairing = CorsFairing::new(cors).allow_origin_if_async(|origin, request| {
    ///     let tenants = request.rocket().state::<Tenants>().cloned();
    ///     async move { tenants.ok_or(std::io::ErrorKind::NotFound)?.has(origin.host()).await }
    /// });
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    pub fn allow_origin_if_async<F, Fut>(mut self, allows: F) -> Self
    where
        F: FnOnce(OwnedOrigin, &Request<'_>) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output: Into<Permission>> + Send + 'static,
    {
        self.predicate = Predicate::Awaited(Box::new(move |origin, request| {
            let permission = allows.clone()(origin.into_owned(), request);
            Box::pin(async { permission.await.into() })
        }));
        self
    }

    /// Returns true if the fairing has a predicate.
    pub(crate) fn asks(&self) -> bool {
        !matches!(self.predicate, Predicate::None)
    }

    /// Calls the predicate for an origin that the policy rejects. `None` without a predicate.
    pub(crate) async fn ask(
        &self,
        cors: &RocketCors,
        view: &RequestView<'_, '_>,
    ) -> Option<Permission> {
        if !self.asks() {
            return None;
        }
        let Some(origin) = cors.undecided_origin(view) else { return Some(Permission::deny()) };
        let asked = match &self.predicate {
            Predicate::None => return None,
            Predicate::AtOnce(allows) => return Some(allows(&origin, view.0)),
            Predicate::Awaited(allows) => allows(&origin, view.0),
        };
        Some(asked.await)
    }
}

/// A predicate that returns a permission already obtained.
pub(crate) fn said(
    permission: Option<Permission>,
) -> Option<impl FnOnce(&Origin<'_>) -> Permission> {
    permission.map(|permission| |_: &Origin<'_>| permission)
}
