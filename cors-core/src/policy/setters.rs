//! The setters of a policy. None of them fails.

use super::{
    Policy,
    input::{Seconds, Texts},
};

impl Policy {
    /// Creates a policy without origins. It does not compile until it has one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a policy that allows any origin, method and request header, and exposes every
    /// response header, without credentials. It always compiles.
    ///
    /// ```
    /// # use cors_core::Policy;
    /// let cors = Policy::permissive().compile()?;
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    #[doc(alias = "very_permissive")]
    #[doc(alias = "Any")]
    pub fn permissive() -> Self {
        Self::new()
            .allow_any_origin()
            .allow_methods(["*"])
            .allow_headers(["*"])
            .expose_headers(["*"])
    }

    /// Creates a policy that denies every origin, and compiles. Origins can still be added.
    ///
    /// ```
    /// # use cors_core::Policy;
    /// let cors = Policy::none().compile()?;
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    #[doc(alias = "deny_all")]
    pub fn none() -> Self {
        Self { no_origins: true, ..Self::new() }
    }

    /// Adds one origin to [`allow_origins`](Self::allow_origins). The other origins stay.
    #[must_use]
    #[doc(alias = "allowed_origin")]
    pub fn allow_origin<M>(self, origin: impl Texts<M>) -> Self {
        self.allow_origins(origin)
    }

    /// Adds origins to [`allow_origins`](Self::allow_origins): one, or a list.
    #[must_use]
    #[doc(alias = "allowed_origins")]
    pub fn allow_origins<M>(mut self, origins: impl Texts<M>) -> Self {
        origins.add_to(&mut self.allow_origins);
        self
    }

    /// Allows every origin, without credentials.
    #[must_use]
    #[doc(alias = "Any")]
    #[doc(alias = "send_wildcard")]
    pub fn allow_any_origin(self) -> Self {
        self.allow_origins("*")
    }

    /// Adds patterns to [`allow_origin_patterns`](Self::allow_origin_patterns). They need feature
    /// `regex`: without it, [`compile`](Self::compile) reports an error.
    ///
    /// ```
    /// use cors_core::Policy;
    /// let policy = Policy::new().allow_origin_patterns([r"https://pr-[0-9]+\.example\.com"]);
    /// # #[cfg(feature = "regex")]
    /// let cors = policy.compile()?;
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    #[must_use]
    #[doc(alias = "allow_origin_regex")]
    #[doc(alias = "allowed_origins_regex")]
    pub fn allow_origin_patterns<M>(mut self, patterns: impl Texts<M>) -> Self {
        patterns.add_to(&mut self.allow_origin_patterns);
        self
    }

    /// Sets [`dynamic_origins`](Self::dynamic_origins): a predicate may allow more origins, and the
    /// policy compiles without a listed one.
    ///
    /// The predicate itself is given to the adapter, as in `CorsLayer::allow_origin_if`.
    #[must_use]
    #[doc(alias = "allow_origin_if")]
    #[doc(alias = "allow_origin_fn")]
    #[doc(alias = "AllowOrigin")]
    pub fn dynamic_origins(mut self) -> Self {
        self.dynamic_origins = true;
        self
    }

    /// Adds methods to [`allow_methods`](Self::allow_methods): one, or a list.
    ///
    /// Types that convert to `str` work too, such as `http::Method::PUT`.
    #[must_use]
    #[doc(alias = "allow_method")]
    #[doc(alias = "allowed_methods")]
    #[doc(alias = "allow_any_method")]
    pub fn allow_methods<M>(mut self, methods: impl Texts<M>) -> Self {
        methods.add_to(&mut self.allow_methods);
        self
    }

    /// Adds names to [`allow_headers`](Self::allow_headers): one, or a list.
    ///
    /// Types that convert to `str` work too, such as `http::header::AUTHORIZATION`.
    #[must_use]
    #[doc(alias = "allow_header")]
    #[doc(alias = "allowed_headers")]
    #[doc(alias = "allow_any_header")]
    pub fn allow_headers<M>(mut self, names: impl Texts<M>) -> Self {
        names.add_to(&mut self.allow_headers);
        self
    }

    /// Adds names to [`expose_headers`](Self::expose_headers): one, or a list.
    #[must_use]
    #[doc(alias = "expose_header")]
    #[doc(alias = "exposed_headers")]
    #[doc(alias = "expose_any_header")]
    pub fn expose_headers<M>(mut self, names: impl Texts<M>) -> Self {
        names.add_to(&mut self.expose_headers);
        self
    }

    /// Sets [`allow_credentials`](Self::allow_credentials).
    #[must_use]
    #[doc(alias = "supports_credentials")]
    pub fn allow_credentials(mut self, allow: bool) -> Self {
        self.allow_credentials = allow;
        self
    }

    /// Sets [`max_age`](Self::max_age): whole seconds, or a [`Duration`](core::time::Duration),
    /// which is rounded down.
    ///
    /// ```
    /// # use cors_core::Policy;
    /// use std::time::Duration;
    ///
    /// assert_eq!(Policy::new().max_age(60), Policy::new().max_age(Duration::from_secs(60)));
    /// ```
    #[must_use]
    pub fn max_age(mut self, max_age: impl Seconds) -> Self {
        self.max_age = max_age.seconds();
        self
    }

    /// Sets [`allow_private_network`](Self::allow_private_network).
    #[must_use]
    pub fn allow_private_network(mut self, allow: bool) -> Self {
        self.allow_private_network = allow;
        self
    }

    /// Sets [`preflight_status`](Self::preflight_status): 204, or 200 for clients that reject 204.
    #[must_use]
    #[doc(alias = "options_success_status")]
    #[doc(alias = "preflight_success_status")]
    pub fn preflight_status(mut self, status: u16) -> Self {
        self.preflight_status = status;
        self
    }

    /// Sets [`allow_timing`](Self::allow_timing): scripts of allowed origins may read when a response
    /// was requested and received, in detail.
    #[must_use]
    #[doc(alias = "timing_allow_origin")]
    pub fn allow_timing(mut self, allow: bool) -> Self {
        self.allow_timing = allow;
        self
    }

    /// Adds what grpc-web needs: the request headers `content-type`, `x-grpc-web`, `x-user-agent` and
    /// `grpc-timeout` are allowed, and scripts may read `grpc-status`, `grpc-message` and
    /// `grpc-status-details-bin`.
    ///
    /// ```
    /// # use cors_core::Policy;
    /// let cors = Policy::new()
    ///     .allow_origin("https://app.example.com")
    ///     .allow_headers("authorization")
    ///     .grpc_web()
    ///     .compile()?;
    /// # Ok::<(), cors_core::PolicyErrors>(())
    /// ```
    #[must_use]
    pub fn grpc_web(self) -> Self {
        self.allow_headers(["content-type", "x-grpc-web", "x-user-agent", "grpc-timeout"])
            .expose_headers(["grpc-status", "grpc-message", "grpc-status-details-bin"])
    }

    /// Sets [`silent_refusals`](Self::silent_refusals).
    #[must_use]
    pub fn silent_refusals(mut self, silent: bool) -> Self {
        self.silent_refusals = silent;
        self
    }

    /// Sets [`only_listed_methods`](Self::only_listed_methods).
    #[must_use]
    pub fn only_listed_methods(mut self, only: bool) -> Self {
        self.only_listed_methods = only;
        self
    }

    /// Sets [`dangerously_allow_null_origin`](Self::dangerously_allow_null_origin).
    #[must_use]
    pub fn dangerously_allow_null_origin(mut self) -> Self {
        self.dangerously_allow_null_origin = true;
        self
    }

    /// Sets
    /// [`dangerously_allow_any_origin_with_credentials`](Self::dangerously_allow_any_origin_with_credentials),
    /// which includes `*` and credentials. The origin `null` stays denied.
    #[must_use]
    #[doc(alias = "very_permissive")]
    #[doc(alias = "mirror_request")]
    pub fn dangerously_allow_any_origin_with_credentials(mut self) -> Self {
        self.dangerously_allow_any_origin_with_credentials = true;
        self
    }

    /// Sets [`dangerously_allow_insecure_origins`](Self::dangerously_allow_insecure_origins).
    #[must_use]
    pub fn dangerously_allow_insecure_origins(mut self) -> Self {
        self.dangerously_allow_insecure_origins = true;
        self
    }

    /// Sets [`dangerously_allow_public_suffixes`](Self::dangerously_allow_public_suffixes).
    #[must_use]
    pub fn dangerously_allow_public_suffixes(mut self) -> Self {
        self.dangerously_allow_public_suffixes = true;
        self
    }
}
