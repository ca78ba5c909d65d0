//! `Policy` to `Cors`: the one door. Before it nothing is trusted, after it nothing is checked.

mod names;

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use crate::{
    Cors, Diagnostic, DiagnosticKind, Framework, Policy, PolicyErrors,
    compiled::{Compiled, Origins},
    header::list::HeaderList,
    intern::intern,
    origin::{
        pattern::{self, Pattern},
        set::OriginSet,
    },
    plan::Plans,
};
#[cfg(feature = "regex")]
use crate::{
    data::Key,
    origin::regex::{Regexes, reach::PatternReach},
};

/// What a browser keeps at most: a larger number only looks as if it did something.
const MAX_MAX_AGE: u64 = 86_400;

impl Policy {
    /// Validates the policy, and renders every header value once.
    ///
    /// # Errors
    ///
    /// Every mistake at once, in the order written: see [`DiagnosticKind`].
    ///
    /// ```
    /// use cors_core::Policy;
    ///
    /// let wrong = Policy::new()
    ///     .allow_origins(["https://Example.com", "https://example.net/"])
    ///     .allow_methods(["TRACE"]);
    /// let errors = wrong.compile().unwrap_err();
    /// let codes: Vec<_> = errors.iter().map(|error| error.code()).collect();
    /// assert_eq!(codes, ["origin-upper-case", "origin-trailing-slash", "method-forbidden"]);
    /// ```
    #[doc(alias = "build")]
    #[doc(alias = "finish")]
    #[doc(alias = "to_cors")]
    #[doc(alias = "into_handler")]
    pub fn compile(&self) -> Result<Cors, PolicyErrors> {
        self.compile_for()
    }

    /// Like [`compile`](Self::compile), with the values of a framework: for adapters and tools.
    /// Adapters render a [`Cors`] themselves.
    ///
    /// # Errors
    ///
    /// Those of [`compile`](Self::compile).
    pub fn compile_for<C: Framework>(&self) -> Result<Cors<C>, PolicyErrors> {
        self.prove().map(Cors::of)
    }

    pub(crate) fn prove<C: Framework>(&self) -> Result<Compiled<C>, PolicyErrors> {
        let mut errors = Vec::new();
        let origins = self.compile_origins(&mut errors);
        if !errors.is_empty() {
            let variables = self.variables();
            for error in &mut errors {
                error.name_variable(variables.get(error.value()).copied());
            }
        }
        #[cfg(not(feature = "regex"))]
        errors.extend(
            self.allow_origin_patterns
                .iter()
                .enumerate()
                .map(|(at, pattern)| Diagnostic::new(DiagnosticKind::RegexFeature, pattern).at(at)),
        );
        #[cfg(feature = "regex")]
        let regexes = self.compile_regexes(&mut errors);
        let methods = self.compile_methods(&mut errors);
        let headers = self.compile_headers(&mut errors);
        let expose = self.compile_expose::<C>(&mut errors);
        if self.max_age > MAX_MAX_AGE {
            errors.push(Diagnostic::new(DiagnosticKind::MaxAgeTooLarge, self.max_age.to_string()));
        }
        if !matches!(self.preflight_status, 200 | 204) {
            let status = self.preflight_status.to_string();
            errors.push(Diagnostic::new(DiagnosticKind::PreflightStatus, status));
        }
        PolicyErrors::check(errors)?;

        let plans = Plans::new(origins.vary(), self.credentials(), self.allow_timing);
        let mut compiled = Compiled {
            template: None,
            origins,
            null: self.dangerously_allow_null_origin,
            #[cfg(feature = "regex")]
            regexes,
            header_list: HeaderList::new(self.allow_headers.iter().map(String::as_str)),
            methods,
            headers,
            expose,
            credentials: self.credentials(),
            plans,
            max_age: C::value(intern(self.max_age.to_string())),
            private_network: self.allow_private_network,
            preflight_status: self.preflight_status,
            silent: self.silent_refusals,
            only_listed_methods: self.only_listed_methods,
            policy: self.without_origins(),
        };
        compiled.template = compiled.render_template();
        Ok(compiled)
    }

    fn credentials(&self) -> bool {
        self.allow_credentials || self.dangerously_allow_any_origin_with_credentials
    }

    fn is_any_origin(&self) -> bool {
        is_any(&self.allow_origins)
    }

    fn compile_origins(&self, errors: &mut Vec<Diagnostic>) -> Origins {
        let wrong = self.lists.iter().filter_map(|list| list.wrong.as_ref());
        errors.extend(wrong.map(|(reason, value)| Diagnostic::new(*reason, value)));
        let reflects = self.dangerously_allow_any_origin_with_credentials;
        if reflects {
            let any = self.allow_origins.is_empty() || self.is_any_origin();
            if !any || self.no_origins || self.has_regexes() || self.dynamic_origins {
                errors.push(Diagnostic::new(DiagnosticKind::OriginReflectMixed, ""));
            }
            return Origins::Reflect;
        }
        if self.is_any_origin() {
            if self.allow_credentials {
                errors.push(Diagnostic::new(DiagnosticKind::CredentialsAnyOrigin, "*").at(0));
            }
            if self.has_other_origins() {
                errors.push(Diagnostic::new(DiagnosticKind::OriginAnyMixed, "*").at(0));
            }
            return Origins::Any;
        }
        let is_empty = self.allow_origins.is_empty() && errors.is_empty();
        if is_empty && !self.no_origins && !self.has_other_origins() {
            errors.push(Diagnostic::new(DiagnosticKind::OriginNone, ""));
        }
        let mut patterns = Vec::with_capacity(self.allow_origins.len());
        for (at, text) in self.allow_origins.iter().enumerate() {
            if text == "*" {
                errors.push(Diagnostic::new(DiagnosticKind::OriginAnyMixed, text).at(at));
                continue;
            }
            match pattern::parse(text) {
                Ok(pattern) => {
                    let danger = self.danger(&pattern);
                    errors.extend(danger.map(|kind| Diagnostic::new(kind, text).at(at)));
                    patterns.push((text.as_str(), pattern));
                }
                Err(wrong) => errors.extend(wrong.into_iter().map(|error| error.at(at))),
            }
        }
        Origins::Listed(OriginSet::new(patterns.into_iter()))
    }

    /// Whether origins come from elsewhere than the list.
    fn has_other_origins(&self) -> bool {
        self.has_regexes() || self.dynamic_origins || self.dangerously_allow_null_origin
    }

    fn has_regexes(&self) -> bool {
        !self.allow_origin_patterns.is_empty()
    }

    /// What makes a well-formed origin dangerous together with credentials.
    fn danger(&self, pattern: &Pattern<'_>) -> Option<DiagnosticKind> {
        if !self.credentials() || pattern.is_loopback() {
            return None;
        }
        if pattern.scheme == "http" && !self.dangerously_allow_insecure_origins {
            return Some(DiagnosticKind::CredentialsInsecure);
        }
        if pattern.subdomains
            && !self.dangerously_allow_public_suffixes
            && crate::origin::suffix::covers_strangers(pattern.host)
        {
            return Some(DiagnosticKind::CredentialsPublicSuffix);
        }
        None
    }

    #[cfg(feature = "regex")]
    fn compile_regexes(&self, errors: &mut Vec<Diagnostic>) -> Option<Regexes> {
        let patterns = &self.allow_origin_patterns;
        let mut dangers = Vec::new();
        let regexes = Regexes::new(patterns, |at, reach| {
            if self.credentials() {
                let danger = self.pattern_danger(&patterns[at], &reach());
                dangers.extend(danger.map(|danger| danger.at(at)));
            }
        });
        match regexes {
            Ok(regexes) => {
                errors.extend(dangers);
                regexes
            }
            Err(wrong) => {
                errors.extend(wrong);
                None
            }
        }
    }

    /// What makes a pattern dangerous together with credentials.
    #[cfg(feature = "regex")]
    fn pattern_danger(&self, pattern: &str, reach: &PatternReach) -> Option<Diagnostic> {
        if let Some(stranger) = reach.stranger() {
            if !reach.is_hosted() {
                let error = Diagnostic::new(DiagnosticKind::CredentialsAnyPattern, pattern);
                return Some(error.for_example(stranger));
            }
            if !self.dangerously_allow_public_suffixes {
                let error = Diagnostic::new(DiagnosticKind::CredentialsPublicSuffix, pattern);
                let error = error.under_key(Key::AllowOriginPatterns);
                return Some(error.for_example(stranger));
            }
        }
        let insecure = reach.insecure().filter(|_| !self.dangerously_allow_insecure_origins)?;
        let error = Diagnostic::new(DiagnosticKind::CredentialsInsecure, pattern);
        Some(error.under_key(Key::AllowOriginPatterns).for_example(insecure))
    }

    /// All but the list of origins, which a compiled policy keeps in another form.
    fn without_origins(&self) -> Self {
        let Self { ref allow_methods, ref allow_headers, ref expose_headers, .. } = *self;
        Self {
            allow_origins: Vec::new(),
            lists: Vec::new(),
            allow_origin_patterns: self.allow_origin_patterns.clone(),
            allow_methods: allow_methods.clone(),
            allow_headers: allow_headers.clone(),
            expose_headers: expose_headers.clone(),
            ..*self
        }
    }
}

fn is_any(list: &[String]) -> bool {
    matches!(list, [only] if only == "*")
}
