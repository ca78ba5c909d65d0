//! CORS for [axum]: a layer, and its verdict as an extractor.
//!
//! [axum]: https://docs.rs/axum
//!
//! # Use it
//!
//! ```
//! use axum::{Router, routing::get};
//! use cors_axum::{CorsLayer, Policy};
//!
//! # fn main() -> Result<(), cors_core::PolicyErrors> {
//! let cors = Policy::new()
//!     .allow_origins(["https://app.example.com", "https://*.example.net"])
//!     .allow_methods(["PUT", "DELETE"])
//!     .allow_headers(["authorization", "content-type"])
//!     .allow_credentials(true)
//!     .compile()?;
//!
//! let app = Router::new()
//!     .route("/items", get(async || "[]").put(async || "stored"))
//!     .layer(CorsLayer::new(cors));
//! # let _: Router = app;
//! # Ok(())
//! # }
//! ```
//!
//! `GET`, `HEAD` and `POST` need no listing. A request whose body is `Json` needs `content-type` in
//! `allow_headers`, and one with a token needs `authorization`. `compile` reports every mistake in
//! the policy at once, before anything is served.
//!
//! # Where to put it
//!
//! On the outermost `Router`, in the last `.layer(..)` of all: a layer covers what was
//! added before it, and the last one runs first. This is what each place does with a `GET`, a
//! preflight, a request with a wrong method (405), one to an unknown path (404), and a preflight to
//! an unknown path. Where it says *none*, browsers hide the response from scripts, whatever its
//! status.
//!
//! | where | `GET` | preflight | 405 | 404 | preflight to an unknown path |
//! |---|---|---|---|---|---|
//! | `Router::layer`, after every route and fallback | headers | answered | headers | headers | answered |
//! | `ServiceBuilder`, around the finished router | headers | answered | headers | headers | answered |
//! | `Router::layer`, before `.route(..)` | none | 405 | none | headers | answered |
//! | `Router::layer`, before `.fallback(..)` | headers | answered | headers | none | 404 |
//! | `Router::route_layer` | headers | answered | headers | none | 404 |
//! | `get(handler).layer(..)` | headers | answered | headers | none | 404 |
//! | `get(handler).route_layer(..)` | headers | 405 | none | none | 404 |
//! | `get(handler.layer(..))` | headers | 405 | none | none | 404 |
//! | one of two routers merged, on paths of its own | headers | answered | headers | none | 404 |
//! | one of two routers merged, on a path of both | headers | 405 | none | none | 404 |
//! | a nested router | headers | answered | headers | none | 404 |
//! | a nested router with a fallback of its own | headers | answered | headers | headers | answered |
//! | anywhere, with authentication outside it | 401 | 401 | 401 | 401 | 401 |
//!
//! The last row is what most reports of "CORS does not work" come down to: a preflight carries no
//! credentials, so that authentication refuses it, and its 401 has no headers. Add CORS after it:
//!
//! ```
//! # use axum::{Router, extract::Request, middleware, routing::get};
//! # use cors_axum::CorsLayer;
//! # async fn authenticate(request: Request, next: middleware::Next) -> axum::response::Response {
//! #     next.run(request).await
//! # }
//! # let cors = cors_core::Policy::new().allow_any_origin().compile()?;
//! let app = Router::new()
//!     .route("/items", get(async || "[]"))
//!     .layer(middleware::from_fn(authenticate))
//!     .layer(CorsLayer::new(cors));
//! # let _: Router = app;
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! **Around the finished router** the layer costs half: 1,577 instructions for an actual request, and
//! 3,122 inside `Router::layer`, where axum clones and boxes every layer for each request. It covers
//! the same. Take this form where the router is finished in one place, and not where it is merged or
//! nested later. `axum::serve` takes axum's own body, so the response's is made into one:
//!
//! ```no_run
//! use axum::{Router, ServiceExt, body::Body, extract::Request, response::Response, routing::get};
//! use cors_axum::CorsLayer;
//! use tower::ServiceBuilder;
//!
//! # async fn run(cors: cors_core::Cors) -> std::io::Result<()> {
//! let app = Router::new().route("/items", get(async || "[]"));
//! let app = ServiceBuilder::new()
//!     .map_response(|response: Response<_>| response.map(Body::new))
//!     .layer(CorsLayer::new(cors))
//!     .service(app);
//!
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
//! axum::serve(listener, ServiceExt::<Request>::into_make_service(app)).await
//! # }
//! ```
//!
//! With two policies, give each router its own layer and then merge or nest them. Of two layers
//! around one another the inner one decides about responses, and the outer one answers preflights.
//!
//! # What it cannot do
//!
//! - Keep anyone from asking. A denied request runs its handler, and its answer is hidden from the
//!   script alone. Take the [verdict](CorsVerdict) where that is not enough.
//! - Turn a panic into a response: without a layer inside that catches panics, the connection closes.
//! - See the path that the client sent where a service around the outermost router rewrites it, such as
//!   `NormalizePath`: policies by path then match the rewritten path. Inside `Router::nest` they match
//!   the whole path.
//! - See a request that hyper refuses before the router, such as one with too many headers.
//! - Take over `Allow`: axum adds it to an answered preflight, and browsers do not read it.
//!
//! # Versions
//!
//! axum 0.8, with none of its features needed. For another tower stack take `cors-tower`.
//!
//! # More
//!
//! **Origins from the application's state.** A layer is made before a request reaches the state, so
//! its predicate holds a clone. It is asked at most once for a request, about a parsed origin, and
//! never about one that the policy lists:
//!
//! ```
//! use std::{collections::HashSet, sync::Arc};
//!
//! use axum::{Router, routing::get};
//! use cors_axum::{CorsLayer, Policy};
//! use tokio::sync::RwLock;
//!
//! #[derive(Clone, Default)]
//! struct Tenants(Arc<RwLock<HashSet<String>>>);
//!
//! # fn main() -> Result<(), cors_core::PolicyErrors> {
//! let tenants = Tenants::default();
//! let known = tenants.clone();
//! let cors = Policy::new().dynamic_origins().compile()?;
//! let layer = CorsLayer::new(cors).allow_origin_if_async(move |origin, _request| {
//!     let (known, origin) = (known.clone(), origin.to_string());
//!     async move { known.0.read().await.contains(&origin) }
//! });
//! let app = Router::new().route("/", get(async || "hello")).layer(layer).with_state(tenants);
//! # let _: Router = app;
//! # Ok(())
//! # }
//! ```
//!
//! **The verdict.** A layer with `.leave_verdict()` leaves it for handlers, which take
//! [`CorsVerdict`], and beside the response, where [`verdict`] finds it for whatever is outside:
//!
//! ```
//! use axum::{Router, middleware, response::Response, routing::get};
//! use cors_axum::{CorsLayer, CorsVerdict, verdict};
//!
//! async fn handler(CorsVerdict(verdict): CorsVerdict) -> String {
//!     verdict.to_string()
//! }
//!
//! async fn log(response: Response) -> Response {
//!     if let Some(verdict) = verdict(response.extensions()) {
//!         println!("{verdict}");
//!     }
//!     response
//! }
//!
//! # let cors = cors_core::Policy::new().allow_any_origin().compile()?;
//! let app = Router::new()
//!     .route("/", get(handler))
//!     .layer(CorsLayer::new(cors).leave_verdict())
//!     .layer(middleware::map_response(log));
//! # let _: Router = app;
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! **A guard.** A WebSocket is no CORS request, and a denied `POST` runs its handler: a handler that
//! takes [`AllowedOrigin`] is run only for allowed origins, and for the server's own. Any other
//! origin gets 403. To refuse strangers on the whole router, and names that were rebound to the server,
//! give the policy a [`Guard`]:
//!
//! ```
//! use axum::{Router, routing::post};
//! use cors_axum::{CorsLayer, Guard, Policy};
//!
//! let policy = Policy::new().allow_origins(["https://app.example.com"]);
//! let guard = Guard::new().own_hosts(["api.example.com"]);
//! let cors = policy.compile()?.guard(&guard)?;
//! let app = Router::new().route("/transfer", post(async || "done")).layer(CorsLayer::new(cors));
//! # let _: Router = app;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Why was it refused?** Feature `tracing` emits one DEBUG event for each request, with target `cors`. The
//! message is the reason in sentences, the same that `cors try` prints; the fields are `verdict`, `kind`,
//! `method`, `path`, `origin`, `request_method`, `header` and `policy`.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod verdict;

pub use cors_tower::{
    Cors, CorsBody, CorsFuture, CorsLayer, CorsService, Denial, Guard, GuardErrors, Live, Origin,
    OwnedOrigin, Permission, Policy, PolicyErrors, RequestView, Resources, Verdict, verdict,
};
pub use verdict::{AllowedOrigin, CorsVerdict, MissingVerdict};
