//! CORS for [salvo]: a handler to hoop, and its verdict as an extractor.
//!
//! [salvo]: https://docs.rs/salvo
//!
//! # Use it
//!
//! ```
//! use cors_salvo::{CorsHandler, Policy};
//! use salvo::prelude::*;
//!
//! #[handler]
//! async fn items() -> &'static str {
//!     "[]"
//! }
//!
//! # fn main() -> Result<(), cors_core::PolicyErrors> {
//! let cors = Policy::new()
//!     .allow_origins(["https://app.example.com", "https://*.example.net"])
//!     .allow_methods(["PUT", "DELETE"])
//!     .allow_headers(["authorization", "content-type"])
//!     .allow_credentials(true)
//!     .compile()?;
//!
//! let router = Router::with_path("items").get(items);
//! let service = Service::new(router).hoop(CorsHandler::new(cors));
//! // Server::new(acceptor).serve(service).await
//! # let _: Service = service;
//! # Ok(())
//! # }
//! ```
//!
//! `GET`, `HEAD` and `POST` need no listing. A request whose body is `JsonBody` needs
//! `content-type` in `allow_headers`, and one with a token needs `authorization`. `compile` reports
//! every mistake in the policy at once, before anything is served.
//!
//! # Where to put it
//!
//! On the [`Service`](salvo::Service), in the first `.hoop(..)` of all: the first one is the
//! outermost, and only a service's hoops see the requests that no route matches. Nearly every
//! preflight is one of those. This is what each place does with a `GET`, a preflight, a request
//! with a wrong method (405), one to an unknown path (404), and a preflight to an unknown path.
//! Where it says *none*, browsers hide the response from scripts, whatever its status.
//!
//! | where | `GET` | preflight | 405 | 404 | preflight to an unknown path |
//! |---|---|---|---|---|---|
//! | `Service::hoop`, before every other | headers | answered | headers | headers | answered |
//! | `Service::hoop_when`, on the paths that it is for | headers | answered | headers | headers | answered |
//! | `Router::hoop` | headers | 405 | none | none | 404 |
//! | `Router::hoop`, with `.options(handler::empty())` on the route | headers | answered | none | none | 404 |
//! | `Router::hoop`, with `.options(..)` on `{**rest}` inside | headers | answered | none | 405 | answered |
//! | `handler.hoop(..)` | headers | 405 | none | none | 404 |
//! | `Service::hoop`, after authentication | 401 | 401 | 401 | 401 | 401 |
//!
//! The last row is what most reports of "CORS does not work" come down to: a preflight carries no
//! credentials, so that authentication refuses it, and its 401 has no headers. Hoop CORS first,
//! then `CatchPanic`, then the rest:
//!
//! ```
//! # use cors_salvo::CorsHandler;
//! # use salvo::{catch_panic::CatchPanic, prelude::*};
//! # #[handler] async fn items() -> &'static str { "[]" }
//! # #[handler] async fn authenticate() {}
//! # let cors = cors_core::Policy::new().allow_any_origin().compile()?;
//! let service = Service::new(Router::with_path("items").get(items))
//!     .hoop(CorsHandler::new(cors))
//!     .hoop(CatchPanic::new())
//!     .hoop(authenticate);
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! **Two policies** are two hoops side by side, each for its own paths:
//!
//! ```
//! # use cors_salvo::CorsHandler;
//! # use salvo::prelude::*;
//! # let public = cors_core::Policy::new().allow_any_origin().compile()?;
//! # let strict = public.clone();
//! # let router = Router::new();
//! fn is_admin(req: &Request, _: &Depot) -> bool {
//!     req.uri().path().starts_with("/admin/")
//! }
//!
//! let service = Service::new(router)
//!     .hoop_when(CorsHandler::new(public), |req, depot| !is_admin(req, depot))
//!     .hoop_when(CorsHandler::new(strict), is_admin);
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! **One route** has a hoop of its own. A route has to match a preflight before its hoops see it,
//! and what is given to `.options(..)` then answers every other `OPTIONS`:
//!
//! ```
//! # use cors_salvo::CorsHandler;
//! # use salvo::{handler, prelude::*};
//! # #[handler] async fn items() -> &'static str { "[]" }
//! # let cors = cors_core::Policy::new().allow_any_origin().compile()?;
//! let router = Router::with_path("items")
//!     .hoop(CorsHandler::new(cors))
//!     .get(items)
//!     .options(handler::empty());
//! # let _: Router = router;
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! Of two handlers around one another the inner one decides about responses, and the outer one
//! answers preflights.
//!
//! # What it cannot do
//!
//! - Keep anyone from asking. A denied request runs its handler, and its answer is hidden from the
//!   script alone. Hoop [`AllowedOrigin`] where that is not enough.
//! - Turn a panic into a response: without `CatchPanic` *inside*, the connection closes. Outside,
//!   where its own page says it belongs, its 500 has no headers.
//! - Watch over the [`Catcher`](salvo::catcher::Catcher), which runs after every hoop. It keeps the
//!   headers that are there; CORS headers that a catcher writes by hand are sent as they are.
//! - See a request that hyper refuses before the service, such as one with too many headers.
//!
//! # Versions
//!
//! salvo 1, with none of its features needed. It needs no bridge to tower, and no runtime while it
//! is made.
//!
//! # More
//!
//! **Origins from the application's state.** A predicate sees the request, and the depot with what
//! earlier hoops put there. It is asked at most once for a request, about a parsed origin, and
//! never about one that the policy lists:
//!
//! ```
//! use std::{collections::HashSet, sync::Arc};
//!
//! use cors_salvo::{CorsHandler, Policy};
//! use salvo::{affix_state, prelude::*};
//! use tokio::sync::RwLock;
//!
//! type Tenants = Arc<RwLock<HashSet<String>>>;
//!
//! # fn main() -> Result<(), cors_core::PolicyErrors> {
//! let cors = Policy::new().dynamic_origins().compile()?;
//! let cors = CorsHandler::new(cors).allow_origin_if_async(|origin, _req, depot| {
//!     let (tenants, origin) = (depot.get_typed::<Tenants>().ok().cloned(), origin.to_string());
//!     async move {
//!         match tenants {
//!             Some(tenants) => tenants.read().await.contains(&origin),
//!             None => false,
//!         }
//!     }
//! });
//! let service = Service::new(Router::new())
//!     .hoop(affix_state::inject(Tenants::default()))
//!     .hoop(cors);
//! # let _: Service = service;
//! # Ok(())
//! # }
//! ```
//!
//! **The verdict.** With [`CorsHandler::leave_verdict`], a handler takes [`CorsVerdict`]. A hoop
//! outside, where every response passes, calls [`verdict`] once the rest has run:
//!
//! ```
//! use cors_salvo::{CorsHandler, CorsVerdict, verdict};
//! use salvo::prelude::*;
//!
//! #[handler]
//! async fn hello(verdict: CorsVerdict) -> String {
//!     verdict.0.to_string()
//! }
//!
//! #[handler]
//! async fn log(req: &mut Request, depot: &mut Depot, res: &mut Response, ctrl: &mut FlowCtrl) {
//!     ctrl.call_next(req, depot, res).await;
//!     if let Some(verdict) = verdict(req.extensions()) {
//!         println!("{verdict}");
//!     }
//! }
//!
//! # let cors = cors_core::Policy::new().allow_any_origin().compile()?;
//! let cors = CorsHandler::new(cors).leave_verdict();
//! let service = Service::new(Router::new().get(hello)).hoop(log).hoop(cors);
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! **A guard.** A WebSocket is no CORS request, and a denied `POST` runs its handler: a router that
//! hoops [`AllowedOrigin`] runs only for allowed origins, and for the server's own. Any other
//! origin gets 403.
//!
//! **Why was it refused?** Feature `tracing` emits one DEBUG event for each request, with target `cors`. The
//! message is the reason in sentences, the same that `cors try` prints; the fields are `verdict`, `kind`,
//! `method`, `path`, `origin`, `request_method`, `header` and `policy`.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod handler;
mod verdict;

pub use cors_http::{
    Cors, Denial, Guard, GuardErrors, Live, Origin, OwnedOrigin, Permission, Policy, PolicyErrors,
    Resources, Verdict, verdict,
};
pub use handler::CorsHandler;
pub use verdict::{AllowedOrigin, CorsVerdict};
