//! What both sides are told.

/// A policy that both sides are given, each in its own words.
#[derive(Clone, Copy)]
pub(crate) enum Policy {
    /// Two origins with credentials.
    List,
    /// Any origin without.
    Any,
}

pub(crate) const ORIGINS: [&str; 2] = ["https://app.example.com", "https://admin.example.com"];
pub(crate) const METHODS: [&str; 2] = ["PUT", "DELETE"];
pub(crate) const HEADERS: [&str; 2] = ["content-type", "authorization"];
pub(crate) const EXPOSED: [&str; 1] = ["etag"];
pub(crate) const MAX_AGE: u32 = 3600;

impl Policy {
    /// In our words.
    pub(crate) fn ours(self) -> cors_core::Policy {
        let policy = cors_core::Policy::new();
        let policy = match self {
            Self::List => policy.allow_origins(ORIGINS).allow_credentials(true),
            Self::Any => policy.allow_any_origin(),
        };
        policy
            .allow_methods(METHODS)
            .allow_headers(HEADERS)
            .expose_headers(EXPOSED)
            .max_age(MAX_AGE.into())
    }
}
