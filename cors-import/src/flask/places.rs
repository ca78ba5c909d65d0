//! The options of Flask-CORS, from both places.

use crate::{Value, options::options};

options! {
    /// The arguments of `CORS(app, …)`, and the keys of `app.config` behind them.
    pub struct Flask {
        /// Everybody unless set. Texts with certain characters are regular expressions.
        origins = "origins",
        /// Seven unless set.
        methods = "methods",
        /// Any unless set.
        allow_headers = "allow_headers",
        /// None unless set.
        expose_headers = "expose_headers",
        /// False unless set.
        supports_credentials = "supports_credentials",
        /// Not told unless set.
        max_age = "max_age",
        /// Whether everybody is told by `*`.
        send_wildcard = "send_wildcard",
        /// Not carried over: `Vary` always says what it has to.
        vary_header = "vary_header",
        /// Not carried over: without an `Origin` there is nothing to say.
        always_send = "always_send",
        /// Not carried over: preflights are always answered.
        automatic_options = "automatic_options",
        /// Not carried over.
        intercept_exceptions = "intercept_exceptions",
        /// False unless set.
        allow_private_network = "allow_private_network",
        /// Every path unless set: a pattern, a list, or a table of options by pattern.
        resources = "resources",
        /// `app.config`, for what is absent above.
        config_origins = "CORS_ORIGINS",
        /// As above.
        config_methods = "CORS_METHODS",
        /// As above.
        config_allow_headers = "CORS_ALLOW_HEADERS",
        /// As above.
        config_expose_headers = "CORS_EXPOSE_HEADERS",
        /// As above.
        config_supports_credentials = "CORS_SUPPORTS_CREDENTIALS",
        /// As above.
        config_max_age = "CORS_MAX_AGE",
        /// As above.
        config_send_wildcard = "CORS_SEND_WILDCARD",
        /// As above.
        config_vary_header = "CORS_VARY_HEADER",
        /// As above.
        config_always_send = "CORS_ALWAYS_SEND",
        /// As above.
        config_automatic_options = "CORS_AUTOMATIC_OPTIONS",
        /// As above.
        config_intercept_exceptions = "CORS_INTERCEPT_EXCEPTIONS",
        /// As above.
        config_allow_private_network = "CORS_ALLOW_PRIVATE_NETWORK",
        /// As above.
        config_resources = "CORS_RESOURCES",
    }
}

/// What counts, wherever it was said.
#[derive(Clone, Copy)]
pub(super) struct Options<'a> {
    pub(super) origins: Option<&'a Value>,
    pub(super) methods: Option<&'a Value>,
    pub(super) allow_headers: Option<&'a Value>,
    pub(super) expose_headers: Option<&'a Value>,
    pub(super) supports_credentials: Option<&'a Value>,
    pub(super) max_age: Option<&'a Value>,
    pub(super) send_wildcard: Option<&'a Value>,
    pub(super) allow_private_network: Option<&'a Value>,
}

impl Flask {
    pub(super) fn options(&self) -> Options<'_> {
        Options {
            origins: self.origins.as_ref().or(self.config_origins.as_ref()),
            methods: self.methods.as_ref().or(self.config_methods.as_ref()),
            allow_headers: self.allow_headers.as_ref().or(self.config_allow_headers.as_ref()),
            expose_headers: self.expose_headers.as_ref().or(self.config_expose_headers.as_ref()),
            supports_credentials: self
                .supports_credentials
                .as_ref()
                .or(self.config_supports_credentials.as_ref()),
            max_age: self.max_age.as_ref().or(self.config_max_age.as_ref()),
            send_wildcard: self.send_wildcard.as_ref().or(self.config_send_wildcard.as_ref()),
            allow_private_network: self
                .allow_private_network
                .as_ref()
                .or(self.config_allow_private_network.as_ref()),
        }
    }
}

impl<'a> Options<'a> {
    /// These, and for what is absent those.
    pub(super) fn or(self, other: &Options<'a>) -> Self {
        Self {
            origins: self.origins.or(other.origins),
            methods: self.methods.or(other.methods),
            allow_headers: self.allow_headers.or(other.allow_headers),
            expose_headers: self.expose_headers.or(other.expose_headers),
            supports_credentials: self.supports_credentials.or(other.supports_credentials),
            max_age: self.max_age.or(other.max_age),
            send_wildcard: self.send_wildcard.or(other.send_wildcard),
            allow_private_network: self.allow_private_network.or(other.allow_private_network),
        }
    }
}
