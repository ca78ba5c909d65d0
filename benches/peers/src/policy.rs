//! What both sides are told.

/// A policy that both sides are given, each in its own words.
#[derive(Clone)]
pub struct Policy {
    /// The origins, with credentials; where there is none, any origin without.
    pub(crate) origins: Vec<String>,
    /// The exposed headers.
    pub(crate) exposed: &'static [&'static str],
}

pub(crate) const METHODS: [&str; 2] = ["PUT", "DELETE"];
pub(crate) const HEADERS: [&str; 2] = ["content-type", "authorization"];
pub(crate) const MAX_AGE: u32 = 3600;

impl Policy {
    /// These origins, with credentials.
    pub fn list(origins: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { origins: origins.into_iter().map(Into::into).collect(), exposed: &[] }
    }

    /// Any origin, without credentials.
    pub fn any() -> Self {
        Self { origins: Vec::new(), exposed: &[] }
    }

    /// The same, with these headers exposed.
    pub(crate) fn exposing(self, exposed: &'static [&'static str]) -> Self {
        Self { exposed, ..self }
    }

    pub(crate) fn is_any(&self) -> bool {
        self.origins.is_empty()
    }

    /// In our words.
    pub fn ours(&self) -> cors_core::Policy {
        let policy = cors_core::Policy::new();
        let policy = if self.is_any() {
            policy.allow_any_origin()
        } else {
            policy.allow_origins(&self.origins).allow_credentials(true)
        };
        policy
            .allow_methods(METHODS)
            .allow_headers(HEADERS)
            .expose_headers(self.exposed)
            .max_age(u64::from(MAX_AGE))
    }
}
