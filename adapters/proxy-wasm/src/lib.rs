//! CORS for proxies with a WebAssembly host, such as Envoy and Istio.
//!
//! The module has no functions to call: a proxy loads it, passes the policy as the plugin's
//! configuration, and calls the filter for each request. See the README for configurations.
//!
//! [`policies`] reads the configuration. It has its own reader of TOML and JSON: the parsers of
//! cors-file would triple the module. A test holds the two to the same results.

mod document;
#[cfg(target_arch = "wasm32")]
mod filter;
mod json;
mod read;
mod text;
mod toml;

pub use read::policies;
