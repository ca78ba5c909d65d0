//! [Flask-CORS](https://github.com/corydolphin/flask-cors).

mod places;

use std::cmp::Reverse;

use self::places::Options;
use crate::{
    Cause, Converted, Inexpressible, Library, Mistake, Rule, Value,
    converted::Drafts,
    draft::Draft,
    options::{self, Options as _},
    path::{self, Paths},
    regex::Anchors,
};

pub use self::places::Flask;

const METHODS: &[&str] = &["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"];

impl Flask {
    /// The policies that this configuration is.
    ///
    /// # Errors
    ///
    /// Everything that a policy cannot say.
    pub fn convert(&self) -> Result<Converted, Inexpressible> {
        let mut drafts = Drafts::new(Library::Flask);
        let own = self.options();
        let mut unknown = Draft::new(Library::Flask);
        unknown.ignored(&self.ignored, Self::KEYS);
        drafts.absorb(unknown);
        for (name, value, default) in [
            ("vary_header", self.vary_header.as_ref().or(self.config_vary_header.as_ref()), true),
            ("always_send", self.always_send.as_ref().or(self.config_always_send.as_ref()), true),
            (
                "automatic_options",
                self.automatic_options.as_ref().or(self.config_automatic_options.as_ref()),
                true,
            ),
            (
                "intercept_exceptions",
                self.intercept_exceptions.as_ref().or(self.config_intercept_exceptions.as_ref()),
                true,
            ),
        ] {
            if let Some(value) = value.filter(|value| value.is_truthy() != default) {
                drafts.note(Rule::NotCarried, format!("{name} {value}"));
            }
        }
        match self.resources.as_ref().or(self.config_resources.as_ref()) {
            None => drafts.add(Paths::every().patterns, own.draft()),
            Some(Value::Table(entries)) => {
                let mut entries: Vec<_> = entries.iter().collect();
                entries.sort_by_cached_key(|(pattern, _)| precedence(pattern));
                for (pattern, options) in entries {
                    match options::read::<Flask>("resources", options) {
                        Ok(options) => {
                            drafts.ignored(&options.ignored);
                            let options = options.options().or(&own);
                            add(&mut drafts, pattern, &options);
                        }
                        Err(mistake) => drafts.refuse(mistake),
                    }
                }
            }
            Some(patterns @ (Value::Text(_) | Value::List(_) | Value::Regex { .. })) => {
                for pattern in patterns.elements() {
                    add(&mut drafts, pattern, &own);
                }
            }
            Some(value) => drafts.refuse(mistake(Cause::Type, value)),
        }
        drafts.convert()
    }
}

/// Texts before patterns, and of two the one with more slashes, or else the longer one.
fn precedence(pattern: &Value) -> (bool, bool, Reverse<(usize, usize)>) {
    let text = match pattern {
        Value::Regex { pattern, .. } => pattern,
        pattern => pattern.text().unwrap_or_default(),
    };
    let compiled = matches!(pattern, Value::Regex { .. });
    (compiled || is_regex(text), !compiled, Reverse((text.matches('/').count(), text.len())))
}

/// A pattern of paths with its options.
fn add(drafts: &mut Drafts, pattern: &Value, options: &Options<'_>) {
    let paths = match pattern {
        Value::Text(text) if text == "*" => Some(Paths::every()),
        Value::Text(text) if is_regex(text) => path::of_regex(text),
        Value::Text(text) if text.starts_with('/') => Some(Paths::exactly(text)),
        Value::Regex { pattern, flags } if flags.is_empty() => path::of_regex(pattern),
        _ => None,
    };
    let Some(paths) = paths else {
        return drafts.refuse(path::mistake("resources", pattern.to_string()));
    };
    if let Some(rule) = paths.rule {
        drafts.note(rule, pattern.to_string());
    }
    drafts.add(paths.patterns, options.draft());
}

impl Options<'_> {
    fn draft(&self) -> Draft {
        let credentials = self.supports_credentials.is_some_and(Value::is_truthy);
        let mut draft = Draft::new(Library::Flask);
        draft.credentials(credentials);
        self.origins(&mut draft, credentials);

        draft.only_listed_methods();
        for name in draft.names("methods", self.methods, METHODS) {
            // A method is looked up among them, and none is called "*".
            if name != "*" {
                draft.methods([&*name.to_uppercase()]);
            }
        }
        match self.allow_headers {
            None => draft.any_header(),
            Some(headers) => allow_headers(&mut draft, headers),
        }
        let exposed = self.expose_headers.filter(|value| value.is_truthy());
        let names = draft.names("expose_headers", exposed, &[]);
        draft.expose(names);
        if let Some(seconds) = self.max_age.filter(|value| value.is_truthy()) {
            draft.max_age("max_age", seconds);
        }
        draft.private_network(self.allow_private_network.is_some_and(Value::is_truthy));
        draft
    }

    fn origins(&self, draft: &mut Draft, credentials: bool) {
        let any = Value::Text("*".into());
        let origins = self.origins.unwrap_or(&any);
        for origin in origins.elements() {
            match origin {
                Value::Text(text) if text == "*" || text == ".*" => {
                    if credentials && self.send_wildcard.is_some_and(Value::is_truthy) {
                        draft.refuse(
                            Cause::Refused,
                            "origins",
                            "\"*\" with supports_credentials and send_wildcard",
                        );
                    }
                    draft.any_origin();
                }
                Value::Text(text) if is_glob(text) => {
                    draft.note(Rule::OriginGlob, format_args!("{text:?}"));
                }
                Value::Text(text) if is_regex(text) => {
                    draft.regex("origins", text, "i", Anchors::Prefix);
                }
                Value::Text(text) => draft.origin(&text.to_lowercase()),
                Value::Regex { pattern, flags } => {
                    draft.regex("origins", pattern, flags, Anchors::Prefix);
                }
                Value::Code(_) => draft.refuse(Cause::Callback, "origins", origin),
                origin => draft.refuse(Cause::Type, "origins", origin),
            }
        }
    }
}

fn allow_headers(draft: &mut Draft, headers: &Value) {
    for header in headers.elements() {
        match header {
            Value::Text(text) if text == "*" || text == ".*" => draft.any_header(),
            Value::Text(text) if !is_regex(text) => draft.headers([text.trim()]),
            header => draft.refuse(Cause::HeaderPattern, "allow_headers", header),
        }
    }
}

/// What it takes for a regular expression.
fn is_regex(text: &str) -> bool {
    text.contains(['*', '\\', ']', '?', '$', '^', '[', '(', ')'])
}

/// Whether a `*` was meant for anything, and repeats what stands before it.
fn is_glob(text: &str) -> bool {
    let mut before = ' ';
    let mut found = false;
    for char in text.chars() {
        found |= char == '*' && !matches!(before, '.' | ']' | ')');
        before = char;
    }
    found
}

fn mistake(cause: Cause, value: &Value) -> Mistake {
    Mistake { cause, option: "resources".into(), value: value.to_string(), said: None }
}
