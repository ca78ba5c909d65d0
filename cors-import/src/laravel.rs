//! Laravel's `HandleCors`, and [fruitcake's packages](https://github.com/fruitcake/php-cors).

use crate::{
    Cause, Converted, Inexpressible, Library, Mistake, Rule, Value,
    converted::Drafts,
    draft::Draft,
    options::{Options as _, options},
    path,
    regex::Anchors,
};

options! {
    /// What `config/cors.php` returns, in both spellings.
    pub struct Laravel {
        /// No path unless set.
        paths = "paths",
        /// `*` unless set.
        allowed_origins = "allowed_origins",
        /// The same in the other spelling, which wins.
        allowed_origins_camel = "allowedOrigins",
        /// None unless set.
        allowed_origins_patterns = "allowed_origins_patterns",
        /// The same in the other spelling, which wins.
        allowed_origins_patterns_camel = "allowedOriginsPatterns",
        /// `*` unless set.
        allowed_methods = "allowed_methods",
        /// The same in the other spelling, which wins.
        allowed_methods_camel = "allowedMethods",
        /// `*` unless set.
        allowed_headers = "allowed_headers",
        /// The same in the other spelling, which wins.
        allowed_headers_camel = "allowedHeaders",
        /// None unless set.
        exposed_headers = "exposed_headers",
        /// The same in the other spelling, which wins.
        exposed_headers_camel = "exposedHeaders",
        /// 0 unless set.
        max_age = "max_age",
        /// The same in the other spelling, which wins.
        max_age_camel = "maxAge",
        /// False unless set.
        supports_credentials = "supports_credentials",
        /// The same in the other spelling, which wins.
        supports_credentials_camel = "supportsCredentials",
    }
}

/// What stands for every method: all that its router knows, in upper case.
const METHODS: [&str; 7] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

impl Laravel {
    /// The policies that this configuration is.
    ///
    /// # Errors
    ///
    /// Everything that a policy cannot say.
    pub fn convert(&self) -> Result<Converted, Inexpressible> {
        let credentials = either(&self.supports_credentials_camel, &self.supports_credentials);
        let mut draft = Draft::new(Library::Laravel);
        draft.ignored(&self.ignored, Self::KEYS);
        draft.credentials(credentials.is_some_and(Value::is_truthy));
        self.origins(&mut draft);
        let methods = either(&self.allowed_methods_camel, &self.allowed_methods);
        let methods = draft.texts("allowed_methods", methods, &["*"]);
        if methods.contains(&"*") {
            draft.note(Rule::MethodEcho, "");
            draft.methods(METHODS);
        } else {
            let upper: Vec<_> = methods.iter().map(|name| name.to_uppercase()).collect();
            draft.methods(upper.iter().map(String::as_str));
        }
        let headers = either(&self.allowed_headers_camel, &self.allowed_headers);
        let headers = draft.texts("allowed_headers", headers, &["*"]);
        if headers.contains(&"*") {
            draft.any_header();
        } else {
            draft.headers(headers);
        }
        let exposed = either(&self.exposed_headers_camel, &self.exposed_headers);
        let exposed = exposed.filter(|value| value.is_truthy());
        let exposed = draft.texts("exposed_headers", exposed, &[]);
        draft.expose(exposed);
        match either(&self.max_age_camel, &self.max_age) {
            Some(Value::Null) => {}
            Some(Value::Bool(flag)) => draft.max_age("max_age", &Value::Integer((*flag).into())),
            seconds => draft.max_age("max_age", seconds.unwrap_or(&Value::Integer(0))),
        }

        let mut drafts = Drafts::new(Library::Laravel);
        let mut paths = Vec::new();
        let none = Value::List(Vec::new());
        if self.paths.as_ref().unwrap_or(&none) == &none {
            drafts.note(Rule::PathsMissing, "");
        }
        match self.paths.as_ref().unwrap_or(&none) {
            Value::List(list) => {
                for pattern in list {
                    paths.extend(of_pattern(&mut drafts, pattern));
                }
            }
            Value::Table(hosts) => {
                for (host, _) in hosts {
                    drafts.refuse(mistake(Cause::Host, host.to_string()));
                }
            }
            value => drafts.refuse(mistake(Cause::Type, value.to_string())),
        }
        let bare: Vec<String> = bare_paths(&paths);
        drafts.add(paths, draft);
        for path in bare {
            drafts.set(path, None);
        }
        drafts.convert()
    }

    fn origins(&self, draft: &mut Draft) {
        let origins = either(&self.allowed_origins_camel, &self.allowed_origins);
        for text in draft.texts("allowed_origins", origins, &["*"]) {
            match text.split_once('*') {
                _ if text == "*" => draft.any_origin(),
                None => draft.origin(text),
                Some(("https://" | "http://", rest)) if is_domain(rest) => {
                    draft.origin_pattern(text.to_owned());
                }
                Some(("http://localhost:" | "http://127.0.0.1:", "")) => {
                    draft.note(Rule::LoopbackPorts, format_args!("{text:?}"));
                    draft.origin_pattern(text.to_owned());
                }
                Some(_) => {
                    let parts: Vec<_> = text.split('*').map(regex_syntax::escape).collect();
                    draft.anchored_regex(parts.join(".*"));
                }
            }
        }
        let patterns = either(&self.allowed_origins_patterns_camel, &self.allowed_origins_patterns);
        for text in draft.texts(PATTERNS, patterns, &[]) {
            match delimited(text) {
                Some((pattern, flags)) => draft.regex(PATTERNS, pattern, flags, Anchors::Search),
                None => draft.refuse(Cause::Regex, PATTERNS, format_args!("{text:?}")),
            }
        }
    }
}

const PATTERNS: &str = "allowed_origins_patterns";

fn either<'v>(camel: &'v Option<Value>, snake: &'v Option<Value>) -> Option<&'v Value> {
    camel.as_ref().or(snake.as_ref())
}

/// A dot, and labels in lower case without a port.
fn is_domain(rest: &str) -> bool {
    rest.strip_prefix('.').is_some_and(|rest| {
        !rest.is_empty()
            && rest.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.'))
    })
}

/// A pattern and its flags, without the delimiters.
fn delimited(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next().filter(|c| c.is_ascii_punctuation() && *c != '\\')?;
    let close = match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        other => other,
    };
    text[1..].rsplit_once(close)
}

/// The paths of which only what is below them is covered. Laravel reads `/api/` as `/api`, which `api/*`
/// does not match; `/api/*` alone would cover `/api/`.
fn bare_paths(paths: &[String]) -> Vec<String> {
    let bare = paths.iter().filter_map(|path| path.strip_suffix("/*"));
    let meant = |bare: &&str| paths.iter().any(|path| path == bare || path::contains(path, bare));
    bare.filter(|bare| !meant(bare)).map(str::to_owned).collect()
}

fn of_pattern(drafts: &mut Drafts, pattern: &Value) -> Vec<String> {
    let Some(text) = pattern.text() else {
        drafts.refuse(mistake(Cause::Type, pattern.to_string()));
        return Vec::new();
    };
    if text.contains("://") {
        drafts.refuse(mistake(Cause::Host, format!("{text:?}")));
        return Vec::new();
    }
    if text.contains(['?', '#']) {
        drafts.note(Rule::PathUnmatched, format!("{text:?}"));
        return Vec::new();
    }
    match path::of_laravel(text) {
        Some(paths) => {
            if let Some(rule) = paths.rule {
                drafts.note(rule, format!("{text:?}"));
            }
            paths.patterns
        }
        None => {
            drafts.refuse(path::mistake("paths", format!("{text:?}")));
            Vec::new()
        }
    }
}

fn mistake(cause: Cause, value: String) -> Mistake {
    Mistake { cause, option: "paths".into(), value, said: None }
}
