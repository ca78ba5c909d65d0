//! CORS policies in files: TOML or JSON, loaded in one line, checked like a compiler does, and
//! reloaded while they are served.
//!
//! ```toml
//! #:schema https://…/docs/policy.schema.json
//! allow_origins = ["https://app.example.com"]
//! allow_methods = ["PUT"]
//! ```
//!
//! ```no_run
//! use cors_core::Cors;
//!
//! let cors: Cors = cors_file::load("policy.toml")?;
//! # Ok::<(), cors_file::Report>(())
//! ```
//!
//! The framework follows from where the policy goes: an adapter's own `Cors` is inferred. What cannot
//! be used is an error that prints every mistake with its line, as `cors check` does:
//!
//! ```text
//! error[unknown-key]: unknown key "allow_method"
//!  --> policy.toml:2:1
//!   |
//! 2 | allow_method = ["PUT"]
//!   | ^^^^^^^^^^^^
//!   = help: write allow_methods
//! ```
//!
//! # What a file holds
//!
//! The keys of one policy: the fields of [`Policy`](cors_core::Policy), by their names. `allowed_` may
//! stand for `allow_` and `exposed_` for `expose_`, and every key may be written in camelCase. Or
//! `resources`, a table of paths. Each has a policy, the path whose policy it
//! shares, or `"none"`:
//!
//! ```toml
//! [resources]
//! "/login" = "/api/*"
//! "/api/health" = "none"
//!
//! [resources."/api/*"]
//! allow_origins = ["https://app.example.com"]
//! ```
//!
//! A file of either form can have a guard, which [answers strangers' writes with
//! 403](cors_core::Guard). Its hosts are those that the server is reached under:
//!
//! ```toml
//! [guard]
//! own_hosts = ["api.example.com"]
//! ```
//!
//! [`schema`] describes the same to editors.
//!
//! # In an application's own file
//!
//! [`load_table`] reads a policy from a table such as `[cors]`, and `cors check app.toml --table cors`
//! checks it. The rest of the file is not looked at.
//!
//! # The environment
//!
//! [`load`] and [`watch`] let the process's environment stand in the place of what the file says:
//! `CORS_ALLOW_ORIGINS`, `CORS_MAX_AGE`, and so on, `CORS_` and the key in capitals.
//! [`PolicyFile::overridden_by`] takes any other variables, or none.
//!
//! - A list is separated by commas; white space around an entry is left out, and an empty variable
//!   is an empty list. A regular expression with a comma can only be written in the file.
//! - A switch is `true` or `false`.
//! - Quotes, a JSON array, semicolons and spaces in a list are errors that say what to write.
//!   `cors check --env` finds them in the environment that it runs in.
//! - What is not near to any key (`CORS_PROXY_URL`) is somebody else's. What is near (`CORS_MAXAGE`)
//!   is an error.
//! - A switch that is named `dangerously` can be switched off, and is switched on in the file alone.
//! - A file with `resources` cannot be overridden: what is meant for one path would widen others.
//!
//! # While serving
//!
//! [`watch`] gives what an adapter's `live` takes:
//!
//! ```no_run
//! use cors_core::{Live, plain::Plain};
//!
//! let live = cors_file::watch::<Plain>("policy.toml")?;
//! let cors = live.current(); // once for each request, which adapters do
//! # Ok::<(), cors_file::Report>(())
//! ```
//!
//! The file is looked at twice a second. See [`PolicyFile::watch`] for what holds.
//!
//! # What it is not
//!
//! - No judge of its own: whether a policy can be used is for
//!   [`Resources::compile`](cors_core::Resources::compile) to say, and what is doubtful for
//!   [`Policy::warnings`](cors_core::Policy::warnings). This crate knows where it is written.
//! - No framework.

#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod bounded;
mod document;
mod draft;
mod environment;
mod finding;
mod from_json;
mod from_toml;
mod guard;
mod locate;
mod place;
mod policy_file;
mod prove;
mod read;
mod schema;
mod settle;
mod table;
mod watch;

use std::path::PathBuf;

use cors_core::{Cors, Framework};

pub use cors_core::Severity;
pub use finding::{Finding, Report};
pub use place::Place;
pub use policy_file::PolicyFile;
pub use schema::schema;
pub use watch::Watched;

/// Reads and compiles a policy, with what the process's environment overrides in it.
///
/// # Errors
///
/// Every mistake, with its place.
pub fn load(path: impl Into<PathBuf>) -> Result<Cors, Report> {
    PolicyFile::new(path).overridden_by(std::env::vars_os()).load()
}

/// Like [`load`], for a policy in a table of an application's own file: see [`PolicyFile::table`].
///
/// ```no_run
/// let cors = cors_file::load_table("app.toml", "cors")?;
/// # Ok::<(), cors_file::Report>(())
/// ```
///
/// # Errors
///
/// Every mistake, with its place.
pub fn load_table(path: impl Into<PathBuf>, table: &str) -> Result<Cors, Report> {
    PolicyFile::new(path).table(table).overridden_by(std::env::vars_os()).load()
}

/// As [`load`], and follows the file while it is served: see [`PolicyFile::watch`].
///
/// # Errors
///
/// Every mistake, with its place; or there can be no thread.
pub fn watch<C: Framework>(path: impl Into<PathBuf>) -> Result<Watched<C>, Report> {
    PolicyFile::new(path).overridden_by(std::env::vars_os()).watch()
}
