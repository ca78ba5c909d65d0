//! Configurations of seven CORS libraries of other languages, as policies of this engine.
//!
//! ```
//! use cors_import::Express;
//!
//! let options: Express = serde_json::from_str(
//!     r#"{"origin": ["https://app.example.com", {"$regex": "\\.example\\.org$"}], "credentials": true}"#,
//! )?;
//! let converted = options.convert()?;
//! let policy = converted.resources.only().expect("it is for every path");
//! assert!(policy.allow_credentials);
//! for difference in &converted.differences {
//!     println!("{difference} [{}]", difference.code());
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Each library is a type with its own option names and defaults, which reads from JSON or TOML in
//! its spelling: [`Express`], [`Flask`], [`Starlette`], [`Django`], [`Sinatra`], [`RackCors`],
//! [`Laravel`]. `convert` makes [`Resources`](cors_core::Resources) of it, and a list of every
//! [`Difference`]. What a policy cannot say is an error that tells what to write in Rust instead:
//! [`Inexpressible`]. [`import`] does both for a text.
//!
//! # What holds
//!
//! - No browser may do under the policy what it may not do under the configuration.
//! - A policy that comes out compiles. What is dangerous in it says `dangerously`.
//! - What was compared: the answers of the real libraries to some 79,000 requests, with a list of
//!   the differences that is checked both ways.

mod converted;
mod difference;
mod django;
mod draft;
mod error;
mod express;
mod flask;
mod how;
mod import;
mod laravel;
mod library;
mod options;
mod output;
mod path;
mod rack_cors;
mod regex;
mod sinatra;
mod starlette;
mod value;

pub use converted::Converted;
pub use difference::{Difference, Rule};
pub use django::Django;
pub use error::{Cause, Inexpressible, Mistake};
pub use express::Express;
pub use flask::Flask;
pub use import::{Format, Unreadable, import};
pub use laravel::Laravel;
pub use library::Library;
pub use rack_cors::RackCors;
pub use sinatra::Sinatra;
pub use starlette::Starlette;
pub use value::Value;
