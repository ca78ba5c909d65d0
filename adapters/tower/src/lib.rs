//! CORS as a [tower] layer: for hyper, tonic, axum, and anything that is a service.
//!
//! [tower]: https://docs.rs/tower
//!
//! # Use it
//!
//! ```
//! use cors_tower::{CorsLayer, Policy};
//! use http::{Request, Response};
//! use tower::{ServiceBuilder, service_fn};
//!
//! # fn main() -> Result<(), cors_core::PolicyErrors> {
//! let cors = Policy::new()
//!     .allow_origins(["https://app.example.com", "https://*.example.net"])
//!     .allow_methods(["PUT", "DELETE"])
//!     .compile()?;
//!
//! let service = ServiceBuilder::new()
//!     .layer(CorsLayer::new(cors))
//!     .service(service_fn(|_: Request<()>| async { Ok::<_, ()>(Response::new("hello")) }));
//! # Ok(())
//! # }
//! ```
//!
//! # Where to put it
//!
//! Outside everything that makes a response, and outside authentication above all: a preflight
//! carries no credentials, so that a service which asks for them refuses every preflight.
//!
//! Of two layers around one another the inner one decides about the handler's response, and the
//! outer one about preflights, which it answers.
//!
//! # What it cannot do
//!
//! A service error is no response, and passes as it is: turn errors into responses inside.
//!
//! # Versions
//!
//! `tower-service` 0.3, `http` 1.x. The bodies may be of any type. The service is `Clone`.
//!
//! # More
//!
//! [`CorsLayer::allow_origin_if`] calls a predicate for an origin that the policy does not list, and
//! [`CorsLayer::allow_origin_if_async`] one that is awaited. Neither changes the layer's type. Feature `tracing`: one DEBUG
//! event for each decision.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod future;
mod layer;
mod predicate;

pub use cors_http::{
    Cors, CorsBody, Denial, Guard, GuardErrors, Live, Origin, OwnedOrigin, Permission, Policy,
    PolicyErrors, RequestView, Resources, SentUri, Verdict, refuses, verdict,
};
pub use future::CorsFuture;
pub use layer::{CorsLayer, CorsService};
