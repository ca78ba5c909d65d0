//! One suite for every CORS adapter: the cases as rows of data, and what runs them.
//!
//! It knows the engine and no framework. An adapter joins by implementing [`Adapter`], *an adapter
//! seen from outside: bytes in, bytes out*, and gets every case as a test of its own name:
//!
//! ```no_run
//! use cors_conformance::{Adapter, App, Request, Response};
//!
//! struct Framework;
//!
//! impl Adapter for Framework {
//!     fn name(&self) -> &str {
//!         "framework"
//!     }
//!
//!     fn answer(&self, app: &App, request: &Request) -> Response {
//!         let reply = app.spy.call(&request.method, &request.path);
//!         // The framework's response is made of `reply`, and its layer of `app.compile()`.
//!         # Response { status: reply.status, headers: Vec::new(), body: Vec::new() }
//!     }
//! }
//!
//! fn main() {
//!     cors_conformance::main(&[&Framework], &[]);
//! }
//! ```
//!
//! The manifest says `harness = false` for that test. How rows are written stands in the README.

mod adapter;
mod between;
mod bless;
mod case;
mod compare;
mod events;
mod exchange;
mod guard;
mod harness;
#[cfg(feature = "http")]
pub mod http;
mod message;
mod nested;
mod notation;
mod predicate;
mod row;
mod spy;
mod swaps;
pub mod tcp;
pub mod transcript;

pub use adapter::{Adapter, App};
pub use between::{Between, Head};
pub use events::{check_events, events_policy};
pub use exchange::{Exchange, exchanges};
pub use guard::{check_guard, guarded_policy};
pub use harness::{Exception, main, main_with};
pub use message::{Request, Response};
pub use nested::{check_nested, nested_policies};
pub use predicate::{Predicate, permission};
pub use spy::{Body, Reply, Route, Spy, routes};
pub use swaps::{Swapped, Test, swaps};
