//! Warnings: what compiles and may be a mistake.

#[cfg(feature = "regex")]
use alloc::{format, string::String};
use alloc::{string::ToString, vec::Vec};

use crate::{
    Diagnostic, DiagnosticKind, Policy, header, method,
    origin::pattern::{self, Pattern},
};

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
        #[cfg(feature = "regex")]
        self.doubtful_patterns(&mut warnings);
        let mut names = |kind, names: &[String], is_doubtful: fn(&str) -> bool| {
            let doubtful = names.iter().enumerate().filter(|(_, name)| is_doubtful(name));
            warnings.extend(doubtful.map(|(at, name)| Diagnostic::new(kind, name).at(at)));
        };
        if !self.only_listed_methods {
            names(DiagnosticKind::MethodSafelisted, &self.allow_methods, |name| {
                method::is_safelisted(method::normalize(name).as_bytes())
            });
        }
        names(DiagnosticKind::HeaderSafelisted, &self.allow_headers, header::is_safelisted);
        names(
            DiagnosticKind::ExposedSafelisted,
            &self.expose_headers,
            header::is_safelisted_to_read,
        );
        if self.max_age > COMMON_MAX_AGE {
            let seconds = self.max_age.to_string();
            warnings.push(Diagnostic::new(DiagnosticKind::MaxAgeCapped, seconds));
        }
        if self.allow_private_network {
            warnings.push(Diagnostic::new(DiagnosticKind::PrivateNetwork, ""));
        }
        warnings
    }

    #[cfg(feature = "regex")]
    fn doubtful_patterns(&self, warnings: &mut Vec<Diagnostic>) {
        for (at, pattern) in self.allow_origin_patterns.iter().enumerate() {
            // Errors are not repeated as warnings.
            let Ok(reach) = crate::PatternReach::new(pattern) else { continue };
            warnings.extend(flaws(&reach).into_iter().map(|(clause, remedy)| {
                let warning = Diagnostic::new(DiagnosticKind::OriginPattern, pattern);
                warning.at(at).with_words(clause, remedy)
            }));
        }
    }

    fn doubtful_origins(&self) -> Vec<Diagnostic> {
        let mut warnings = Vec::new();
        let origins = self.allow_origins.iter().enumerate();
        let origins: Vec<(usize, &str, Pattern<'_>)> = origins
            .filter_map(|(at, text)| Some((at, text.as_str(), pattern::parse(text).ok()?)))
            .collect();
        let https = origins.iter().any(|(.., pattern)| pattern.scheme == "https");
        for (at, text, pattern) in origins {
            let mut warn = |kind| warnings.push(Diagnostic::new(kind, text).at(at));
            if pattern.is_loopback() {
                if self.allow_credentials {
                    warn(DiagnosticKind::CredentialsLocalhost);
                }
                continue;
            }
            if crate::origin::suffix::is_hosted(pattern.host) {
                warn(DiagnosticKind::HostingSuffix);
            }
            if self.allow_credentials && pattern.subdomains {
                warn(DiagnosticKind::CredentialsSubdomains);
            }
            if https && pattern.scheme == "http" {
                warn(DiagnosticKind::HttpBesideHttps);
            }
        }
        warnings
    }
}

/// What is doubtful about a pattern, each with what to do.
#[cfg(feature = "regex")]
fn flaws(reach: &crate::PatternReach) -> Vec<(String, String)> {
    if reach.is_empty() {
        let clause = "matches no origin that browsers send".into();
        let remedy = "match the scheme, the host in lowercase and the port, without a default port \
                      and without a path";
        return [(clause, remedy.into())].into();
    }
    let dots = reach.dots().iter().map(|dot| {
        let clause = format!(
            "contains a mistake: the \".\" at {} is any character: it also allows {}",
            dot.column(),
            dot.also()
        );
        (clause, "write \"\\.\" for a dot".into())
    });
    let mut flaws: Vec<_> = dots.collect();
    if let (Some(stranger), []) = (reach.stranger(), flaws.as_slice()) {
        let clause = format!("matches unrelated sites: it also allows {stranger}");
        flaws.push((clause, "write the full domain in the pattern".into()));
    }
    if !reach.entries().is_empty() && flaws.is_empty() {
        let entries: Vec<_> = reach.entries().iter().map(|entry| format!("{entry:?}")).collect();
        let entries = entries.join(" and ");
        let clause = format!("is a regular expression that says the same as {entries}");
        flaws.push((clause, format!("list {entries} in allow_origins instead")));
    }
    flaws
}
