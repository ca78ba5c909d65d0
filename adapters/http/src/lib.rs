//! CORS for plain [`http`] types: the reference adapter.
//!
//! It is for a server that is written on `http` alone, such as one on hyper, and for adapters of
//! frameworks that use `http` 1.x. With a tower service take `cors-tower`, which is built on this.
//!
//! # Use it
//!
//! ```
//! use cors_http::Policy;
//! use http::{Request, Response, header};
//!
//! async fn hello(_: Request<()>) -> Result<Response<&'static str>, std::convert::Infallible> {
//!     Ok(Response::new("hello"))
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let cors = Policy::new().allow_origin("https://app.example.com").compile()?.render();
//!
//! let request = Request::get("/").header(header::ORIGIN, "https://app.example.com").body(())?;
//! let response = cors_http::serve(&cors, request, hello);
//! # let response = tokio::runtime::Builder::new_current_thread().build()?.block_on(response)?;
//! assert_eq!(response.headers()[header::VARY], "Origin");
//! # Ok(())
//! # }
//! ```
//!
//! # Where to put it
//!
//! Around everything that makes a response: a 404 or 500 made outside carries no headers, and
//! browsers then hide it from scripts.
//!
//! # What it cannot do
//!
//! It sees heads, not connections: a request that the server itself refuses, such as one with too
//! many headers, is answered without it.
//!
//! # Versions
//!
//! `http` 1.x.
//!
//! # More
//!
//! Feature `tracing`: one DEBUG event for each decision, with target `cors`: see
//! [`event`](cors_core::adapter::event).
//!
//! Feature `jsonp`: the module of that name, for pages that cannot use CORS.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod framework;
#[cfg(feature = "jsonp")]
pub mod jsonp;
mod mark;
mod response;
mod serve;

pub use body::CorsBody;
pub use cors_core::{
    Cors, Denial, Guard, GuardErrors, Live, Origin, OwnedOrigin, Permission, Policy, PolicyErrors,
    Resources, Verdict,
};
pub use framework::{Http, RequestView, SentUri};
pub use mark::{leave_verdict, verdict};
pub use response::{HttpResponse, Leave, ResponseView};
pub use serve::{Pending, answer, decide, refuses, serve, serve_if, serve_if_async};

/// A compiled policy with the header values of `http`: made by
/// [`Cors::render`](cors_core::Cors::render).
pub type HttpCors = cors_core::Cors<Http>;

/// The page's example is compiled, so that it stays true.
#[cfg(all(doctest, feature = "jsonp"))]
#[doc = include_str!("../../../docs/jsonp.md")]
struct Jsonp;
