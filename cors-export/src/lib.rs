//! A CORS policy as the configuration of a server: nginx, Apache, Caddy, HAProxy or Envoy.
//!
//! ```
//! use cors_core::Policy;
//! use cors_export::{Server, export};
//!
//! let policy = Policy::new().allow_origins(["https://app.example.com"]).allow_methods(["PUT"]);
//! let exported = export(Server::Nginx, &policy.into())?;
//! assert_eq!(exported.parts[0].place, "in http { }");
//! assert!(exported.parts[0].text.contains(r#""~^https://app\.example\.com$" 1;"#));
//! # Ok::<(), cors_export::Inexpressible>(())
//! ```
//!
//! # What holds
//!
//! - An exported configuration never allows more than the policy. [`export`] returns an error with
//!   every reason instead.
//! - Where a server answers a request differently, [`Exported::differences`] says so.
//! - Header values come from the engine: a sample request is decided, and its response is read.
//! - The text is the same for the same policy.
//!
//! # What it is not
//!
//! It does not read or change existing configurations, and it does not start a server. `cargo xtask
//! edge` runs exported configurations in real servers and compares them with the engine.

#![forbid(unsafe_code)]

mod apache;
mod caddy;
mod class;
mod difference;
mod envoy;
mod error;
mod exported;
mod haproxy;
mod nginx;
mod origin;
mod paths;
mod pattern;
mod regex;
mod sample;
mod server;
mod shape;
mod table;

pub use difference::{Difference, Rule};
pub use error::{Cause, Inexpressible, Mistake};
pub use exported::{Exported, Part, export};
pub use server::Server;
