//! CORS for [rocket]: a fairing, and its verdict as a request guard.
//!
//! [rocket]: https://rocket.rs
//!
//! # Use it
//!
//! ```no_run
//! use cors_rocket::{CorsFairing, Policy};
//! use rocket::{get, put, routes};
//!
//! #[get("/items")]
//! fn items() -> &'static str {
//!     "[]"
//! }
//!
//! #[put("/items")]
//! fn store() -> &'static str {
//!     "stored"
//! }
//!
//! #[rocket::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let cors = Policy::new()
//!         .allow_origins(["https://app.example.com", "https://*.example.net"])
//!         .allow_methods(["PUT", "DELETE"])
//!         .allow_headers(["authorization", "content-type"])
//!         .allow_credentials(true)
//!         .compile()?;
//!
//!     rocket::build()
//!         .mount("/", routes![items, store])
//!         .attach(CorsFairing::new(cors))
//!         .launch()
//!         .await?;
//!     Ok(())
//! }
//! ```
//!
//! `GET`, `HEAD` and `POST` need no listing. A request whose body is `Json` needs `content-type` in
//! `allow_headers`, and one with a token needs `authorization`. `compile` reports every mistake in
//! the policy at once, before anything is served. No `#[options]` route is needed: the fairing
//! mounts the one that answers preflights, before all others. What is `OPTIONS` and no preflight
//! goes to the application's own.
//!
//! # Where to put it
//!
//! Anywhere: rocket runs its fairings around routing and catchers, so that a 404, a failed guard, a
//! 500 and a panic carry the headers too. This is what each place does with a `GET`, a preflight, a
//! request with a wrong method, one to an unknown path (both are 404 in rocket), and a preflight to
//! an unknown path. Where it says *none*, browsers hide the response from scripts, whatever its
//! status; a status alone has headers, unless it is 404.
//!
//! | where | `GET` | preflight | wrong method | 404 | preflight to an unknown path |
//! |---|---|---|---|---|---|
//! | `.attach(..)`, before or after `.mount(..)` | headers | answered | headers | headers | answered |
//! | `.attach(..)` by another fairing, on ignition | headers | answered | headers | headers | answered |
//! | `.attach(..)`, and a catcher that fails | headers | answered | 500 | 500 | answered |
//! | `.attach(..)`, with authentication in a request guard | 401 | answered | headers | headers | answered |
//! | `.at("/api")`, the base of a mount | headers | answered | headers | headers | answered |
//! | `.at("/api/items")`, one route | headers | answered | headers | none | 404 |
//! | `.at("/<api>/items?<x>")`, a route with parameters | headers | answered | headers | none | 404 |
//! | `.at(..)` another base | none | 404 | none | none | 404 |
//!
//! Rocket has nothing to put around one mount or one route. So a fairing is told its path with
//! [`at`](CorsFairing::at), and of several the closest alone decides about a request, about its
//! preflight too:
//!
//! ```
//! # use cors_core::Policy;
//! # use cors_rocket::CorsFairing;
//! let public = Policy::new().allow_any_origin().compile()?;
//! let admin = Policy::new()
//!     .allow_origins(["https://admin.example.com"])
//!     .allow_methods(["PUT", "DELETE"])
//!     .compile()?;
//!
//! let rocket = rocket::build()
//!     .attach(CorsFairing::new(public))
//!     .attach(CorsFairing::new(admin).at("/admin"));
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! Two that are as close are around one another, and the one attached last is outside: the inner one
//! decides about responses, and the outer one answers preflights.
//!
//! # What it cannot do
//!
//! - Keep anyone from asking. A denied request runs its handler, and its answer is hidden from the
//!   script alone. Take the guard [`AllowedOrigin`] where that is not enough.
//! - See rocket's `_method`. Rocket turns a form's `POST` whose first field is `_method=put` into a
//!   `PUT` before any fairing runs, and a browser sends such a form to any site without a preflight.
//!   A `PUT`, `PATCH` or `DELETE` route that takes a form, or no body, is therefore open to every
//!   site, whatever the policy, unless it takes [`AllowedOrigin`].
//! - See a header line that is not UTF-8: rocket drops it. A preflight with such an `Origin` or
//!   requested method is no preflight to a fairing, and no browser sends one.
//! - See a request that rocket refuses before its fairings: one with a method beyond its nine, which
//!   is 400, or one that hyper cannot read.
//! - Answer 405: a wrong method is 404 in rocket.
//! - Outlive a predicate that panics: rocket catches the panics of handlers, and of no fairing.
//! - Undo what other fairings do: one that is attached later and writes CORS headers writes over
//!   these.
//!
//! # Versions
//!
//! rocket 0.5.2, with none of its features needed.
//!
//! # More
//!
//! **Origins from managed state.** A predicate is asked at most once for a request, about a parsed
//! origin, and never about one that the policy lists. It sees the request, and through it the state:
//!
//! ```
//! use std::{collections::HashSet, sync::Arc};
//!
//! use cors_rocket::{CorsFairing, Policy};
//! use rocket::tokio::sync::RwLock;
//!
//! #[derive(Clone, Default)]
//! struct Tenants(Arc<RwLock<HashSet<String>>>);
//!
//! # fn main() -> Result<(), cors_core::PolicyErrors> {
//! let cors = Policy::new().dynamic_origins().compile()?;
//! let fairing = CorsFairing::new(cors).allow_origin_if_async(|origin, request| {
//!     let tenants = request.rocket().state::<Tenants>().cloned();
//!     async move {
//!         let Some(tenants) = tenants else { return Err("no tenants are managed") };
//!         Ok(tenants.0.read().await.contains(origin.as_str()))
//!     }
//! });
//! let rocket = rocket::build().manage(Tenants::default()).attach(fairing);
//! # Ok(())
//! # }
//! ```
//!
//! An error is answered with 503, and the handler does not run. Of two fairings on one path, only the
//! inner one calls its predicate for requests other than preflights.
//!
//! **The verdict.** A handler takes [`CorsVerdict`], and whatever is around it, such as a response
//! fairing, asks [`verdict`]:
//!
//! ```
//! use cors_rocket::{CorsVerdict, verdict};
//! use rocket::{fairing::AdHoc, get, routes};
//!
//! #[get("/")]
//! fn handler(cors: CorsVerdict) -> String {
//!     cors.0.to_string()
//! }
//!
//! let rocket = rocket::build().mount("/", routes![handler]).attach(AdHoc::on_response(
//!     "log",
//!     |request, _| {
//!         Box::pin(async move {
//!             if let Some(verdict) = verdict(request) {
//!                 println!("{verdict}");
//!             }
//!         })
//!     },
//! ));
//! ```
//!
//! **A guard.** A WebSocket is no CORS request, and a denied `POST` runs its handler: a handler that
//! takes [`AllowedOrigin`] is run only for allowed origins, and for the server's own. Any other
//! origin gets 403.
//!
//! **Why was it refused?** Feature `tracing` says so in one DEBUG event for each request, with
//! target `cors`, from the fairing that decides about it.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod decided;
mod fairing;
mod framework;
mod guard;
mod predicate;
mod preflight;

pub use cors_core::{
    Cors, Denial, Guard, GuardErrors, Live, Origin, OwnedOrigin, Permission, Policy, PolicyErrors,
    Resources, Verdict,
};
pub use decided::verdict;
pub use fairing::CorsFairing;
pub use framework::{HeaderValue, RocketFramework};
pub use guard::{AllowedOrigin, CorsVerdict, Refusal};

/// A compiled policy with the header values of rocket.
pub(crate) type RocketCors = Cors<RocketFramework>;
