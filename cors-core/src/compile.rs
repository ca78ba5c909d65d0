//! `Policy` to `Cors`: the one door. Before it nothing is trusted, after it nothing is checked.

use alloc::{
    borrow::ToOwned,
    string::{String, ToString},
    vec::Vec,
};

#[cfg(feature = "regex")]
use crate::origin::regex::Regexes;
use crate::{
    Carrier, Cors, Policy, PolicyErrors,
    compiled::{Compiled, Names, Origins},
    error::PolicyError,
    header::{self, list::HeaderList},
    intern::intern,
    method,
    origin::{
        pattern::{self, Pattern},
        set::OriginSet,
    },
    reason::Reason,
};

/// What a browser keeps at most: a larger number only looks as if it did something.
const MAX_MAX_AGE: u64 = 86_400;

impl Policy {
    /// Proves the policy, and renders every header value once.
    ///
    /// # Errors
    ///
    /// Every mistake at once, in the order written: see [`Reason`].
    ///
    /// ```
    /// use cors_core::{Cors, Policy};
    ///
    /// let wrong = Policy::new()
    ///     .allow_origins(["https://Example.com", "https://example.net/"])
    ///     .allow_methods(["TRACE"]);
    /// let errors = wrong.compile::<cors_core::plain::Plain>().err().unwrap();
    /// let codes: Vec<_> = errors.iter().map(|error| error.code()).collect();
    /// assert_eq!(codes, ["origin-upper-case", "origin-trailing-slash", "method-forbidden"]);
    /// ```
    pub fn compile<C: Carrier>(&self) -> Result<Cors<C>, PolicyErrors> {
        self.prove().map(Cors::of)
    }

    pub(crate) fn prove<C: Carrier>(&self) -> Result<Compiled<C>, PolicyErrors> {
        let mut errors = Vec::new();
        let origins = self.compile_origins(&mut errors);
        #[cfg(feature = "regex")]
        let regexes = self.compile_regexes(&mut errors);
        let methods = self.compile_methods(&mut errors);
        let headers = self.compile_headers(&mut errors);
        let expose = self.compile_expose::<C>(&mut errors);
        if self.max_age > MAX_MAX_AGE {
            errors.push(PolicyError::new(Reason::MaxAgeTooLarge, self.max_age.to_string()));
        }
        PolicyErrors::check(errors)?;

        Ok(Compiled {
            origins,
            null: self.dangerously_allow_null_origin,
            #[cfg(feature = "regex")]
            regexes,
            header_list: HeaderList::new(self.allow_headers.iter().map(String::as_str)),
            methods,
            headers,
            expose,
            credentials: self.credentials(),
            max_age: C::value(intern(self.max_age.to_string())),
            private_network: self.allow_private_network,
            silent: self.silent_refusals,
            only_listed_methods: self.only_listed_methods,
            policy: self.without_origins(),
        })
    }

    fn credentials(&self) -> bool {
        self.allow_credentials || self.dangerously_allow_any_origin_with_credentials
    }

    fn is_any_origin(&self) -> bool {
        is_any(&self.allow_origins)
    }

    fn compile_origins(&self, errors: &mut Vec<PolicyError>) -> Origins {
        let reflects = self.dangerously_allow_any_origin_with_credentials;
        if reflects {
            let any = self.allow_origins.is_empty() || self.is_any_origin();
            if !any || self.has_regexes() || self.dynamic_origins {
                errors.push(PolicyError::new(Reason::OriginReflectMixed, ""));
            }
            return Origins::Reflect;
        }
        if self.is_any_origin() {
            if self.allow_credentials {
                errors.push(PolicyError::new(Reason::CredentialsAnyOrigin, "*"));
            }
            if self.has_other_origins() {
                errors.push(PolicyError::new(Reason::OriginAnyMixed, "*"));
            }
            return Origins::Any;
        }
        if self.allow_origins.is_empty() && !self.has_other_origins() {
            errors.push(PolicyError::new(Reason::OriginNone, ""));
        }
        let mut patterns = Vec::with_capacity(self.allow_origins.len());
        for text in &self.allow_origins {
            if text == "*" {
                errors.push(PolicyError::new(Reason::OriginAnyMixed, text));
                continue;
            }
            match pattern::parse(text) {
                Ok(pattern) => {
                    errors
                        .extend(self.danger(&pattern).map(|reason| PolicyError::new(reason, text)));
                    patterns.push((text.as_str(), pattern));
                }
                Err(wrong) => errors.extend(wrong),
            }
        }
        Origins::Listed(OriginSet::new(patterns.into_iter()))
    }

    /// Whether origins come from elsewhere than the list.
    fn has_other_origins(&self) -> bool {
        self.has_regexes() || self.dynamic_origins || self.dangerously_allow_null_origin
    }

    #[cfg(feature = "regex")]
    fn has_regexes(&self) -> bool {
        !self.allow_origin_patterns.is_empty()
    }

    #[cfg(not(feature = "regex"))]
    fn has_regexes(&self) -> bool {
        false
    }

    /// What makes a well-formed origin dangerous together with credentials.
    fn danger(&self, pattern: &Pattern<'_>) -> Option<Reason> {
        if !self.credentials() || pattern.is_loopback() {
            return None;
        }
        if pattern.scheme == "http" && !self.dangerously_allow_insecure_origins {
            return Some(Reason::CredentialsInsecure);
        }
        #[cfg(feature = "psl")]
        if pattern.subdomains
            && !self.dangerously_allow_public_suffixes
            && crate::origin::suffix::covers_strangers(pattern.host)
        {
            return Some(Reason::CredentialsPublicSuffix);
        }
        None
    }

    #[cfg(feature = "regex")]
    fn compile_regexes(&self, errors: &mut Vec<PolicyError>) -> Option<Regexes> {
        let patterns = &self.allow_origin_patterns;
        let regexes = match Regexes::new(patterns) {
            Ok(regexes) => regexes,
            Err(wrong) => {
                errors.extend(wrong);
                return None;
            }
        };
        for pattern in patterns.iter().filter(|_| self.credentials()) {
            let reason = match Regexes::new(core::slice::from_ref(pattern)) {
                Ok(Some(alone)) if alone.matches_strangers() => Reason::CredentialsAnyPattern,
                Ok(Some(alone))
                    if alone.matches_insecure() && !self.dangerously_allow_insecure_origins =>
                {
                    Reason::CredentialsInsecure
                }
                _ => continue,
            };
            errors.push(PolicyError::new(reason, pattern));
        }
        regexes
    }

    fn compile_methods<C: Carrier>(&self, errors: &mut Vec<PolicyError>) -> Names<C> {
        if is_any(&self.allow_methods) {
            return Names::any(self.credentials(), literal_any::<C>);
        }
        let mut names: Vec<&str> = Vec::new();
        for name in &self.allow_methods {
            let reason = match name.as_str() {
                "*" => Some(Reason::MethodAnyMixed),
                name if !method::is_token(name.as_bytes()) => Some(Reason::MethodToken),
                name if method::is_forbidden(name) => Some(Reason::MethodForbidden),
                _ => None,
            };
            errors.extend(reason.map(|reason| PolicyError::new(reason, name)));
            let name = method::normalize(name);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Names::list(&names)
    }

    fn compile_headers<C: Carrier>(&self, errors: &mut Vec<PolicyError>) -> Names<C> {
        if is_any(&self.allow_headers) {
            // In the standard `*` does not cover Authorization.
            return Names::any(self.credentials(), || C::value("*, authorization".into()));
        }
        let names = distinct_headers(&self.allow_headers, errors, |name| match name {
            "*" => Some(Reason::HeaderAnyMixed),
            name if !method::is_token(name.as_bytes()) => Some(Reason::HeaderToken),
            name if header::is_response_only(name) => Some(Reason::HeaderResponseOnly),
            name if header::is_forbidden(name) => Some(Reason::HeaderForbidden),
            _ => None,
        });
        Names::list(&names)
    }

    fn compile_expose<C: Carrier>(&self, errors: &mut Vec<PolicyError>) -> Option<C::Value> {
        if is_any(&self.expose_headers) {
            if self.credentials() {
                errors.push(PolicyError::new(Reason::CredentialsAnyExposed, "*"));
            }
            return Some(literal_any::<C>());
        }
        let names = distinct_headers(&self.expose_headers, errors, |name| match name {
            "*" => Some(Reason::ExposedAnyMixed),
            name if !method::is_token(name.as_bytes()) => Some(Reason::ExposedToken),
            name if header::is_forbidden_to_read(name) => Some(Reason::ExposedForbidden),
            _ => None,
        });
        render::<C>(&names)
    }

    /// All but the list of origins, which a compiled policy keeps in another form.
    fn without_origins(&self) -> Self {
        let Self { ref allow_methods, ref allow_headers, ref expose_headers, .. } = *self;
        Self {
            allow_origins: Vec::new(),
            #[cfg(feature = "regex")]
            allow_origin_patterns: self.allow_origin_patterns.clone(),
            allow_methods: allow_methods.clone(),
            allow_headers: allow_headers.clone(),
            expose_headers: expose_headers.clone(),
            ..*self
        }
    }
}

impl<C: Carrier> Names<C> {
    fn any(credentials: bool, value: impl FnOnce() -> C::Value) -> Self {
        if credentials { Self::Echo } else { Self::Any(value()) }
    }

    fn list(names: &[&str]) -> Self {
        let rendered = render::<C>(names);
        Self::List(names.iter().map(|&name| name.into()).collect(), rendered)
    }
}

fn is_any(list: &[String]) -> bool {
    matches!(list, [only] if only == "*")
}

fn literal_any<C: Carrier>() -> C::Value {
    C::ANY
}

/// The names without the repeated ones, each asked what is wrong with it.
fn distinct_headers<'n>(
    names: &'n [String],
    errors: &mut Vec<PolicyError>,
    wrong: impl Fn(&str) -> Option<Reason>,
) -> Vec<&'n str> {
    let mut distinct: Vec<&str> = Vec::new();
    for name in names {
        errors.extend(wrong(name).map(|reason| PolicyError::new(reason, name)));
        if !distinct.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            distinct.push(name);
        }
    }
    distinct
}

/// A list as a header value, or nothing for an empty one.
fn render<C: Carrier>(names: &[&str]) -> Option<C::Value> {
    (!names.is_empty()).then(|| C::value(intern(names.join(", ").to_owned())))
}
