//! A policy in the making: what every library's conversion adds to.

mod settle;

use std::fmt;

use cors_core::{Origin, Policy, method};

use crate::{
    Cause, Difference, Inexpressible, Library, Mistake, Rule, Value,
    regex::{self, Anchors},
};

/// How long browsers keep a preflight whose answer does not say.
const UNSAID_MAX_AGE: u64 = 5;

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

    pub(crate) fn refuse(&mut self, cause: Cause, option: &str, value: impl fmt::Display) {
        self.mistakes.push(Mistake { cause, option: option.into(), value: value.to_string() });
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
            self.policy.allow_origins.push(text.to_owned());
        } else {
            self.note(Rule::OriginUnsent, format_args!("{text:?}"));
        }
    }

    /// A pattern in our own syntax, which the engine checks.
    pub(crate) fn origin_pattern(&mut self, pattern: String) {
        self.policy.allow_origins.push(pattern);
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
                for rule in translated.rules {
                    self.note(rule, format_args!("/{pattern}/"));
                }
                if translated.matches_null {
                    self.policy.dangerously_allow_null_origin = true;
                }
                self.anchored_regex(translated.pattern);
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
                    self.policy.allow_methods.push(name.into());
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
                name => self.policy.allow_headers.push(name.into()),
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
                name => self.policy.expose_headers.push(name.into()),
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
            Some(seconds) => self.policy.max_age = seconds,
            None => self.note(Rule::MaxAgeInvalid, value),
        }
    }

    pub(crate) fn private_network(&mut self, allow: bool) {
        self.policy.allow_private_network = allow;
    }

    /// A boolean option, false where it is absent.
    pub(crate) fn flag(&mut self, option: &str, value: Option<&Value>) -> bool {
        match value {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(value) => {
                self.refuse(Cause::Type, option, value);
                false
            }
        }
    }

    /// The texts of a list, in which no other value may be; `unset` where it is absent.
    pub(crate) fn texts<'v>(
        &mut self,
        option: &str,
        value: Option<&'v Value>,
        unset: &[&'static str],
    ) -> Vec<&'v str> {
        match value {
            None => unset.to_vec(),
            Some(Value::List(elements)) => {
                elements.iter().filter_map(|element| self.text(option, element)).collect()
            }
            Some(value) => {
                self.refuse(Cause::Type, option, value);
                Vec::new()
            }
        }
    }

    /// The names of a list that is one text with commas, or several texts; `unset` where it is
    /// absent.
    pub(crate) fn names<'v>(
        &mut self,
        option: &str,
        value: Option<&'v Value>,
        unset: &[&'static str],
    ) -> Vec<&'v str> {
        let Some(value) = value else { return unset.to_vec() };
        let texts = value.elements().iter().filter_map(|element| self.text(option, element));
        let names = texts.flat_map(|text| text.split(',').map(str::trim));
        names.filter(|name| !name.is_empty()).collect()
    }

    fn text<'v>(&mut self, option: &str, value: &'v Value) -> Option<&'v str> {
        let text = value.text();
        if text.is_none() {
            let cause = if matches!(value, Value::Code(_)) { Cause::Callback } else { Cause::Type };
            self.refuse(cause, option, value);
        }
        text
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

    /// Says in the policy's own words what was collected.
    fn tidy(&mut self) {
        if self.any_origin {
            self.policy.allow_origins.clear();
            self.policy.allow_origin_patterns.clear();
            self.policy.dangerously_allow_null_origin = false;
            if self.policy.allow_credentials {
                self.policy.allow_credentials = false;
                self.policy.dangerously_allow_any_origin_with_credentials = true;
                self.note(Rule::AnyOriginWithCredentials, "");
            } else {
                self.policy.allow_origins.push("*".into());
            }
        }
        if self.policy.dangerously_allow_null_origin {
            self.note(Rule::OriginNull, "");
        }
        if !self.policy.only_listed_methods {
            self.policy.allow_methods.retain(|name| !method::is_safelisted(name.as_bytes()));
        }
        for list in [
            &mut self.policy.allow_methods,
            &mut self.policy.allow_headers,
            &mut self.policy.expose_headers,
        ] {
            if list.iter().any(|name| name == "*") {
                *list = vec!["*".into()];
            }
        }
    }
}
