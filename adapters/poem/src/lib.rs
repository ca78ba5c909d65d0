//! CORS for [poem]: a middleware, and its verdict as an extractor.
//!
//! [poem]: https://docs.rs/poem
//!
//! # Use it
//!
//! ```
//! use cors_poem::{CorsMiddleware, Policy};
//! use poem::{EndpointExt, Route, get, handler};
//!
//! #[handler]
//! fn items() -> &'static str {
//!     "[]"
//! }
//!
//! #[handler]
//! fn store() -> &'static str {
//!     "stored"
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
//! let app =
//!     Route::new().at("/items", get(items).put(store)).with(CorsMiddleware::new(cors));
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
//! On the outermost [`Route`](poem::Route), in the last `.with(..)` of all: a middleware covers what
//! it was put on, and the last one runs first. This is what each place does with a `GET`, a preflight,
//! a request with a wrong method (405), one to an unknown path (404), and a preflight to an unknown
//! path. Where it says *none*, browsers hide the response from scripts, whatever its status.
//!
//! | where | `GET` | preflight | 405 | 404 | preflight to an unknown path |
//! |---|---|---|---|---|---|
//! | the outermost `Route`, in the last `.with(..)` | headers | answered | headers | headers | answered |
//! | a `RouteDomain` or `RouteScheme`, in the last `.with(..)` | headers | answered | headers | headers | answered |
//! | a nested `Route`, for what is below it | headers | answered | headers | headers | answered |
//! | one path: `get(handler).with(..)` | headers | answered | headers | none | 404 |
//! | one handler: `get(handler.with(..))` | headers | 405 | none | none | 404 |
//! | first of several in one `.with((.., ..))`, before authentication | 401 | 401 | 401 | 401 | 401 |
//! | anywhere, with authentication outside it | 401 | 401 | 401 | 401 | 401 |
//!
//! The last rows are what most reports of "CORS does not work" come down to: a preflight carries no
//! credentials, so that authentication refuses it, and its 401 has no headers. Add CORS after it:
//!
//! ```
//! # use cors_poem::CorsMiddleware;
//! # use poem::{EndpointExt, Request, Result, Route, get, handler};
//! # #[handler] fn items() -> &'static str { "[]" }
//! # async fn authenticate(request: Request) -> Result<Request> { Ok(request) }
//! # let cors = cors_core::Policy::new().allow_any_origin().compile()?;
//! let app = Route::new()
//!     .at("/items", get(items))
//!     .before(authenticate)
//!     .with(CorsMiddleware::new(cors));
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! **Errors.** An `Err` of a handler, an extractor or a middleware inside becomes its response here,
//! and gets headers as any other. So `catch_error` and `catch_all_error` belong inside: outside, no
//! error reaches them. [`CatchPanic`](poem::middleware::CatchPanic) belongs inside too: outside, its
//! response has no headers.
//!
//! ```
//! # use cors_poem::CorsMiddleware;
//! # use poem::{EndpointExt, Route, error::NotFoundError, http::StatusCode, middleware::CatchPanic};
//! # let cors = cors_core::Policy::new().allow_any_origin().compile()?;
//! let app = Route::new()
//!     .catch_error(async |_: NotFoundError| (StatusCode::NOT_FOUND, "nothing here"))
//!     .with(CatchPanic::new())
//!     .with(CorsMiddleware::new(cors));
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! **Two policies.** Nest two routes side by side, each with its own middleware, or put one on each
//! path. Of two around one another the inner one decides about responses, and the outer one answers
//! preflights.
//!
//! ```
//! # use cors_poem::CorsMiddleware;
//! # use poem::{EndpointExt, Route, get, handler, put};
//! # #[handler] fn items() -> &'static str { "[]" }
//! # #[handler] fn store() {}
//! # let public = cors_core::Policy::new().allow_any_origin().compile()?;
//! # let strict = cors_core::Policy::new().allow_origins(["https://admin.example.com"]).compile()?;
//! let admin = Route::new().at("/users", put(store)).with(CorsMiddleware::new(strict));
//! let api = Route::new().at("/items", get(items)).with(CorsMiddleware::new(public));
//! let app = Route::new().nest("/admin", admin).nest("/api", api);
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! # What it cannot do
//!
//! - Keep anyone from asking. A denied request runs its handler, and its answer is hidden from the
//!   script alone. Take [`AllowedOrigin`] where that is not enough.
//! - Turn a panic into a response: without `CatchPanic` inside, the connection closes.
//! - See the path that the client sent in a request from `Request::builder`, which does not keep it.
//!   In all others, policies by path match it: inside `Route::nest`, and where `NormalizePath` outside
//!   has rewritten it.
//! - See a request that hyper refuses before the endpoint, such as one with too many headers.
//! - Give an error to what is outside: it is a response by then, with the error's status and data.
//!
//! # Versions
//!
//! poem 3, with its feature `server`, without which poem 3.1.12 does not compile. poem has a
//! middleware `Cors` of its own; the two do not mix.
//!
//! # More
//!
//! **Origins from the application's state.** A predicate sees the request, and so what `.data(..)`
//! put beside it, if that comes after the middleware. It is asked at most once for a request, about a
//! parsed origin, and never about one that the policy lists:
//!
//! ```
//! use std::{collections::HashSet, sync::Arc};
//!
//! use cors_poem::{CorsMiddleware, Policy};
//! use poem::{EndpointExt, Route};
//! use tokio::sync::RwLock;
//!
//! #[derive(Clone, Default)]
//! struct Tenants(Arc<RwLock<HashSet<String>>>);
//!
//! # fn main() -> Result<(), cors_core::PolicyErrors> {
//! let cors = Policy::new().dynamic_origins().compile()?;
//! let cors = CorsMiddleware::new(cors).allow_origin_if_async(|origin, request| {
//!     let (tenants, origin) = (request.data::<Tenants>().cloned(), origin.to_string());
//!     async move {
//!         match tenants {
//!             Some(Tenants(known)) => known.read().await.contains(&origin),
//!             None => false,
//!         }
//!     }
//! });
//! let app = Route::new().with(cors).data(Tenants::default());
//! # Ok(())
//! # }
//! ```
//!
//! **The verdict.** A middleware with `.leave_verdict()` leaves it for handlers, which take
//! [`CorsVerdict`], and beside the response, where [`verdict`] finds it for whatever is outside:
//!
//! ```
//! use cors_poem::{CorsMiddleware, CorsVerdict, verdict};
//! use poem::{EndpointExt, Response, Route, get, handler};
//!
//! #[handler]
//! fn show(CorsVerdict(verdict): CorsVerdict) -> String {
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
//! let app = Route::new()
//!     .at("/", get(show))
//!     .with(CorsMiddleware::new(cors).leave_verdict())
//!     .map(log);
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! **A guard.** A WebSocket is no CORS request, and a denied `POST` runs its handler: a handler that
//! takes [`AllowedOrigin`] is run only for allowed origins, and for the server's own. Any other
//! origin gets 403.
//!
//! **Why was it refused?** Feature `tracing` emits one DEBUG event for each request, with target `cors`. The
//! message is the reason in sentences, the same that `cors try` prints; the fields are `verdict`, `kind`,
//! `method`, `path`, `origin`, `request_method`, `header` and `policy`.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod middleware;
mod verdict;

pub use cors_http::{
    Cors, Denial, Guard, GuardErrors, Live, Origin, OwnedOrigin, Permission, Policy, PolicyErrors,
    Resources, Verdict, verdict,
};
pub use middleware::{CorsEndpoint, CorsMiddleware};
pub use verdict::{AllowedOrigin, CorsVerdict, MissingVerdict};
