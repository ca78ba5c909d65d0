//! The CORS engine: a policy, proved once, that decides about request heads.
//!
//! ```
//! use cors_core::{Policy, Verdict, plain::Request};
//!
//! let cors = Policy::new()
//!     .allow_origins(["https://app.example.com"])
//!     .allow_methods(["PUT"])
//!     .compile()?;
//! let preflight = Request::new(
//!     "OPTIONS",
//!     [("origin", "https://app.example.com"), ("access-control-request-method", "PUT")],
//! );
//! assert_eq!(cors.decide(&preflight).verdict(), Verdict::Allow);
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! A [`Policy`] is what its author wrote. [`Policy::compile`] proves it, or reports every mistake
//! at once. [`Cors::decide`] is a pure function of a request's head, and its [`Decision`] holds
//! what to do, with which headers, and why: the [`Verdict`]. The words are those of the
//! [Fetch standard](https://fetch.spec.whatwg.org/#http-cors-protocol).
//!
//! # What it is not
//!
//! - No I/O, no clock, no lock, no log: `no_std` with `alloc`, as the compiler's proof.
//! - No framework: an adapter carries bytes to it and back, through [`Carrier`], [`RequestHead`]
//!   and [`ResponseHead`].
//! - No authorization. CORS tells browsers who may read an answer; it keeps nobody from asking.
//!
//! # What holds
//!
//! - No byte from the network panics, makes an allocation that grows with it, or costs more than
//!   the policy bounds.
//! - No origin is allowed that the author did not write.
//! - [`Cors::decide`] allocates nothing. Only an echo of request headers, in
//!   [`Answer::apply`], allocates: up to 8 KiB.
//!
//! # Features
//!
//! None is on by default. `std`: policies read environment variables. `serde`: [`Policy`] as data. `regex`: origins as regular expressions.
//! Public suffixes are always known.
//!
//! # Reading order
//!
//! `policy`, `data`, `resources`, `compile`, `error`, `reason`, `lint`; `request`, `cors`,
//! `compiled`, `decision`, `answer`, `verdict`, `response`, `source`; then `origin`, `method`,
//! `header` for the rules themselves.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod answer;
mod carrier;
mod compile;
mod compiled;
mod cors;
pub mod data;
mod decision;
mod error;
mod explain;
mod guard;
pub mod header;
mod hints;
mod intern;
mod lint;
pub mod literal;
pub mod method;
mod origin;
pub mod plain;
mod policy;
mod reason;
mod request;
mod resources;
mod response;
mod source;
pub mod syntax;
mod verdict;

pub use answer::Answer;
pub use carrier::Carrier;
pub use cors::Cors;
pub use decision::{Applied, Decision, Detached, Forward};
pub use error::{PolicyError, PolicyErrors};
pub use explain::Explanation;
pub use guard::refuses;
pub use lint::{Lint, Warning};
#[cfg(feature = "regex")]
pub use origin::regex::reach::{BareDot, PatternReach};
pub use origin::{Origin, OwnedOrigin, suffix};
pub use policy::{DEFAULT_MAX_AGE, Policy, input};
pub use reason::Reason;
pub use request::{Lines, RequestField, RequestHead};
pub use resources::Resources;
pub use response::{ResponseField, ResponseHead};
pub use source::{CompiledPolicy, Current, Live, Source};
pub use verdict::{Denial, Kind, Verdict};
