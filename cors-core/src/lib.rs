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
//! - No framework: an adapter carries bytes to it and back, through the traits in
//!   [`adapter`].
//! - No authorization. CORS tells browsers who may read an answer; it keeps nobody from asking.
//!
//! # What holds
//!
//! - No byte from the network panics, makes an allocation that grows with it, or costs more than
//!   the policy bounds.
//! - No origin is allowed that the author did not write.
//! - [`Cors::decide`] allocates nothing. The answer to a preflight is a copy of a header map, or
//!   has an echo of request headers of up to 8 KiB, and a handler's own `Vary` is rewritten.
//!
//! # Features
//!
//! All are off by default. `std`: policies read environment variables, and a layer inside another
//! layer is recognized. `serde`: [`Policy`] as data. `regex`: origins as regular expressions. Public
//! suffixes are always known.
//!
//! # Reading order
//!
//! `policy`, `data`, `resources`, `compile`, `error`, `diagnostic`, `lint`; `request`, `cors`,
//! `compiled`, `decision`, `plan`, `answer`, `verdict`, `response`, `source`; then `origin`, `method`,
//! `header` for the rules themselves.

#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

pub mod adapter;
mod answer;
mod compile;
mod compiled;
mod cors;
pub mod data;
mod decision;
mod diagnostic;
mod error;
#[cfg(feature = "tracing")]
mod event;
mod explain;
mod framework;
mod guard;
pub mod header;
mod hints;
#[cfg(feature = "std")]
mod inside;
mod intern;
mod lint;
pub mod literal;
pub mod method;
mod origin;
mod permission;
pub mod plain;
mod plan;
mod policy;
mod request;
mod resources;
mod response;
mod source;
pub mod syntax;
mod vary;
mod verdict;

pub use answer::Answer;
pub use cors::Cors;
pub use decision::{Decision, Detached, Forward};
pub use diagnostic::{Diagnostic, DiagnosticKind, Severity};
pub use error::PolicyErrors;
pub use explain::Explanation;
pub use framework::Framework;
pub use guard::{Guard, GuardErrors, refuses};
#[cfg(feature = "regex")]
pub use origin::regex::reach::{BareDot, PatternReach};
pub use origin::{Origin, OwnedOrigin, suffix};
pub use permission::Permission;
pub use policy::{DEFAULT_MAX_AGE, DEFAULT_PREFLIGHT_STATUS, Policy, input};
pub use request::{Lines, RequestField, RequestHead};
pub use resources::Resources;
pub use response::{ResponseField, ResponseHead};
pub use source::{CompiledPolicy, Current, Live, Source};
pub use verdict::{Denial, Kind, Verdict};
