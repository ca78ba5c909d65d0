//! Warnings: what compiles and may be a mistake.

mod origins;
mod paths;

use alloc::{string::String, string::ToString, vec::Vec};

use hashbrown::HashSet;

use crate::{Diagnostic, DiagnosticKind, Policy, header, method};

/// What the browser with the second longest memory keeps a preflight for, in seconds.
/// [MDN](https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age)
/// lists them: Firefox goes on to 86400.
const COMMON_MAX_AGE: u64 = 7_200;

impl Policy {
    /// Reports what compiles and may be a mistake, in the order in which keys are written.
    ///
    /// A value that does not compile has no warnings.
    ///
    /// ```
    /// use cors_core::Policy;
    ///
    /// let policy = Policy::new().allow_any_origin().allow_methods(["PUT", "GET"]);
    /// let warnings: Vec<_> = policy.warnings().iter().map(ToString::to_string).collect();
    /// assert_eq!(warnings, ["method \"GET\" does not need to be listed: remove it"]);
    /// ```
    pub fn warnings(&self) -> Vec<Diagnostic> {
        let mut warnings = self.doubtful_origins();
        self.doubtful_names(&mut warnings);
        if self.max_age > COMMON_MAX_AGE {
            let seconds = self.max_age.to_string();
            warnings.push(Diagnostic::new(DiagnosticKind::MaxAgeCapped, seconds));
        }
        if self.allow_private_network {
            warnings.push(Diagnostic::new(DiagnosticKind::PrivateNetwork, ""));
        }
        self.dangers(&mut warnings);
        warnings
    }

    fn doubtful_names(&self, warnings: &mut Vec<Diagnostic>) {
        let known: HashSet<&str> = self.allow_methods.iter().map(String::as_str).collect();
        let mut methods = HashSet::new();
        for (at, name) in self.allow_methods.iter().enumerate() {
            let normal = method::normalize(name);
            let mut warn = |kind| warnings.push(Diagnostic::new(kind, name).at(at));
            if !methods.insert(normal) {
                warn(DiagnosticKind::MethodDuplicate);
            } else if method::is_safelisted(normal.as_bytes()) {
                if !self.only_listed_methods {
                    warn(DiagnosticKind::MethodSafelisted);
                }
            } else if normal == name && name.bytes().any(|byte| byte.is_ascii_lowercase()) {
                let upper = name.to_ascii_uppercase();
                if !known.contains(upper.as_str()) {
                    let warning = Diagnostic::new(DiagnosticKind::MethodCase, name).at(at);
                    warnings.push(warning.instead(Some(&upper)));
                }
            }
        }
        doubtful_headers(&self.allow_headers, DiagnosticKind::HeaderDuplicate, warnings, |name| {
            header::is_safelisted(name).then_some(DiagnosticKind::HeaderSafelisted)
        });
        doubtful_headers(
            &self.expose_headers,
            DiagnosticKind::ExposedDuplicate,
            warnings,
            |name| match () {
                () if header::is_safelisted_to_read(name) => {
                    Some(DiagnosticKind::ExposedSafelisted)
                }
                () if header::is_request_only(name) => Some(DiagnosticKind::ExposedRequestHeader),
                () if header::is_cors(name) => Some(DiagnosticKind::ExposedCors),
                () => None,
            },
        );
    }

    /// Names each key that gives up a protection.
    fn dangers(&self, warnings: &mut Vec<Diagnostic>) {
        let (insecure, suffixes) = self.needed_dangers();
        for (is_set, kind, has_effect) in [
            (self.dangerously_allow_null_origin, DiagnosticKind::DangerousNullOrigin, true),
            (
                self.dangerously_allow_any_origin_with_credentials,
                DiagnosticKind::DangerousAnyOrigin,
                true,
            ),
            (
                self.dangerously_allow_insecure_origins,
                DiagnosticKind::DangerousInsecureOrigins,
                insecure,
            ),
            (
                self.dangerously_allow_public_suffixes,
                DiagnosticKind::DangerousPublicSuffixes,
                suffixes,
            ),
        ] {
            let warning = Diagnostic::new(kind, "");
            match (is_set, has_effect) {
                (false, _) => {}
                (true, true) => warnings.push(warning),
                (true, false) => warnings.push(
                    warning.with_clause("has no effect in this policy").with_remedy("remove it"),
                ),
            }
        }
    }
}

/// Warnings about a list of header names.
fn doubtful_headers(
    names: &[String],
    duplicate: DiagnosticKind,
    warnings: &mut Vec<Diagnostic>,
    doubt: impl Fn(&str) -> Option<DiagnosticKind>,
) {
    let mut known = HashSet::new();
    for (at, name) in names.iter().enumerate() {
        let kind = match known.insert(name.to_ascii_lowercase()) {
            true => doubt(name),
            false => Some(duplicate),
        };
        warnings.extend(kind.map(|kind| Diagnostic::new(kind, name).at(at)));
    }
}
