//! Origins that the policy does not list: a predicate next to it.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use cors_core::{Origin, OwnedOrigin, Permission};
use cors_http::{HttpCors, RequestView};
use http::{Request, request::Parts};

/// A predicate of any type, behind one type: a layer can be returned, stored, and chosen by `if`.
/// A layer without one pays for none.
#[derive(Clone)]
pub(crate) enum Predicate {
    None,
    AtOnce(Arc<AtOnce>),
    Awaited(Arc<Awaited>),
}

pub(crate) type AtOnce = dyn Fn(&Origin<'_>, &RequestView<'_>) -> Permission + Send + Sync;
pub(crate) type Awaited = dyn Fn(OwnedOrigin, Parts) -> Answer + Send + Sync;
type Answer = Pin<Box<dyn Future<Output = Permission> + Send>>;

/// A policy or a permission that is still awaited.
pub(crate) enum Answered {
    Permission(Answer),
    Policy(Pin<Box<dyn Future<Output = Ready> + Send>>),
}

/// The policy and the permission, once awaited.
pub(crate) struct Ready {
    /// The policy, unless it was known before.
    pub(crate) cors: Option<HttpCors>,
    /// The permission of an async predicate.
    pub(crate) permission: Option<Permission>,
}

impl Answered {
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Ready> {
        match self {
            Self::Permission(answer) => answer
                .as_mut()
                .poll(context)
                .map(|permission| Ready { cors: None, permission: Some(permission) }),
            Self::Policy(ready) => ready.as_mut().poll(context),
        }
    }
}

impl Predicate {
    pub(crate) fn at_once<F, P>(allows: F) -> Self
    where
        F: Fn(&Origin<'_>, &RequestView<'_>) -> P + Send + Sync + 'static,
        P: Into<Permission>,
    {
        Self::AtOnce(Arc::new(move |origin, request| allows(origin, &request.as_sent()).into()))
    }

    /// The function is cloned for each call, so its future may take what it captured.
    pub(crate) fn awaited<F, Fut>(allows: F) -> Self
    where
        F: FnOnce(OwnedOrigin, Parts) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output: Into<Permission>> + Send + 'static,
    {
        Self::Awaited(Arc::new(move |origin, request| {
            let permission = allows.clone()(origin, request);
            Box::pin(async { permission.await.into() })
        }))
    }

    /// Waits for the policy, and then for what the predicate says of it.
    #[cold]
    pub(crate) fn after(
        &self,
        later: impl Future<Output = HttpCors> + Send + 'static,
        request: &RequestView<'_>,
    ) -> Answered {
        let parts = request.parts();
        let allows = match self {
            Self::Awaited(allows) => Some(Arc::clone(allows)),
            Self::None | Self::AtOnce(_) => None,
        };
        Answered::Policy(Box::pin(async move {
            let cors = later.await;
            let Some(allows) = allows else { return Ready { cors: Some(cors), permission: None } };
            let request = Request::from_parts(parts, ());
            let asked = {
                let view = RequestView::from(&request);
                cors.undecided_origin(&view).map(Origin::into_owned)
            };
            let permission = match asked {
                Some(origin) => allows(origin, request.into_parts().0).await,
                None => Permission::deny(),
            };
            Ready { cors: Some(cors), permission: Some(permission) }
        }))
    }
}

impl fmt::Debug for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::AtOnce(_) => "AtOnce(..)",
            Self::Awaited(_) => "Awaited(..)",
        })
    }
}
