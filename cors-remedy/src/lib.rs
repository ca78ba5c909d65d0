//! Remedies: what to paste where so that a blocked request passes.
//!
//! ```
//! use cors_browser::{Request, Response};
//! use cors_remedy::{Place, Union, identify, remedy};
//!
//! let request = Request::new("http://localhost:5173", "https://api.example.com/", "GET");
//! let answer = Response::new(200, [
//!     ("server", "nginx/1.22.1"),
//!     ("access-control-allow-origin", "https://app.example.com"),
//! ]);
//! let union = Union::of(&request, None, Some(&answer)).expect("a policy helps");
//! assert_eq!(union.policy.allow_origins, ["https://app.example.com", "http://localhost:5173"]);
//! let place = identify([&answer]).expect("it says who it is");
//! assert_eq!(place, Place::Nginx);
//! assert!(remedy(place, &union.policy).text.contains("http://localhost:5173"));
//! ```
//!
//! # What holds
//!
//! - A remedy allows what the answers allowed before and what the request needs, and nothing else.
//! - No remedy allows the origin `null`, or a method in the wrong case. The script or the page has to
//!   change there, and [`Union::of`] says so.
//! - Servers that can be exported to get the configuration of `cors-export`.

#![forbid(unsafe_code)]

mod edge;
mod frameworks;
mod gateways;
mod identify;
mod javascript;
mod others;
mod place;
mod python;
mod rust;
mod union;

pub use identify::identify;
pub use place::{Place, Remedy, remedy};
pub use union::{Instead, Union};
