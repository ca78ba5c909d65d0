//! Warnings about origins and patterns.

use alloc::{format, string::String, vec::Vec};

use hashbrown::HashSet;

use crate::{
    Diagnostic, DiagnosticKind, Policy,
    data::Key,
    origin::{
        has_opaque_hosts,
        pattern::{self, Pattern, PortPattern},
        suffix,
    },
};

/// A valid entry of `allow_origins`.
type Entry<'p> = (usize, &'p str, Pattern<'p>);

impl Policy {
    /// The entries of `allow_origins` that compile.
    fn valid_origins(&self) -> impl Iterator<Item = Entry<'_>> {
        let origins = self.allow_origins.iter().enumerate();
        origins.filter_map(|(at, text)| Some((at, text.as_str(), pattern::parse(text).ok()?)))
    }

    pub(super) fn doubtful_origins(&self) -> Vec<Diagnostic> {
        let mut warnings = Vec::new();
        let origins: Vec<Entry<'_>> = self.valid_origins().collect();
        let https = origins.iter().any(|(.., pattern)| pattern.scheme == "https");
        let all: HashSet<&str> = origins.iter().map(|(_, text, _)| *text).collect();
        let mut known = HashSet::new();
        for (at, text, pattern) in origins {
            let about = |kind| Diagnostic::new(kind, text).at(at);
            if !known.insert(text) {
                warnings.push(about(DiagnosticKind::OriginDuplicate));
                continue;
            }
            if let Some(wider) = wider(&pattern).find(|wider| all.contains(wider.as_str())) {
                let clause = format!("is already covered by {wider:?}");
                warnings.push(about(DiagnosticKind::OriginCovered).with_clause(clause));
                continue;
            }
            if pattern.is_loopback() {
                if pattern.scheme == "http" && pattern.port == PortPattern::Exactly(None) {
                    let any = format!("{text}:*");
                    warnings.push(about(DiagnosticKind::LocalhostPort).instead(Some(&any)));
                }
                if self.allow_credentials {
                    warnings.push(about(DiagnosticKind::CredentialsLocalhost));
                }
                continue;
            }
            if suffix::is_hosted(pattern.host) {
                warnings.push(about(DiagnosticKind::HostingSuffix));
            }
            if self.allow_credentials && pattern.subdomains {
                warnings.push(about(DiagnosticKind::CredentialsSubdomains));
            }
            if self.allow_credentials && pattern.host == pattern::ANY_HOST {
                warnings.push(about(DiagnosticKind::CredentialsAnyHost));
            }
            if https && pattern.scheme == "http" {
                warnings.push(about(DiagnosticKind::HttpBesideHttps));
            }
        }
        self.doubtful_patterns(&mut warnings);
        warnings
    }

    fn doubtful_patterns(&self, warnings: &mut Vec<Diagnostic>) {
        let mut known = HashSet::new();
        for (at, pattern) in self.allow_origin_patterns.iter().enumerate() {
            if !known.insert(pattern) {
                let warning = Diagnostic::new(DiagnosticKind::OriginDuplicate, pattern).at(at);
                warnings.push(warning.under_key(Key::AllowOriginPatterns));
                continue;
            }
            // Errors are not repeated as warnings.
            #[cfg(feature = "regex")]
            if let Ok(reach) = crate::PatternReach::new(pattern) {
                warnings.extend(flaws(&reach).into_iter().map(|(clause, remedy)| {
                    let warning = Diagnostic::new(DiagnosticKind::OriginPattern, pattern).at(at);
                    warning.with_clause(clause).with_remedy(remedy)
                }));
            }
        }
    }

    /// `true` for `dangerously_allow_insecure_origins` and `dangerously_allow_public_suffixes` if they
    /// have an effect. A pattern counts as if it needed both.
    pub(super) fn needed_dangers(&self) -> (bool, bool) {
        if !self.allow_credentials {
            return (false, false);
        }
        let patterns = !self.allow_origin_patterns.is_empty();
        let (mut insecure, mut suffixes) = (patterns, patterns);
        for (_, _, pattern) in self.valid_origins().filter(|(.., pattern)| !pattern.is_loopback()) {
            insecure |= pattern.scheme == "http";
            suffixes |= pattern.subdomains && suffix::covers_strangers(pattern.host);
        }
        (insecure, suffixes)
    }
}

/// The entries that would cover all of this one.
fn wider(pattern: &Pattern<'_>) -> impl Iterator<Item = String> {
    let Pattern { scheme, subdomains, host, port } = *pattern;
    let stars = if subdomains { "*." } else { "" };
    let own = match port {
        PortPattern::Any => None,
        PortPattern::Exactly(None) => Some(String::new()),
        PortPattern::Exactly(Some(port)) => Some(format!(":{port}")),
    };
    let any_port = own.is_some().then(|| format!("{scheme}://{stars}{host}:*"));
    let ports: Vec<String> = own.into_iter().chain([":*".into()]).collect();
    let is_address = host.starts_with('[') || host.ends_with(|last: char| last.is_ascii_digit());
    let dots = host.match_indices('.').filter(move |_| !is_address);
    let parents = dots.flat_map(move |(dot, _)| {
        let parent = &host[dot + 1..];
        let texts: Vec<String> =
            ports.iter().map(|port| format!("{scheme}://*.{parent}{port}")).collect();
        texts
    });
    let is_custom = has_opaque_hosts(scheme) && host != pattern::ANY_HOST;
    let any_host = is_custom && port == PortPattern::Exactly(None);
    let any_host = any_host.then(|| format!("{scheme}://*"));
    any_port.into_iter().chain(parents).chain(any_host)
}

/// The doubtful parts of a pattern, each with what to do.
#[cfg(feature = "regex")]
fn flaws(reach: &crate::PatternReach) -> Vec<(alloc::string::String, alloc::string::String)> {
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
