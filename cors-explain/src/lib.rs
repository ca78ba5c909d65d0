//! Why a browser blocks a request: what it sends, every fault in the responses, the likely causes
//! and a remedy.
//!
//! ```
//! use cors_browser::{Profile, Request, Response};
//! use cors_explain::{Outcome, Report, causes, remedy::Remedy};
//!
//! let request = Request::new("https://app.example.com", "https://api.example.com/items", "PUT");
//! // Stands in for the server: a real one is asked with `Trace`, one request at a time.
//! let report = Report::of(Profile::Chromium, request, |_| Ok(Response::new(404, [("server", "x")])));
//!
//! assert_eq!(report.outcome(), Outcome::Blocked);
//! assert_eq!(report.steps[0].faults[0].code(), "preflight.acao.missing");
//! assert_eq!(causes::likely(&report)[0].slug, "in-front-of-options");
//! let remedy = Remedy::of(&report.request)?;
//! assert!(remedy.headers.contains(&("access-control-allow-methods", "PUT".to_owned())));
//! # Ok::<(), cors_browser::Reason>(())
//! ```
//!
//! The crate sends nothing. A [`Trace`] names the next request, and the caller answers it: from a
//! live server, as `cors explain` does, or from a test. [`har`] answers from a recorded file,
//! [`console`] reads the messages of browsers' consoles, and [`copied`] reads copied commands. [`causes`] and [`remedy`] look at a
//! [`Report`] and never ask again, and [`json`] writes it as an object whose keys do not change.

#![forbid(unsafe_code)]

pub mod causes;
mod codes;
mod command;
pub mod console;
pub mod copied;
pub mod har;
pub mod json;
pub mod remedy;
mod trace;

pub use codes::codes;
pub use command::command;
pub use trace::{End, Outcome, Report, Step, Trace, fix, text};
