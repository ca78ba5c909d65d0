//! The laws of the engine, over generated policies and requests: small alphabets, so that hits and
//! near misses are frequent.

#[cfg(feature = "browser")]
mod browser;
mod origins;
mod paths;
mod policy;
mod preflight;
mod strategy;
#[path = "../support/mod.rs"]
mod support;
mod wire;
