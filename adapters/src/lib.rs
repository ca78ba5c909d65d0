//! CORS for every Rust web framework: one dependency, and one feature for each framework.
//!
//! Enable the feature named after your framework, and read its module's page. The policy is the
//! same for all frameworks:
//!
//! ```
//! use cors_adapters::Policy;
//!
//! let cors = Policy::new()
//!     .allow_origins(["https://app.example.com", "https://*.example.net"])
//!     .allow_methods(["PUT", "DELETE"])
//!     .allow_headers(["authorization", "content-type"])
//!     .compile()?;
//! # Ok::<(), cors_adapters::PolicyErrors>(())
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

pub use cors_core as core;

pub use cors_core::{
    Cors, Denial, Origin, Permission, Policy, PolicyErrors, Resources, Verdict, input::Any,
};

#[cfg(feature = "tenants")]
pub use cors_tenants::{self as tenants, Tenants};

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

// One type, whichever of its frameworks are enabled.
#[cfg(feature = "axum")]
pub use cors_axum::CorsLayer;
#[cfg(all(feature = "tower", not(feature = "axum")))]
pub use cors_tower::CorsLayer;
#[cfg(all(feature = "warp", not(any(feature = "axum", feature = "tower"))))]
pub use cors_warp::CorsLayer;

/// The README's examples are compiled, so they stay true.
#[cfg(all(doctest, feature = "axum", feature = "file"))]
#[doc = include_str!("../../README.md")]
struct Readme;

/// The page about databases compiles.
#[cfg(all(doctest, feature = "axum", feature = "tenants"))]
#[doc = include_str!("../../docs/database.md")]
struct Database;

/// The snippets of the general page compile too.
#[cfg(doctest)]
#[doc = include_str!("../../docs/what-is-cors.md")]
struct WhatIsCors;
