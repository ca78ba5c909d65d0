//! CORS for [actix-web] 4: a middleware, and its verdict as an extractor.
//!
//! [actix-web]: https://docs.rs/actix-web
//!
//! # Use it
//!
//! ```no_run
//! use actix_web::{App, HttpServer, web};
//! use cors_actix_web::{CorsMiddleware, Policy};
//!
//! #[actix_web::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let cors = Policy::new()
//!         .allow_origins(["https://app.example.com", "https://*.example.net"])
//!         .allow_methods(["PUT", "DELETE"])
//!         .allow_headers(["authorization", "content-type"])
//!         .allow_credentials(true)
//!         .compile()?;
//!
//!     let cors = CorsMiddleware::new(cors);
//!     let app = move || {
//!         App::new()
//!             .service(
//!                 web::resource("/items")
//!                     .route(web::get().to(async || "[]"))
//!                     .route(web::put().to(async || "stored")),
//!             )
//!             .wrap(cors.clone())
//!     };
//!     Ok(HttpServer::new(app).bind(("127.0.0.1", 3000))?.run().await?)
//! }
//! ```
//!
//! `GET`, `HEAD` and `POST` need no listing. A request whose body is `Json` needs `content-type` in
//! `allow_headers`, and one with a token needs `authorization`. `compile` reports every mistake in
//! the policy at once, before anything is served; do it outside the closure, which every worker
//! runs.
//!
//! # Where to put it
//!
//! On the [`App`](actix_web::App), in the last `.wrap(..)` of all: the last one runs first. It is
//! around every service, wherever in the chain it stands; only its place among the other `.wrap(..)`
//! matters. This is what each place does with a `GET`, a preflight, a request with a wrong method
//! (405), one to an unknown path (404), and a preflight to an unknown path. Where it says *none*, or
//! a status alone, browsers hide the response from scripts.
//!
//! | where | `GET` | preflight | 405 | 404 | preflight to an unknown path |
//! |---|---|---|---|---|---|
//! | `App::wrap`, the last one | headers | answered | headers | headers | answered |
//! | `App::wrap`, before `.service(..)` and `.default_service(..)` | headers | answered | headers | headers | answered |
//! | `App::wrap(Condition::new(true, ..))` | headers | answered | headers | headers | answered |
//! | `App::wrap`, and `App::route` inside it | headers | answered | 404, headers | headers | answered |
//! | `web::scope("").wrap(..)`, with every route in it | headers | answered | headers | headers | answered |
//! | `web::scope("/api").wrap(..)`, under `/api` | headers | answered | headers | headers | answered |
//! | `web::scope("/other").wrap(..)`, elsewhere | none | 405 | none | none | 404 |
//! | `web::resource(..).wrap(..)` | headers | answered | headers | none | 404 |
//! | `web::get().wrap(..)`, in a resource | headers | 405 | none | none | 404 |
//! | `web::get().wrap(..)`, in `App::route` | headers | 404 | 404 | none | 404 |
//! | `#[get(.., wrap = "..")]` | headers | 404 | 404 | none | 404 |
//! | anywhere, with authentication in a later `.wrap(..)` | 401 | 401 | 401 | 401 | 401 |
//!
//! `App::route` and the macros make one resource for each method, so that a wrong method is a 404
//! in actix-web, and a preflight finds no resource at all: for CORS on some routes only, put those
//! into a resource or a scope.
//!
//! The last row is what most reports of "CORS does not work" come down to: a preflight carries no
//! credentials, so that authentication refuses it, and its 401 has no headers. Wrap CORS after it:
//!
//! ```
//! # use actix_web::{App, Error, body::MessageBody, dev::{ServiceRequest, ServiceResponse}};
//! # use actix_web::{middleware::{Next, from_fn}, web};
//! # use cors_actix_web::CorsMiddleware;
//! # async fn authenticate(
//! #     request: ServiceRequest,
//! #     next: Next<impl MessageBody>,
//! # ) -> Result<ServiceResponse<impl MessageBody>, Error> {
//! #     next.call(request).await
//! # }
//! # let cors = cors_core::Policy::new().allow_any_origin().compile()?;
//! let app = App::new()
//!     .service(web::resource("/items").route(web::get().to(async || "[]")))
//!     .wrap(from_fn(authenticate))
//!     .wrap(CorsMiddleware::new(cors));
//! # let _ = app;
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! With two policies, give each scope or resource its own:
//!
//! ```
//! # use actix_web::{App, web};
//! # use cors_actix_web::CorsMiddleware;
//! # use cors_core::Policy;
//! # let public = CorsMiddleware::new(Policy::new().allow_any_origin().compile()?);
//! # let strict = public.clone();
//! let app = App::new()
//!     .service(web::resource("/items").route(web::get().to(async || "[]")).wrap(public))
//!     .service(web::scope("/admin").route("/users", web::put().to(async || "[]")).wrap(strict));
//! # let _ = app;
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! Of two around one another the inner one decides about responses, and the outer one answers
//! preflights. What a handler, an extractor or a guard fails with is covered everywhere, and so is
//! the error that a middleware inside returns.
//!
//! # What it cannot do
//!
//! - Keep anyone from asking. A denied request runs its handler, and its answer is hidden from the
//!   script alone. Take [`AllowedOrigin`] where that is not enough.
//! - Turn a panic into a response: actix-web closes the connection.
//! - See a request that the server refuses before the application, such as one that is malformed.
//! - Keep its headers on a middleware's error that a middleware *outside* turns into a response with
//!   `HttpResponse::from_error`, which drops what was added to the error. `Error::error_response`
//!   keeps it.
//!
//! # Versions
//!
//! actix-web 4.18 or a later 4, with none of its features needed.
//!
//! # More
//!
//! **Origins from the application's state.** A predicate sees the request, and through it
//! `app_data`. It is asked at most once for a request, about a parsed origin, and never about one
//! that the policy lists; [`allow_origin_if`](CorsMiddleware::allow_origin_if) asks one that knows
//! at once, and [`allow_origin_if_async`](CorsMiddleware::allow_origin_if_async) one that has to be
//! awaited:
//!
//! ```
//! use std::{collections::HashSet, sync::RwLock};
//!
//! use actix_web::{App, web};
//! use cors_actix_web::{CorsMiddleware, Policy};
//!
//! #[derive(Default)]
//! struct Tenants(RwLock<HashSet<String>>);
//!
//! # fn main() -> Result<(), cors_core::PolicyErrors> {
//! let tenants = web::Data::new(Tenants::default());
//! let cors = Policy::new().dynamic_origins().compile()?;
//! let cors = CorsMiddleware::new(cors).allow_origin_if(|origin, request| {
//!     let tenants = request.app_data::<web::Data<Tenants>>();
//!     tenants.and_then(|tenants| Some(tenants.0.read().ok()?.contains(origin.host()))) == Some(true)
//! });
//! let app = App::new().app_data(tenants).wrap(cors);
//! # let _ = app;
//! # Ok(())
//! # }
//! ```
//!
//! **The verdict.** A middleware with `.leave_verdict()` leaves it for handlers, which take
//! [`CorsVerdict`], and beside the response, where [`verdict`] finds it for whatever is outside:
//!
//! ```
//! use actix_web::{
//!     App, Error,
//!     body::MessageBody,
//!     dev::{ServiceRequest, ServiceResponse},
//!     middleware::{Next, from_fn},
//!     web,
//! };
//! use cors_actix_web::{CorsMiddleware, CorsVerdict, verdict};
//!
//! async fn handler(CorsVerdict(verdict): CorsVerdict) -> String {
//!     verdict.to_string()
//! }
//!
//! async fn log(
//!     request: ServiceRequest,
//!     next: Next<impl MessageBody>,
//! ) -> Result<ServiceResponse<impl MessageBody>, Error> {
//!     let response = next.call(request).await?;
//!     if let Some(verdict) = verdict(&response.response().extensions()) {
//!         println!("{verdict}");
//!     }
//!     Ok(response)
//! }
//!
//! # let cors = cors_core::Policy::new().allow_any_origin().compile()?;
//! let app = App::new()
//!     .service(web::resource("/").route(web::get().to(handler)))
//!     .wrap(CorsMiddleware::new(cors).leave_verdict())
//!     .wrap(from_fn(log));
//! # let _ = app;
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

mod decide;
mod framework;
mod future;
mod middleware;
mod response;
mod verdict;

pub use cors_core::{
    Cors, Denial, Guard, GuardErrors, Live, Origin, OwnedOrigin, Permission, Policy, PolicyErrors,
    Resources, Verdict,
};
pub use framework::ActixWeb;
pub use future::CorsFuture;
pub use middleware::{CorsMiddleware, CorsService};
pub use verdict::{AllowedOrigin, CorsVerdict, MissingVerdict, refuses, verdict};

/// A compiled policy with the header values of actix-web.
pub(crate) type ActixCors = Cors<ActixWeb>;
