//! The laws of the engine, over generated policies and requests: small alphabets, so that hits and
//! near misses are frequent.

mod origins;
mod paths;
mod policy;
mod preflight;
mod strategy;
#[path = "../support/mod.rs"]
mod support;
mod wire;
