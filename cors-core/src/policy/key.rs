//! The keys of a policy that is written as data: one table for whatever reads or describes them.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

use super::Policy;

/// Where the value of a key goes, and so what it has to be.
#[derive(PartialEq, Eq, Debug)]
pub enum Slot<'p> {
    /// A list of texts.
    Texts(&'p mut Vec<String>),
    /// True or false.
    Switch(&'p mut bool),
    /// A number of seconds.
    Seconds(&'p mut u64),
    /// A status code.
    Status(&'p mut u16),
}

macro_rules! keys {
    ($($(#[cfg($cfg:meta)])? $key:ident = $field:ident: $slot:ident, $about:literal;)+) => {
        /// A key of a policy that is written as data. Each is a field of [`Policy`].
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[non_exhaustive]
        pub enum Key {
            $(
                $(#[cfg($cfg)])?
                #[doc = concat!("[`", stringify!($field), "`](Policy::", stringify!($field), ").")]
                $key,
            )+
        }

        impl Key {
            /// Every key, in the order in which they are written.
            pub const ALL: &[Self] = &[$($(#[cfg($cfg)])? Self::$key,)+];

            /// The key as it is written first of all, such as `allow_origins`.
            pub const fn name(self) -> &'static str {
                match self {
                    $($(#[cfg($cfg)])? Self::$key => stringify!($field),)+
                }
            }

            /// What the key says, in a sentence.
            pub const fn about(self) -> &'static str {
                match self {
                    $($(#[cfg($cfg)])? Self::$key => $about,)+
                }
            }

            /// Where its value is in a policy.
            pub fn slot(self, policy: &mut Policy) -> Slot<'_> {
                match self {
                    $($(#[cfg($cfg)])? Self::$key => Slot::$slot(&mut policy.$field),)+
                }
            }
        }
    };
}

keys! {
    AllowOrigins = allow_origins: Texts,
        "Allowed origins, such as \"https://app.example.com\", \"https://*.example.com\" or \"http://localhost:*\"; or \"*\" alone for any origin.";
    AllowOriginPatterns = allow_origin_patterns: Texts,
        "Origins as regular expressions, each anchored at both ends.";
    DynamicOrigins = dynamic_origins: Switch,
        "Whether a predicate in the program may allow more origins.";
    NoOrigins = no_origins: Switch,
        "Whether a policy without origins is intended. It then denies every origin.";
    AllowMethods = allow_methods: Texts,
        "Allowed methods other than GET, HEAD and POST, which need no listing; or \"*\" alone for any method.";
    AllowHeaders = allow_headers: Texts,
        "Allowed request headers other than the CORS-safelisted ones; or \"*\" alone for any header.";
    ExposeHeaders = expose_headers: Texts,
        "Response headers that scripts may read, other than the CORS-safelisted ones; or \"*\" alone for any header.";
    AllowCredentials = allow_credentials: Switch,
        "Whether requests may include cookies and client certificates, and scripts may then read the response.";
    MaxAge = max_age: Seconds,
        "How long browsers may cache a preflight, in seconds: 600 by default, 0 to disable caching, 86400 at most.";
    AllowPrivateNetwork = allow_private_network: Switch,
        "Whether to grant preflights that request access to a private network.";
    PreflightStatus = preflight_status: Status,
        "The status of a preflight's answer: 204 by default, or 200 for clients that reject 204.";
    AllowTiming = allow_timing: Switch,
        "Whether scripts of allowed origins may read a response's timing in detail, by Timing-Allow-Origin.";
    SilentRefusals = silent_refusals: Switch,
        "Whether to answer a preflight with 403 and no CORS headers if its method or headers are denied.";
    OnlyListedMethods = only_listed_methods: Switch,
        "Whether GET, HEAD and POST pass a preflight only if they are listed.";
    DangerouslyAllowNullOrigin = dangerously_allow_null_origin: Switch,
        "Whether to allow the origin \"null\", which any site can send from a sandboxed frame.";
    DangerouslyAllowAnyOriginWithCredentials = dangerously_allow_any_origin_with_credentials: Switch,
        "Whether every origin may read responses with the user's credentials, and so act as the user.";
    DangerouslyAllowInsecureOrigins = dangerously_allow_insecure_origins: Switch,
        "Whether http: origins may be listed together with credentials.";
    DangerouslyAllowPublicSuffixes = dangerously_allow_public_suffixes: Switch,
        "Whether \"*.\" may cover a public suffix together with credentials.";
}

impl Key {
    /// The key that is spelled so, if there is one.
    ///
    /// ```
    /// use cors_core::data::Key;
    ///
    /// assert_eq!(Key::spelled("allowedOrigins"), Some(Key::AllowOrigins));
    /// assert_eq!(Key::spelled("allow_origin"), None);
    /// ```
    pub fn spelled(text: &str) -> Option<Self> {
        let is = |key: &&Self| key.spellings().iter().any(|known| known == text);
        Self::ALL.iter().find(is).copied()
    }

    /// Every spelling that is read: the name, with `allowed_` for `allow_` and `exposed_` for
    /// `expose_`, and each of these in camelCase.
    pub fn spellings(self) -> Vec<String> {
        let name = self.name();
        let mut spellings = Vec::from([name.to_string()]);
        for (verb, participle) in [("allow_", "allowed_"), ("expose_", "exposed_")] {
            spellings.extend(name.strip_prefix(verb).map(|rest| format!("{participle}{rest}")));
        }
        let camel: Vec<_> = spellings.iter().map(|name| camel_case(name)).collect();
        spellings.extend(camel);
        spellings
    }

    /// Whether it gives up a protection, and so is named `dangerously`.
    pub fn is_dangerous(self) -> bool {
        self.name().starts_with("dangerously_")
    }
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut camel: String = words.next().unwrap_or_default().into();
    for word in words {
        let (first, rest) = word.split_at(word.len().min(1));
        camel.push_str(&first.to_ascii_uppercase());
        camel.push_str(rest);
    }
    camel
}

/// What is spelled as no key, and the key that was meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownKey {
    given: String,
    known: Vec<&'static str>,
}

impl UnknownKey {
    /// No key of a policy, and none of these others, which may stand in its place.
    ///
    /// ```
    /// use cors_core::data::UnknownKey;
    ///
    /// let unknown = UnknownKey::new("max_ages", &[]);
    /// assert_eq!(unknown.to_string(), "unknown key \"max_ages\": write max_age");
    /// ```
    pub fn new(given: &str, others: &[&'static str]) -> Self {
        let known = Key::ALL.iter().map(|key| key.name()).chain(others.iter().copied());
        Self { given: given.into(), known: known.collect() }
    }

    /// What is wrong, without what to write instead.
    pub fn problem(&self) -> String {
        format!("unknown key {:?}", self.given)
    }

    /// The nearest known key, unless none is near.
    pub fn nearest(&self) -> Option<&'static str> {
        let (distance, nearest) =
            self.known.iter().map(|known| (distance(&self.given, known), *known)).min()?;
        (distance <= nearest.len() / 2).then_some(nearest)
    }

    /// What to write instead: the nearest known key, or else one of all.
    pub fn remedy(&self) -> String {
        match self.nearest() {
            Some(nearest) => format!("write {nearest}"),
            None => format!("the keys are {}", self.known.join(", ")),
        }
    }
}

impl fmt::Display for UnknownKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.problem(), self.remedy())
    }
}

impl core::error::Error for UnknownKey {}

/// How many letters have to be written, removed or replaced to make one name of the other. A name
/// too long to be a slip is not compared: its end is enough to tell.
fn distance(given: &str, known: &str) -> usize {
    const LONGEST: usize = 64;
    if given.len() > LONGEST {
        return given.len();
    }
    let mut row: Vec<usize> = (0..=known.len()).collect();
    for (line, a) in given.bytes().enumerate() {
        let mut corner = line;
        row[0] = line + 1;
        for (column, b) in known.bytes().enumerate() {
            let replaced = corner + usize::from(a != b);
            corner = row[column + 1];
            row[column + 1] = replaced.min(corner + 1).min(row[column] + 1);
        }
    }
    row[known.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_read_as_its_key_and_no_other() {
        for key in Key::ALL {
            for spelling in key.spellings() {
                assert_eq!(Key::spelled(&spelling), Some(*key), "{spelling}");
            }
        }
        assert_eq!(
            Key::ExposeHeaders.spellings(),
            ["expose_headers", "exposed_headers", "exposeHeaders", "exposedHeaders"]
        );
        assert_eq!(Key::MaxAge.spellings(), ["max_age", "maxAge"]);
    }

    #[track_caller]
    fn unknown(given: &str, message: &str) {
        assert_eq!(Key::spelled(given), None);
        let error = UnknownKey::new(given, &["resources"]).to_string();
        assert!(error.starts_with(message), "{error}");
    }

    #[test]
    fn an_unknown_key_names_the_nearest_one() {
        unknown("allow_origin", "unknown key \"allow_origin\": write allow_origins");
        unknown("allowd_methods", "unknown key \"allowd_methods\": write allow_methods");
        unknown("Max-Age", "unknown key \"Max-Age\": write max_age");
        unknown("resource", "unknown key \"resource\": write resources");
        unknown("colour", "unknown key \"colour\": the keys are allow_origins, ");
        unknown(&"x".repeat(1 << 16), "unknown key \"xxx");
    }
}
