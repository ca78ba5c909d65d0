//! What an author writes: plain data, unchecked.

#[cfg(feature = "serde")]
pub(crate) mod data;
mod hints;
pub mod input;
pub(crate) mod key;
pub(crate) mod list;
mod setters;

use alloc::{string::String, vec::Vec};

/// How long browsers may cache a preflight, in seconds, unless the policy sets it.
pub const DEFAULT_MAX_AGE: u64 = 600;

/// The status of a preflight's answer, unless the policy sets it.
pub const DEFAULT_PREFLIGHT_STATUS: u16 = 204;

/// A CORS policy, as its author writes it.
///
/// A policy is data: it can be compared, printed, and (with feature `serde`) read from a file.
/// Setters never fail. [`compile`](Self::compile) validates the whole policy and reports every
/// mistake at once. The default has no origin and does not compile.
///
/// ```
/// use cors_core::Policy;
///
/// let cors = Policy::new()
///     .allow_origins(["https://app.example.com", "https://*.example.net", "http://localhost:*"])
///     .allow_methods(["PUT", "DELETE"])
///     .allow_headers(["content-type", "x-api-key"])
///     .max_age(3600)
///     .compile()?;
/// # Ok::<(), cors_core::PolicyErrors>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub struct Policy {
    /// Allowed origins: `https://app.example.com`, `https://*.example.com` (one or more labels,
    /// never the domain itself), `http://localhost:*` (any port, or none), or `*` alone. Custom schemes have any host, as in
    /// `app://.`, and `moz-extension://*` is every host of one.
    pub allow_origins: Vec<String>,
    /// Allowed origins as regular expressions. Each is anchored at both ends and matched against
    /// the origin as browsers serialize it. Needs feature `regex`.
    pub allow_origin_patterns: Vec<String>,
    /// `true` if a predicate, set where the policy is used, may allow more origins.
    pub dynamic_origins: bool,
    /// `true` if a policy without origins is intended. It then denies every origin.
    pub no_origins: bool,
    /// Allowed methods other than `GET`, `HEAD` and `POST`, which need no listing; or `*` alone.
    pub allow_methods: Vec<String>,
    /// Allowed request headers other than the CORS-safelisted ones; or `*` alone, which here
    /// includes `Authorization`.
    pub allow_headers: Vec<String>,
    /// Response headers that scripts may read, other than the CORS-safelisted ones; or `*` alone.
    pub expose_headers: Vec<String>,
    /// `true` if requests may include cookies and client certificates, and scripts may then read
    /// the response.
    pub allow_credentials: bool,
    /// How long browsers may cache a preflight, in seconds: 600 by default, 0 to disable caching,
    /// 86400 at most.
    pub max_age: u64,
    /// `true` to grant preflights that request access to a private network. Browsers have
    /// superseded the header.
    pub allow_private_network: bool,
    /// The status of a preflight's answer: 204, or 200 for clients that reject 204.
    pub preflight_status: u16,
    /// `true` to let scripts of allowed origins read a response's timing in detail, by
    /// `Timing-Allow-Origin`.
    pub allow_timing: bool,
    /// `true` to answer a preflight with 403 and no CORS headers if its method or headers are
    /// denied. Otherwise the response has the full lists, and the browser names the reason.
    pub silent_refusals: bool,
    /// `true` if `GET`, `HEAD` and `POST` pass a preflight only if they are listed. Browsers do not
    /// look these up, so a preflight for any other method gets 403 without CORS headers. Requests
    /// that need no preflight do not change.
    pub only_listed_methods: bool,
    /// `true` to allow the origin `null`, which any site can send from a sandboxed frame.
    pub dangerously_allow_null_origin: bool,
    /// `true` if every origin may read responses with the user's credentials. Any site that a user
    /// visits can then act as that user and read the result.
    pub dangerously_allow_any_origin_with_credentials: bool,
    /// `true` if `http:` origins may be listed together with credentials. Anyone on the user's
    /// network can then act as that user.
    pub dangerously_allow_insecure_origins: bool,
    /// `true` if `*.` may cover a public suffix, as in `https://*.github.io`, together with
    /// credentials. Anyone who registers a name there can then act as the user.
    pub dangerously_allow_public_suffixes: bool,
    /// Origins that were read from text, for errors to name the variable.
    pub(crate) lists: Vec<list::Listed>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            allow_origins: Vec::new(),
            allow_origin_patterns: Vec::new(),
            dynamic_origins: false,
            no_origins: false,
            allow_methods: Vec::new(),
            allow_headers: Vec::new(),
            expose_headers: Vec::new(),
            allow_credentials: false,
            max_age: DEFAULT_MAX_AGE,
            allow_private_network: false,
            preflight_status: DEFAULT_PREFLIGHT_STATUS,
            allow_timing: false,
            silent_refusals: false,
            only_listed_methods: false,
            dangerously_allow_null_origin: false,
            dangerously_allow_any_origin_with_credentials: false,
            dangerously_allow_insecure_origins: false,
            dangerously_allow_public_suffixes: false,
            lists: Vec::new(),
        }
    }
}
