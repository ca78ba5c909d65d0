//! A server held to a CORS policy: the requests that show whether it keeps the policy, and what a
//! browser concludes from its answers.
//!
//! ```
//! use cors_browser::Response;
//! use cors_core::Policy;
//! use cors_verify::{judge, probes};
//!
//! let cors = Policy::new().allow_origins(["https://app.example.com"]).compile()?;
//! let probes = probes(&cors, &["/".to_owned()]);
//! // A server that answers every request alike, and names the origin of whoever asks.
//! let open = Response::new(200, [("access-control-allow-origin", "https://evil.test")]);
//! let stranger = probes.iter().find(|probe| probe.origin() == Some("https://evil.test")).unwrap();
//! let findings = judge(&cors, stranger, &open, false);
//! assert_eq!(findings[0].code(), "stranger-reads");
//! # Ok::<(), cors_core::PolicyErrors>(())
//! ```
//!
//! # What holds
//!
//! - At most [`LIMIT`] requests are derived, the same ones for the same policy.
//! - Only `GET`, `HEAD` and `OPTIONS` are used, so no request changes anything.
//! - A server that answers as the engine does has no findings.
//!
//! # What it is not
//!
//! It sends nothing: the command `cors verify` does. [`record`] and [`suggest`] make policies for
//! servers that have none.

#![forbid(unsafe_code)]

mod conclusion;
mod finding;
mod judge;
mod origins;
mod probe;
pub mod record;
pub mod suggest;

pub use conclusion::{Conclusion, Way};
pub use finding::{Code, Finding, Severity};
pub use judge::judge;
pub use probe::{LIMIT, Probe, probes};
