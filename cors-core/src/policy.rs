//! What an author writes: plain data, unchecked.

#[cfg(feature = "serde")]
pub(crate) mod data;
pub(crate) mod key;

use alloc::{string::String, vec::Vec};

/// The seconds for which a browser may keep a preflight's answer, unless set.
pub const DEFAULT_MAX_AGE: u64 = 600;

/// A CORS policy, as its author writes it.
///
/// It is data: it can be compared, printed, and (with feature `serde`) read from a file. Setters
/// never fail; [`compile`](Self::compile) proves the whole and reports every mistake at once. The
/// default allows nothing, and does not compile: it has no origin.
///
/// ```
/// use cors_core::{Cors, Policy};
///
/// let cors: Cors = Policy::new()
///     .allow_origins(["https://app.example.com", "https://*.example.net", "http://localhost:*"])
///     .allow_methods(["PUT", "DELETE"])
///     .allow_headers(["content-type", "x-api-key"])
///     .max_age(3600)
///     .compile()?;
/// # Ok::<(), cors_core::PolicyErrors>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Policy {
    /// Origins that may read: `https://app.example.com`, `https://*.example.com` (one or more
    /// labels, never the domain itself), `http://localhost:*` (any port, or none), or only `*`.
    pub allow_origins: Vec<String>,
    /// Origins as regular expressions, each anchored at both ends and matched on the origin as
    /// browsers serialize it.
    #[cfg(feature = "regex")]
    pub allow_origin_patterns: Vec<String>,
    /// Whether a predicate, given where the policy is used, allows further origins.
    pub dynamic_origins: bool,
    /// Methods beyond `GET`, `HEAD` and `POST`, which need no listing; or only `*`.
    pub allow_methods: Vec<String>,
    /// Request headers beyond the CORS-safelisted ones; or only `*`, which here covers
    /// `Authorization` too.
    pub allow_headers: Vec<String>,
    /// Response headers that a script may read beyond the CORS-safelisted ones; or only `*`.
    pub expose_headers: Vec<String>,
    /// Whether a request may carry the user's cookies and certificates, and its answer be read.
    pub allow_credentials: bool,
    /// For how many seconds a browser may keep a preflight's answer: 600 unless set, 0 for not at
    /// all, 86400 at most.
    pub max_age: u64,
    /// Whether a successful preflight that asks for it is told that a private network may be
    /// reached. Browsers have superseded the header.
    pub allow_private_network: bool,
    /// Whether a preflight denied for its method or headers is answered 403 without CORS headers,
    /// where otherwise the full lists let the browser name the reason.
    pub silent_refusals: bool,
    /// Whether `GET`, `HEAD` and `POST` pass a preflight only where they are listed. Browsers do not
    /// look them up, so that a preflight for another method is answered 403 without CORS headers.
    /// A request that needs no preflight is as it always is.
    pub only_listed_methods: bool,
    /// Whether the origin `null` is allowed. Any site can have it, in a sandboxed frame.
    pub dangerously_allow_null_origin: bool,
    /// Whether every origin may read with the user's credentials. Any site that a user visits can
    /// then act as that user, and read what comes back.
    pub dangerously_allow_any_origin_with_credentials: bool,
    /// Whether a plain `http:` origin may be listed together with credentials. Anyone on the
    /// user's network can then act as that user.
    pub dangerously_allow_insecure_origins: bool,
    /// Whether `*.` may stand over a public suffix, as in `https://*.github.io`, together with
    /// credentials. Anyone who registers a name there can then act as the user.
    pub dangerously_allow_public_suffixes: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            allow_origins: Vec::new(),
            #[cfg(feature = "regex")]
            allow_origin_patterns: Vec::new(),
            dynamic_origins: false,
            allow_methods: Vec::new(),
            allow_headers: Vec::new(),
            expose_headers: Vec::new(),
            allow_credentials: false,
            max_age: DEFAULT_MAX_AGE,
            allow_private_network: false,
            silent_refusals: false,
            only_listed_methods: false,
            dangerously_allow_null_origin: false,
            dangerously_allow_any_origin_with_credentials: false,
            dangerously_allow_insecure_origins: false,
            dangerously_allow_public_suffixes: false,
        }
    }
}

impl Policy {
    /// A policy that allows nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds origins to [`allow_origins`](Self::allow_origins).
    pub fn allow_origins<T: AsRef<str>>(mut self, origins: impl IntoIterator<Item = T>) -> Self {
        extend(&mut self.allow_origins, origins);
        self
    }

    /// Allows every origin, without credentials.
    pub fn allow_any_origin(self) -> Self {
        self.allow_origins(["*"])
    }

    /// Adds patterns to [`allow_origin_patterns`](Self::allow_origin_patterns).
    ///
    /// ```
    /// use cors_core::{Cors, Policy};
    /// let cors: Cors =
    ///     Policy::new().allow_origin_patterns([r"https://pr-[0-9]+\.example\.com"]).compile()?;
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    #[cfg(feature = "regex")]
    pub fn allow_origin_patterns<T: AsRef<str>>(
        mut self,
        patterns: impl IntoIterator<Item = T>,
    ) -> Self {
        extend(&mut self.allow_origin_patterns, patterns);
        self
    }

    /// Says that a predicate allows further origins: see
    /// [`Cors::decide_with`](crate::Cors::decide_with). Without this a policy that lists no origin
    /// does not compile.
    pub fn dynamic_origins(mut self) -> Self {
        self.dynamic_origins = true;
        self
    }

    /// Adds methods to [`allow_methods`](Self::allow_methods).
    pub fn allow_methods<T: AsRef<str>>(mut self, methods: impl IntoIterator<Item = T>) -> Self {
        extend(&mut self.allow_methods, methods);
        self
    }

    /// Adds names to [`allow_headers`](Self::allow_headers).
    pub fn allow_headers<T: AsRef<str>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        extend(&mut self.allow_headers, names);
        self
    }

    /// Adds names to [`expose_headers`](Self::expose_headers).
    pub fn expose_headers<T: AsRef<str>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        extend(&mut self.expose_headers, names);
        self
    }

    /// Sets [`allow_credentials`](Self::allow_credentials).
    pub fn allow_credentials(mut self, allow: bool) -> Self {
        self.allow_credentials = allow;
        self
    }

    /// Sets [`max_age`](Self::max_age), in seconds.
    pub fn max_age(mut self, seconds: u64) -> Self {
        self.max_age = seconds;
        self
    }

    /// Sets [`allow_private_network`](Self::allow_private_network).
    pub fn allow_private_network(mut self, allow: bool) -> Self {
        self.allow_private_network = allow;
        self
    }

    /// Sets [`silent_refusals`](Self::silent_refusals).
    pub fn silent_refusals(mut self, silent: bool) -> Self {
        self.silent_refusals = silent;
        self
    }

    /// Sets [`only_listed_methods`](Self::only_listed_methods).
    pub fn only_listed_methods(mut self, only: bool) -> Self {
        self.only_listed_methods = only;
        self
    }

    /// Sets [`dangerously_allow_null_origin`](Self::dangerously_allow_null_origin).
    pub fn dangerously_allow_null_origin(mut self) -> Self {
        self.dangerously_allow_null_origin = true;
        self
    }

    /// Sets
    /// [`dangerously_allow_any_origin_with_credentials`](Self::dangerously_allow_any_origin_with_credentials),
    /// which stands for `*` and for credentials. The origin `null` stays denied.
    pub fn dangerously_allow_any_origin_with_credentials(mut self) -> Self {
        self.dangerously_allow_any_origin_with_credentials = true;
        self
    }

    /// Sets [`dangerously_allow_insecure_origins`](Self::dangerously_allow_insecure_origins).
    pub fn dangerously_allow_insecure_origins(mut self) -> Self {
        self.dangerously_allow_insecure_origins = true;
        self
    }

    /// Sets [`dangerously_allow_public_suffixes`](Self::dangerously_allow_public_suffixes).
    pub fn dangerously_allow_public_suffixes(mut self) -> Self {
        self.dangerously_allow_public_suffixes = true;
        self
    }
}

fn extend<T: AsRef<str>>(list: &mut Vec<String>, items: impl IntoIterator<Item = T>) {
    list.extend(items.into_iter().map(|item| item.as_ref().into()));
}
