//! [`cors`](https://github.com/expressjs/cors) of express.

use crate::{
    Cause, Converted, Inexpressible, Library, Rule, Value,
    converted::Drafts,
    draft::Draft,
    options::{Options as _, options},
    regex::Anchors,
};

options! {
    /// The options object of `cors(options)`.
    pub struct Express {
        /// Who may read: `"*"` unless set. A text, a regular expression, a list of both, or a
        /// boolean: every origin, or no CORS at all.
        origin = "origin",
        /// `GET,HEAD,PUT,PATCH,POST,DELETE` unless set.
        methods = "methods",
        /// Any header unless set.
        allowed_headers = "allowedHeaders",
        /// Stands for `allowedHeaders` where that is absent.
        headers = "headers",
        /// None unless set.
        exposed_headers = "exposedHeaders",
        /// Only `true` itself is true.
        credentials = "credentials",
        /// Not told unless set.
        max_age = "maxAge",
        /// Whether the handler runs on preflights, behind the headers.
        preflight_continue = "preflightContinue",
        /// The status of preflights: 204 unless set.
        options_success_status = "optionsSuccessStatus",
    }
}

const METHODS: &[&str] = &["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"];

impl Express {
    /// The policy that this configuration is.
    ///
    /// # Errors
    ///
    /// Everything that a policy cannot say.
    pub fn convert(&self) -> Result<Converted, Inexpressible> {
        let mut draft = Draft::new(Library::Express);
        draft.ignored(&self.ignored, Self::KEYS);
        draft.credentials(self.credentials == Some(Value::Bool(true)));
        match &self.origin {
            None => draft.star_origin(),
            Some(origin) => origins(&mut draft, origin, true),
        }
        let methods = draft.names("methods", self.methods.as_ref(), METHODS);
        draft.methods(methods);
        let truthy = |value: &Option<Value>| value.clone().filter(Value::is_truthy);
        match truthy(&self.allowed_headers).or(truthy(&self.headers)) {
            None => draft.any_header(),
            headers => {
                let names = draft.names("allowedHeaders", headers.as_ref(), &[]);
                draft.headers(names);
            }
        }
        let exposed = truthy(&self.exposed_headers);
        let names = draft.names("exposedHeaders", exposed.as_ref(), &[]);
        draft.expose(names);
        match &self.max_age {
            None | Some(Value::Null | Value::Undefined) => {}
            Some(Value::Text(text)) if text.is_empty() => {}
            Some(seconds) => draft.max_age("maxAge", seconds),
        }
        if let Some(value) = self.preflight_continue.as_ref().filter(|value| value.is_truthy()) {
            draft.refuse(Cause::PreflightContinue, "preflightContinue", value);
        }
        match &self.options_success_status {
            None | Some(Value::Integer(204)) => {}
            Some(status @ Value::Integer(200..=299)) => {
                draft.note(Rule::PreflightStatus, format_args!("optionsSuccessStatus {status}"));
            }
            Some(status) => draft.refuse(Cause::Type, "optionsSuccessStatus", status),
        }
        Drafts::only(Library::Express, draft)
    }
}

fn origins(draft: &mut Draft, value: &Value, outermost: bool) {
    match value {
        Value::Text(text) if outermost && text == "*" => draft.star_origin(),
        Value::Text(text) if text.is_empty() => {}
        Value::Text(text) => draft.origin(text),
        Value::Regex { pattern, flags } => draft.regex("origin", pattern, flags, Anchors::Search),
        Value::List(list) => list.iter().for_each(|value| origins(draft, value, false)),
        Value::Code(_) => draft.refuse(Cause::Callback, "origin", value),
        value if value.is_truthy() => draft.any_origin(),
        _ => {}
    }
}
