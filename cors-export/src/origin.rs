//! The origins of a policy, as a server compares them: texts, and regular expressions.

use cors_core::{Policy, syntax};

use crate::{
    Cause, Mistake, pattern,
    regex::{literal, port_but},
    shape,
};

/// Origins that are allowed: one of the texts, or what one of the regular expressions matches whole.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct OriginMatch {
    pub(crate) texts: Vec<String>,
    pub(crate) regexes: Vec<String>,
    /// What must match besides a regular expression, where one could match more than an origin.
    pub(crate) shape: Option<String>,
}

impl OriginMatch {
    /// One line's worth of bytes: what a list of several `Origin` lines is not.
    pub(crate) fn single() -> Self {
        Self { regexes: vec!["[^,]*".into()], ..Self::default() }
    }

    /// Every origin but `null`.
    pub(crate) fn every() -> Self {
        Self {
            regexes: vec![shape::origin()],
            shape: Some(shape::length().into()),
            ..Self::default()
        }
    }

    pub(crate) fn listed(policy: &Policy, mistakes: &mut Vec<Mistake>) -> Self {
        let mut origins = Self::default();
        if policy.dangerously_allow_null_origin {
            origins.texts.push("null".into());
        }
        let mut has_labels = false;
        for entry in &policy.allow_origins {
            match Entry::of(entry) {
                Some(Entry::Text) => origins.texts.push(entry.clone()),
                Some(Entry::Family(regex)) => {
                    origins.regexes.push(regex);
                    has_labels |= entry.contains("://*.");
                }
                None => mistakes.push(Mistake::new(Cause::Origin, entry)),
            }
        }
        for pattern in &policy.allow_origin_patterns {
            match pattern::portable(pattern) {
                Some(regex) => origins.regexes.push(format!("(?:{regex})")),
                None => mistakes.push(Mistake::new(Cause::Regex, pattern)),
            }
        }
        origins.shape = match policy.allow_origin_patterns.is_empty() {
            true => has_labels.then(|| shape::length().into()),
            false => Some(wide_shape(&policy.allow_origins)),
        };
        origins
    }

    /// All of it as one regular expression, the shape aside.
    pub(crate) fn alternatives(&self) -> Vec<String> {
        self.texts.iter().map(|text| literal(text)).chain(self.regexes.iter().cloned()).collect()
    }

    /// The shape as it applies to all of it, texts included.
    pub(crate) fn whole_shape(&self) -> Option<String> {
        let shape = self.shape.as_ref()?;
        let texts = self.texts.iter().map(|text| literal(text));
        Some(format!("(?:{})", texts.chain([shape.clone()]).collect::<Vec<_>>().join("|")))
    }
}

/// The shape for patterns, which families beside them pass too.
fn wide_shape(entries: &[String]) -> String {
    let mut shapes = vec![shape::origin()];
    let families = entries.iter().filter_map(|entry| match Entry::of(entry) {
        Some(Entry::Family(regex)) => Some(regex),
        _ => None,
    });
    shapes.extend(families);
    format!("(?:{})", shapes.join("|"))
}

/// An entry of `allow_origins` that compiles and is not `*`.
enum Entry {
    Text,
    Family(String),
}

impl Entry {
    /// Nothing for a form that is not known here.
    fn of(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        if !text.contains('*') {
            return Some(Self::Text);
        }
        let (rest, port) = match rest.strip_suffix(":*") {
            Some(rest) => (rest, format!("(?::{})?", port_but(syntax::default_port(scheme)))),
            None => (rest, String::new()),
        };
        let (labels, host) = match rest.strip_prefix("*.") {
            Some(host) => (r"(?:[a-z0-9_-]{1,63}\.)+", host),
            None => ("", rest),
        };
        (!host.contains('*'))
            .then(|| Self::Family(format!("{}://{labels}{}{port}", literal(scheme), literal(host))))
    }
}
