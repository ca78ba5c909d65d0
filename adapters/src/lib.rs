//! CORS for every Rust web framework: one dependency, one feature for each.
//!
//! Pick the feature that is named like your framework, and read the module's page: *use it, where
//! to put it, what it cannot do, versions, more*. The policy is the same for all:
//! [`core::Policy`].

pub use cors_core as core;

#[cfg(feature = "axum")]
pub use cors_axum as axum;
#[cfg(feature = "http")]
pub use cors_http as http;
#[cfg(feature = "tower")]
pub use cors_tower as tower;

/// The README's example is compiled, so that it stays true.
#[cfg(all(doctest, feature = "axum"))]
#[doc = include_str!("../../README.md")]
struct Readme;
