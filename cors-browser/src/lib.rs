//! The browser's half of CORS: what a browser asks before it sends a request, what it checks in
//! the answer, and what it lets a script read.
//!
//! ```
//! use cors_browser::{CorsRequest, Profile, Request, Response};
//!
//! let request = Request::new("https://app.example.com", "https://api.example.com/", "PUT");
//! let request = CorsRequest::new(Profile::Fetch, &request)?;
//! assert!(request.preflight_needed().is_some());
//!
//! let answer = Response::new(204, [("access-control-allow-origin", "https://app.example.com")]);
//! let reason = request.preflight_check(&answer).expect_err("PUT is not listed");
//! assert_eq!(reason.code(), "preflight.method.not-allowed");
//! assert_eq!(reason.fix(), Some("access-control-allow-methods: PUT"));
//! # Ok::<(), cors_browser::Reason>(())
//! ```
//!
//! A [`Request`] is what a script asks for. A [`CorsRequest`] is what a browser makes of it, with
//! every step of the [Fetch standard](https://fetch.spec.whatwg.org/#http-cors-protocol) to be
//! taken one by one. A [`Fetch`] takes all of them, redirects included, and says what is to be sent
//! next: it does no I/O either. [`fetch`] does the same with a function that answers.
//!
//! # What holds
//!
//! - Each check names the first fault in the order of the [`Profile`], and its twin in the plural
//!   names all of them in the same order.
//! - No byte of a response panics. A check that passes costs what the response's length does, its names
//!   sorted; one that does not, that for each fault, of which there are as many as the request has
//!   headers, and a few.
//! - What the engine's [`Verdict`](cors_core::Verdict) allows passes here, and what it denies is
//!   blocked for the same reason: a law that the tests hold over generated policies.
//!
//! # What it is not
//!
//! It knows CORS alone: no mixed content, no Content Security Policy, no cookies' own rules, no
//! access to private networks. A URL is read strictly, as a browser writes it.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod cache;
mod check;
mod cors_request;
mod fetch;
mod mime;
mod preflight;
mod profile;
mod readable;
mod reason;
mod redirect;
mod request;
mod response;
mod safelist;
mod url;

pub use cache::Cache;
pub use cors_request::{CorsRequest, Why};
pub use fetch::{Fetch, Outcome, Sent, Step, fetch};
pub use profile::Profile;
pub use reason::{Cause, Reason, Stage};
pub use request::{Credentials, Mode, Request};
pub use response::Response;
pub use safelist::{is_forbidden_request_header, is_safelisted_request_header};
