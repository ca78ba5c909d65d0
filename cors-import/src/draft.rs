//! A policy in the making: what every library's conversion adds to.

mod read;
mod settle;

use std::fmt;

use cors_core::{Origin, Policy, method};

use crate::{
    Cause, Difference, Inexpressible, Library, Mistake, Rule, Value, options,
    regex::{self, Anchors},
};

/// How long browsers keep a preflight whose answer does not say.
const UNSAID_MAX_AGE: u64 = 5;

/// The longest that browsers other than Firefox cache a preflight.
const MOST_COMMON_MAX_AGE: u64 = 7_200;

/// One policy, and all that was noted while it was made.
pub(crate) struct Draft {
    library: Library,
    policy: Policy,
    any_origin: bool,
    differences: Vec<Difference>,
    mistakes: Vec<Mistake>,
}

/// What became of a draft: a policy, unless nobody may read.
pub(crate) struct Settled {
    pub(crate) policy: Option<Policy>,
    pub(crate) differences: Vec<Difference>,
}

impl Draft {
    pub(crate) fn new(library: Library) -> Self {
        let policy = Policy::new().max_age(UNSAID_MAX_AGE);
        Self { library, policy, any_origin: false, differences: Vec::new(), mistakes: Vec::new() }
    }

    pub(crate) fn note(&mut self, rule: Rule, value: impl fmt::Display) {
        let difference = Difference::new(self.library, rule, value.to_string());
        if !self.differences.contains(&difference) {
            self.differences.push(difference);
        }
    }

    /// A difference, with an origin that the library lets in and the policy does not.
    pub(crate) fn note_stranger(
        &mut self,
        rule: Rule,
        value: impl fmt::Display,
        stranger: Option<String>,
    ) {
        let difference = Difference::new(self.library, rule, value.to_string());
        let difference = difference.accepting(stranger);
        if !self.differences.contains(&difference) {
            self.differences.push(difference);
        }
    }

    pub(crate) fn refuse(&mut self, cause: Cause, option: &str, value: impl fmt::Display) {
        self.mistakes.push(Mistake {
            cause,
            option: option.into(),
            value: value.to_string(),
            said: None,
        });
    }

    /// Keys that the library does not have. A misspelled list of origins is a mistake: without it
    /// the policy would allow other origins than were meant.
    pub(crate) fn ignored(&mut self, keys: &[String], known: &[&str]) {
        for key in keys {
            match options::nearest(key, known) {
                Some(near) if near.to_lowercase().contains("origin") => {
                    let name = self.library.name();
                    self.mistakes.push(Mistake {
                        cause: Cause::Option,
                        option: String::new(),
                        value: format!("{key:?}"),
                        said: Some((
                            format!("is not a known option, and {name} ignores it"),
                            format!("write {near}, or remove it"),
                        )),
                    });
                }
                Some(near) => {
                    self.note(Rule::OptionIgnored, format_args!("{key:?} (not {near})"));
                }
                None => self.note(Rule::OptionIgnored, format_args!("{key:?}")),
            }
        }
    }

    /// A value that the library itself rejects.
    pub(crate) fn rejected(
        &mut self,
        option: &str,
        value: impl fmt::Display,
        clause: impl Into<String>,
        instead: impl Into<String>,
    ) {
        self.mistakes.push(Mistake {
            cause: Cause::Refused,
            option: option.into(),
            value: value.to_string(),
            said: Some((clause.into(), instead.into())),
        });
    }

    /// Whether credentials are allowed. This comes first: lists mean something else with them.
    pub(crate) fn credentials(&mut self, allow: bool) {
        self.policy.allow_credentials = allow;
    }

    /// Every origin, `null` included unless there are credentials.
    pub(crate) fn any_origin(&mut self) {
        self.any_origin = true;
    }

    /// Every origin, told by `*`: browsers do not take that together with credentials.
    pub(crate) fn star_origin(&mut self) {
        if self.policy.allow_credentials {
            self.policy.allow_credentials = false;
            self.note(Rule::StarWithCredentials, "");
        }
        self.any_origin();
    }

    /// An origin that is compared as text with what arrives.
    pub(crate) fn origin(&mut self, text: &str) {
        if text == "null" {
            self.policy.dangerously_allow_null_origin = true;
        } else if Origin::parse(text.as_bytes()).is_some() {
            self.origin_pattern(text.to_owned());
        } else if let Some(origin) = read::corrected(text) {
            self.note(Rule::OriginCorrected, format_args!("{text:?}"));
            self.origin_pattern(origin.to_owned());
        } else {
            self.note(Rule::OriginUnsent, format_args!("{text:?}"));
        }
    }

    /// A pattern in our own syntax, which the engine checks.
    pub(crate) fn origin_pattern(&mut self, pattern: String) {
        if !self.policy.allow_origins.contains(&pattern) {
            self.policy.allow_origins.push(pattern);
        }
    }

    /// A regular expression in the regex crate's syntax, anchored at both ends.
    pub(crate) fn anchored_regex(&mut self, pattern: String) {
        self.policy.allow_origin_patterns.push(pattern);
    }

    /// A regular expression of the library's language.
    pub(crate) fn regex(&mut self, option: &str, pattern: &str, flags: &str, anchors: Anchors) {
        if regex::is_everything(pattern) {
            return self.any_origin();
        }
        match regex::translate(pattern, flags, anchors) {
            Ok(translated) => {
                for (rule, stranger) in translated.rules {
                    self.note_stranger(rule, format_args!("/{pattern}/"), stranger);
                }
                if translated.matches_null {
                    self.policy.dangerously_allow_null_origin = true;
                }
                if translated.origins.is_empty() {
                    self.anchored_regex(translated.pattern);
                }
                for origin in translated.origins {
                    self.origin_pattern(origin);
                }
            }
            Err(cause) => self.refuse(cause, option, format_args!("/{pattern}/{flags}")),
        }
    }

    /// Methods as browsers are told of them.
    pub(crate) fn methods<'v>(&mut self, names: impl IntoIterator<Item = &'v str>) {
        for name in names {
            match name {
                "*" if self.policy.allow_credentials => {
                    self.note(Rule::ListStarWithCredentials, "methods \"*\"");
                }
                name if method::normalize(name) == name => {
                    if !self.policy.allow_methods.iter().any(|known| known == name) {
                        self.policy.allow_methods.push(name.into());
                    }
                }
                name => self.note(Rule::MethodUnsent, format_args!("{name:?}")),
            }
        }
    }

    /// Only methods that are listed pass a preflight, `GET`, `HEAD` and `POST` included.
    pub(crate) fn only_listed_methods(&mut self) {
        self.policy.only_listed_methods = true;
    }

    /// Request headers as browsers are told of them.
    pub(crate) fn headers<'v>(&mut self, names: impl IntoIterator<Item = &'v str>) {
        for name in names {
            match name {
                "*" if self.policy.allow_credentials => {
                    self.note(Rule::ListStarWithCredentials, "headers \"*\"");
                }
                "*" => {
                    self.note(Rule::HeaderStar, "");
                    self.any_header();
                }
                name => {
                    let listed = &mut self.policy.allow_headers;
                    if !listed.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                        listed.push(name.into());
                    }
                }
            }
        }
    }

    /// Whatever header is asked for.
    pub(crate) fn any_header(&mut self) {
        self.policy.allow_headers = vec!["*".into()];
    }

    /// Response headers that a script may read.
    pub(crate) fn expose<'v>(&mut self, names: impl IntoIterator<Item = &'v str>) {
        for name in names {
            match name {
                "*" if self.policy.allow_credentials => {
                    self.note(Rule::ListStarWithCredentials, "exposed headers \"*\"");
                }
                name => {
                    let listed = &mut self.policy.expose_headers;
                    if !listed.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                        listed.push(name.into());
                    }
                }
            }
        }
    }

    /// For how long browsers are told to keep a preflight.
    pub(crate) fn max_age(&mut self, option: &str, value: &Value) {
        let seconds = match value {
            Value::Integer(seconds) => Some(*seconds),
            Value::Text(text) => text.parse().ok(),
            Value::Float(_) => None,
            _ => return self.refuse(Cause::Type, option, value),
        };
        match seconds.and_then(|seconds| u64::try_from(seconds).ok()) {
            Some(seconds) if seconds > MOST_COMMON_MAX_AGE => {
                self.policy.max_age = MOST_COMMON_MAX_AGE;
                self.note(Rule::MaxAgeTooLarge, seconds);
            }
            Some(seconds) => self.policy.max_age = seconds,
            None => self.note(Rule::MaxAgeInvalid, value),
        }
    }

    /// The library's own default.
    pub(crate) fn default_max_age(&mut self, seconds: u64) {
        self.policy.max_age = seconds.min(MOST_COMMON_MAX_AGE);
    }

    pub(crate) fn private_network(&mut self, allow: bool) {
        self.policy.allow_private_network = allow;
    }

    pub(crate) fn into_notes(self) -> (Vec<Difference>, Vec<Mistake>) {
        (self.differences, self.mistakes)
    }

    /// Proves the policy, and takes out of it what cannot arrive.
    pub(crate) fn settle(mut self) -> Result<Settled, Inexpressible> {
        if self.mistakes.is_empty() {
            self.tidy();
            let policy = self.proved();
            if self.mistakes.is_empty() {
                return Ok(Settled { policy, differences: self.differences });
            }
        }
        Err(Inexpressible { library: self.library, mistakes: self.mistakes })
    }
}
