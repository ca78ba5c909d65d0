//! CORS for [warp]: around a service, around a filter, and its verdict as a filter.
//!
//! [warp]: https://docs.rs/warp
//!
//! # Use it
//!
//! Around everything that is served, with feature `serve`:
//!
//! ```no_run
//! # #[cfg(feature = "serve")]
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use cors_warp::{CorsLayer, Policy};
//! use warp::Filter;
//!
//! let cors = Policy::new()
//!     .allow_origins(["https://app.example.com", "https://*.example.net"])
//!     .allow_methods(["PUT", "DELETE"])
//!     .allow_headers(["authorization", "content-type"])
//!     .allow_credentials(true)
//!     .compile()?;
//!
//! let routes = warp::path("items").and(warp::get().map(|| "[]").or(warp::put().map(|| "stored")));
//! cors_warp::serve(CorsLayer::new(cors), routes).run(("127.0.0.1", 3030)).await?;
//! # Ok(())
//! # }
//! ```
//!
//! `GET`, `HEAD` and `POST` need no listing. A request whose body is JSON needs `content-type` in
//! `allow_headers`, and one with a token needs `authorization`. `compile` reports every mistake in
//! the policy at once, before anything is served.
//!
//! Each response has the headers, also a rejection that nothing recovers.
//!
//! With a server of your own, such as one with TLS, put the layer around the service that warp makes of
//! the filter, and serve that with hyper:
//!
//! ```
//! use cors_warp::CorsLayer;
//! use hyper_util::{
//!     rt::{TokioExecutor, TokioIo},
//!     server::conn::auto::Builder,
//!     service::TowerToHyperService,
//! };
//! # use warp::Filter;
//!
//! # async fn run(cors: cors_warp::Cors) -> std::io::Result<()> {
//! # let routes = warp::path("items").and(warp::get()).map(|| "[]");
//! let service = cors_warp::service(CorsLayer::new(cors), warp::service(routes));
//!
//! let service = TowerToHyperService::new(service);
//! let server = Builder::new(TokioExecutor::new());
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
//! loop {
//!     let (stream, _) = listener.accept().await?;
//!     let stream = TokioIo::new(stream);
//!     let connection = server.serve_connection_with_upgrades(stream, service.clone());
//!     tokio::spawn(connection.into_owned());
//! }
//! # }
//! ```
//!
//! Under `warp::serve`, and for a group of routes, put the layer around a [`filter`](filter()). It costs
//! three times as much, because it runs in two halves and copies the request's headers. It covers
//! rejections only where the filter inside recovers them:
//!
//! ```
//! use std::convert::Infallible;
//!
//! use cors_warp::{Cors, CorsLayer};
//! use warp::{Filter, Rejection, Reply, http::StatusCode, reject::MethodNotAllowed};
//!
//! async fn render(rejection: Rejection) -> Result<impl Reply, Infallible> {
//!     Ok(match rejection.find::<MethodNotAllowed>() {
//!         Some(_) => StatusCode::METHOD_NOT_ALLOWED,
//!         None => StatusCode::NOT_FOUND, // and whatever else your filters reject with
//!     })
//! }
//!
//! # fn run(cors: Cors) {
//! let routes = warp::path("items").and(warp::get().map(|| "[]").or(warp::put().map(|| "stored")));
//! let server = warp::serve(cors_warp::filter(CorsLayer::new(cors), routes.recover(render)));
//! # drop(server);
//! # }
//! ```
//!
//! # Where to put it
//!
//! Outside everything that makes a response, and outside authentication above all. This is what each
//! place does with a `GET`, a preflight, a request with a wrong method (405), one to an unknown path
//! (404), and a preflight to an unknown path. Where it says *none*, browsers hide the response from
//! scripts, whatever its status.
//!
//! | where | `GET` | preflight | 405 | 404 | preflight to an unknown path |
//! |---|---|---|---|---|---|
//! | `serve`, or `service` around `warp::service(routes)` | headers | answered | headers | headers | answered |
//! | `filter`, around all routes with `.recover(..)` | headers | answered | headers | headers | answered |
//! | `filter`, around all routes without `.recover(..)` | headers | answered | none | none | answered |
//! | `filter`, with `.recover(..)` after it | headers | answered | none | none | answered |
//! | `filter`, after the path of a group | headers | answered | none | none | answered |
//! | `filter`, after the path of a group with `.recover(..)` | headers | answered | headers | headers | answered |
//! | `filter`, after the whole path of a route | headers | answered | none | none | 404 |
//! | `filter`, after the method of a route | headers | 405 | none | none | 405 |
//! | anywhere, with authentication outside it | 401 | 401 | 401 | 401 | 401 |
//!
//! A [`filter`](filter()) answers every preflight that comes to it, so that its path stands before
//! it and its methods inside. What is rejected inside falls through to the next `or`, as anywhere in
//! warp, and then is no longer its own: whoever answers, or the [`service`] around all, decides about
//! the headers. A group that keeps its own 404 recovers inside; then nothing falls through.
//!
//! With two policies, put the groups beside one another:
//!
//! ```
//! # use cors_core::Policy;
//! # use cors_warp::CorsLayer;
//! # use warp::Filter;
//! # let (public, strict) = (Policy::new().allow_any_origin().compile()?, Policy::new().allow_any_origin().compile()?);
//! let read = warp::path("items").and(warp::get()).map(|| "[]");
//! let write = warp::put().map(|| "stored");
//! let routes = warp::path("admin")
//!     .and(cors_warp::filter(CorsLayer::new(strict), write))
//!     .or(cors_warp::filter(CorsLayer::new(public), read));
//! # warp::service(routes);
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! Of two layers around one another the inner one decides about responses, and the outer one answers
//! preflights.
//!
//! # What it cannot do
//!
//! - Keep anyone from asking. A denied request runs its filters, and its answer is hidden from the
//!   script alone. Take [`allowed_origin`] where that is not enough.
//! - Cover rejections under `warp::serve` on its own: warp lets no filter render them as it does, nor
//!   run a service, which panics inside a filter wherever debug assertions are on. `cors_warp::serve`
//!   covers them.
//! - Tell filters the verdict under `warp::serve`, where nothing can be put beside a request.
//! - Set `warp::addr::remote()`, which only `warp::serve` can do. Under `cors_warp::serve` take
//!   `warp::ext::get::<SocketAddr>()`. Around a service, put the address into the request's extensions.
//! - Show a predicate the query and the extensions, where it is around a filter.
//! - Turn a panic into a response: without a filter inside that catches panics, the connection closes.
//!
//! # Versions
//!
//! warp 0.4, with none of its features needed; `server` for `warp::serve`. `cors_warp::serve` needs
//! feature `serve` of this crate, and tokio.
//!
//! # More
//!
//! **Origins from the application's state.** A predicate holds a clone of what it asks. It is asked
//! at most once for a request, about a parsed origin, and never about one that the policy lists:
//!
//! ```
//! use std::{collections::HashSet, sync::Arc};
//!
//! use cors_warp::{CorsLayer, Policy};
//! use tokio::sync::RwLock;
//! use warp::Filter;
//!
//! # fn main() -> Result<(), cors_core::PolicyErrors> {
//! let tenants = Arc::new(RwLock::new(HashSet::<String>::new()));
//! let cors = Policy::new().dynamic_origins().compile()?;
//! let layer = CorsLayer::new(cors).allow_origin_if_async(move |origin, _request| {
//!     let (known, origin) = (tenants.clone(), origin.to_string());
//!     async move { known.read().await.contains(&origin) }
//! });
//! let service = cors_warp::service(layer, warp::service(warp::any().map(|| "hello")));
//! # fn is_service<S: tower::Service<http::Request<String>>>(_: S) {}
//! # is_service(service);
//! # Ok(())
//! # }
//! ```
//!
//! [`CorsLayer::allow_origin_if`] asks one that does not wait.
//!
//! **The verdict.** A layer with `.leave_verdict()` leaves it for filters, which take [`verdict`],
//! and beside the response, where [`verdict_of`] finds it for whatever is outside:
//!
//! ```
//! use cors_warp::{Policy, Verdict};
//! use cors_warp::CorsLayer;
//! use tower::ServiceBuilder;
//! use warp::{Filter, http};
//!
//! fn log<B>(response: http::Response<B>) -> http::Response<B> {
//!     if let Some(verdict) = cors_warp::verdict_of(response.extensions()) {
//!         println!("{verdict}");
//!     }
//!     response
//! }
//!
//! # let cors = Policy::new().allow_any_origin().compile()?;
//! let routes = cors_warp::verdict().map(|verdict: Verdict| verdict.to_string());
//! let service = cors_warp::service(CorsLayer::new(cors).leave_verdict(), warp::service(routes));
//! let service = ServiceBuilder::new().map_response(log).service(service);
//! # fn is_service<S: tower::Service<http::Request<String>>>(_: S) {}
//! # is_service(service);
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! **A guard.** A WebSocket is no CORS request, and a denied `POST` runs its filters: what stands
//! behind [`allowed_origin`] is run only for allowed origins, and for the server's own. Any other
//! origin is rejected, and gets 403 unless an `or` answers it.
//!
//! **Why was it refused?** Feature `tracing` emits one DEBUG event for each request, with target `cors`. The
//! message is the reason in sentences, the same that `cors try` prints; the fields are `verdict`, `kind`,
//! `method`, `path`, `origin`, `request_method`, `header` and `policy`.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod asked;
mod filter;
#[cfg(feature = "serve")]
mod serve;
mod service;
mod verdict;

pub use cors_tower::{
    Cors, CorsBody, CorsFuture, CorsLayer, CorsService, Denial, Guard, GuardErrors, Live, Origin,
    OwnedOrigin, Permission, Policy, PolicyErrors, RequestView, Resources, Verdict,
    verdict as verdict_of,
};
pub use filter::{Inside, filter};
#[cfg(feature = "serve")]
pub use serve::{Server, serve};
pub use service::{FilterService, service};
pub use verdict::{MissingVerdict, allowed_origin, verdict};
