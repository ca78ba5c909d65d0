//! What compiles and may yet be a mistake: warnings, for whoever reviews a policy.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use crate::{
    Policy,
    data::Key,
    header, method,
    origin::pattern::{self, Pattern},
};

/// What the browser with the second longest memory keeps a preflight for, in seconds.
/// [MDN](https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age)
/// lists them: Firefox goes on to 86400.
const COMMON_MAX_AGE: u64 = 7_200;

/// Something in a policy that compiles and may yet be a mistake. It prints as one clause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warning {
    lint: Lint,
    key: Key,
    value: String,
    /// The clause and the remedy, where they depend on the value.
    detail: Option<(String, String)>,
}

impl Warning {
    /// What kind of warning it is.
    pub fn lint(&self) -> Lint {
        self.lint
    }

    /// A name for the kind of warning that will not change, such as `method-safelisted`.
    pub fn code(&self) -> &'static str {
        self.lint.code()
    }

    /// The key under which the value stands.
    pub fn key(&self) -> Key {
        self.key
    }

    /// The value as given; empty for a switch.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// What is doubtful, without what to do.
    pub fn problem(&self) -> String {
        let (subject, clause, _) = self.lint.words();
        let clause = self.detail.as_ref().map_or(clause, |(clause, _)| clause.as_str());
        match (self.value.as_str(), self.lint) {
            ("", _) => format!("{subject} {clause}"),
            (seconds, Lint::MaxAgeCapped) => format!("{subject} {seconds} {clause}"),
            (value, _) => format!("{subject} {value:?} {clause}"),
        }
    }

    /// What to do.
    pub fn remedy(&self) -> String {
        self.detail.as_ref().map_or(self.lint.words().2, |(_, remedy)| remedy.as_str()).into()
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.problem(), self.remedy())
    }
}

macro_rules! lints {
    ($($(#[$doc:meta])+ $lint:ident = $code:literal, $subject:literal, $clause:literal: $remedy:literal;)+) => {
        /// A kind of warning.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[non_exhaustive]
        pub enum Lint {
            $($(#[$doc])+ $lint,)+
        }

        impl Lint {
            /// Every kind of warning.
            pub const ALL: &[Self] = &[$(Self::$lint,)+];

            /// A name that will not change, such as `method-safelisted`.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$lint => $code,)+
                }
            }

            /// What the value is, what is doubtful about it, and what to do.
            const fn words(self) -> (&'static str, &'static str, &'static str) {
                match self {
                    $(Self::$lint => ($subject, $clause, $remedy),)+
                }
            }
        }
    };
}

lints! {
    /// An origin under a suffix of a hosting provider.
    HostingSuffix = "hosting-suffix", "origin",
        "stands under a suffix of a hosting provider, where anyone may take a name":
        "use a domain of your own, or remove it as soon as the name is given up";
    /// `*.` together with credentials.
    CredentialsSubdomains = "credentials-subdomains", "origin",
        "with allow_credentials trusts every subdomain to act for the user":
        "list the hosts that need it";
    /// Plain http beside https.
    HttpBesideHttps = "http-beside-https", "origin",
        "is plain http beside https, and anyone on the network can be it":
        "remove it, and serve that site by https";
    /// The user's own machine together with credentials.
    CredentialsLocalhost = "credentials-localhost", "origin",
        "with allow_credentials lets whatever is served on the user's machine act for the user":
        "keep it in a policy for development alone";
    /// A regular expression.
    OriginPattern = "origin-pattern", "origin pattern",
        "is a regular expression, which easily matches more than was meant":
        "write \"*.\" or \":*\" in allow_origins where that says the same";
    /// A method that needs no listing.
    MethodSafelisted = "method-safelisted", "method", "is allowed without being listed": "remove it";
    /// A request header that needs no listing.
    HeaderSafelisted = "header-safelisted", "header name", "is allowed without being listed":
        "remove it";
    /// A response header that needs no listing.
    ExposedSafelisted = "exposed-safelisted", "exposed header name",
        "can be read without being listed": "remove it";
    /// A max-age that most browsers cut off.
    MaxAgeCapped = "max-age-capped", "max_age",
        "is more seconds than browsers other than Firefox keep a preflight": "write 7200 or less";
    /// The private-network header.
    PrivateNetwork = "private-network", "allow_private_network",
        "lets public sites ask for a private network, with a header that browsers have superseded":
        "remove it";
}

impl Policy {
    /// What compiles and may yet be a mistake, in the order in which keys are written.
    ///
    /// Nothing is said about a value that does not compile for itself.
    ///
    /// ```
    /// use cors_core::Policy;
    ///
    /// let policy = Policy::new().allow_any_origin().allow_methods(["PUT", "GET"]);
    /// let warnings: Vec<_> = policy.warnings().iter().map(ToString::to_string).collect();
    /// assert_eq!(warnings, ["method \"GET\" is allowed without being listed: remove it"]);
    /// ```
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let mut warn = |key, lint, value: &str| {
            warnings.push(Warning { lint, key, value: value.to_string(), detail: None });
        };
        self.doubtful_origins(|lint, origin| warn(Key::AllowOrigins, lint, origin));
        #[cfg(feature = "regex")]
        self.doubtful_patterns(&mut warnings);
        let mut warn = |key, lint, value: &str| {
            warnings.push(Warning { lint, key, value: value.to_string(), detail: None });
        };
        for name in self.allow_methods.iter().filter(|_| !self.only_listed_methods) {
            if method::is_safelisted(method::normalize(name).as_bytes()) {
                warn(Key::AllowMethods, Lint::MethodSafelisted, name);
            }
        }
        for name in self.allow_headers.iter().filter(|name| header::is_safelisted(name)) {
            warn(Key::AllowHeaders, Lint::HeaderSafelisted, name);
        }
        for name in self.expose_headers.iter().filter(|name| header::is_safelisted_to_read(name)) {
            warn(Key::ExposeHeaders, Lint::ExposedSafelisted, name);
        }
        if self.max_age > COMMON_MAX_AGE {
            warn(Key::MaxAge, Lint::MaxAgeCapped, &self.max_age.to_string());
        }
        if self.allow_private_network {
            warn(Key::AllowPrivateNetwork, Lint::PrivateNetwork, "");
        }
        warnings
    }

    #[cfg(feature = "regex")]
    fn doubtful_patterns(&self, warnings: &mut Vec<Warning>) {
        for pattern in &self.allow_origin_patterns {
            // Nothing is said about a pattern that does not compile, or that compiling refuses.
            let Ok(reach) = crate::PatternReach::new(pattern) else { continue };
            warnings.extend(flaws(&reach).into_iter().map(|detail| Warning {
                lint: Lint::OriginPattern,
                key: Key::AllowOriginPatterns,
                value: pattern.clone(),
                detail: Some(detail),
            }));
        }
    }

    fn doubtful_origins(&self, mut warn: impl FnMut(Lint, &str)) {
        let parse = |text| Some((text, pattern::parse(text).ok()?));
        let origins: Vec<(&str, Pattern<'_>)> =
            self.allow_origins.iter().filter_map(|text| parse(text.as_str())).collect();
        let https = origins.iter().any(|(_, pattern)| pattern.scheme == "https");
        for (text, pattern) in origins {
            if pattern.is_loopback() {
                if self.allow_credentials {
                    warn(Lint::CredentialsLocalhost, text);
                }
                continue;
            }
            if crate::origin::suffix::is_hosted(pattern.host) {
                warn(Lint::HostingSuffix, text);
            }
            if self.allow_credentials && pattern.subdomains {
                warn(Lint::CredentialsSubdomains, text);
            }
            if https && pattern.scheme == "http" {
                warn(Lint::HttpBesideHttps, text);
            }
        }
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
