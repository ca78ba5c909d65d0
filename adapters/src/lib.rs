//! CORS for every Rust web framework: one dependency, one feature for each.
//!
//! Pick the feature that is named like your framework, and read the module's page: *use it, where
//! to put it, what it cannot do, versions, more*. The policy is the same for all:
//! [`core::Policy`].

pub use cors_core as core;

#[cfg(feature = "actix-web")]
pub use cors_actix_web as actix_web;
#[cfg(feature = "axum")]
pub use cors_axum as axum;
#[cfg(feature = "file")]
pub use cors_file as file;
#[cfg(feature = "http")]
pub use cors_http as http;
#[cfg(feature = "poem")]
pub use cors_poem as poem;
#[cfg(feature = "rocket")]
pub use cors_rocket as rocket;
#[cfg(feature = "salvo")]
pub use cors_salvo as salvo;
#[cfg(feature = "tower")]
pub use cors_tower as tower;
#[cfg(feature = "warp")]
pub use cors_warp as warp;

/// The README's examples are compiled, so that they stay true.
#[cfg(all(doctest, feature = "axum", feature = "file"))]
#[doc = include_str!("../../README.md")]
struct Readme;

/// The snippets of the general page compile too.
#[cfg(doctest)]
#[doc = include_str!("../../docs/what-is-cors.md")]
struct WhatIsCors;
