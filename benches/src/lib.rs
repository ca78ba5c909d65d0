//! What the benches share: policies, requests, and a case that asserts its answer and counts its
//! allocations before it is timed.

mod case;
mod request;

pub use case::Case;
pub use request::{actual, preflight, same_origin};

use cors_core::Policy;
use cors_http::HttpCors;
use http::{HeaderMap, Response};

/// The origin that every policy here allows.
pub const ORIGIN: &str = "https://app.example.com";

/// An origin that no policy here allows, of the same length.
pub const STRANGER: &str = "https://app.example.org";

/// How many origins the policies have that are compared.
pub const SCALE: [usize; 4] = [1, 3, 1_000, 1_000_000];

/// What an ordinary policy says, the origins aside.
pub fn policy() -> Policy {
    Policy::new()
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["authorization", "content-type", "x-request-id"])
        .allow_credentials(true)
}

/// An ordinary policy for [`ORIGIN`] and for so many others that there are `origins` in all.
pub fn listed(origins: usize) -> HttpCors {
    let others = (1..origins).map(|n| format!("https://tenant-{n}.example.net"));
    compile(policy().allow_origins(others.chain([ORIGIN.to_owned()])))
}

/// A policy of the benches, compiled.
///
/// # Panics
///
/// If the policy does not compile: the bench is wrong then.
pub fn compile(policy: Policy) -> HttpCors {
    policy.compile_for().expect("the benches' policies are valid")
}

/// A response with room for the headers that CORS adds.
pub fn response() -> Response<()> {
    let mut response = Response::new(());
    *response.headers_mut() = HeaderMap::with_capacity(12);
    response
}
