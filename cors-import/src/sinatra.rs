//! [sinatra-cross_origin](https://github.com/britg/sinatra-cross_origin).

use crate::{
    Cause, Converted, Inexpressible, Library, Rule, Value,
    converted::Drafts,
    draft::Draft,
    options::{Options as _, options},
    regex::Anchors,
};

options! {
    /// What `set` sets.
    pub struct Sinatra {
        /// Whether CORS is on for every path: false unless set.
        cross_origin = "cross_origin",
        /// `:any` unless set: every origin.
        allow_origin = "allow_origin",
        /// `post`, `get` and `options` unless set.
        allow_methods = "allow_methods",
        /// `*`, `Content-Type`, `Accept`, `AUTHORIZATION` and `Cache-Control` unless set.
        allow_headers = "allow_headers",
        /// True unless set.
        allow_credentials = "allow_credentials",
        /// 1728000 unless set.
        max_age = "max_age",
        /// Six names unless set.
        expose_headers = "expose_headers",
    }
}

const METHODS: &[&str] = &["post", "get", "options"];
const HEADERS: &[&str] = &["*", "Content-Type", "Accept", "AUTHORIZATION", "Cache-Control"];
const EXPOSED: &[&str] =
    &["Cache-Control", "Content-Language", "Content-Type", "Expires", "Last-Modified", "Pragma"];

impl Sinatra {
    /// The policy that this configuration is.
    ///
    /// # Errors
    ///
    /// Everything that a policy cannot say.
    pub fn convert(&self) -> Result<Converted, Inexpressible> {
        let credentials = match &self.allow_credentials {
            None | Some(Value::Bool(true)) => true,
            Some(value) => value.text() == Some("true"),
        };
        let mut draft = Draft::new(Library::Sinatra);
        draft.ignored(&self.ignored, Self::KEYS);
        if self.is_sinatra_cors() {
            return self.convert_sinatra_cors(draft);
        }
        draft.credentials(credentials);
        let any = Value::Symbol("any".into());
        if !draft.flag("cross_origin", self.cross_origin.as_ref()) {
            draft.note(Rule::NotEnabled, "");
        } else {
            origins(&mut draft, self.allow_origin.as_ref().unwrap_or(&any));
        }
        for name in draft.names("allow_methods", self.allow_methods.as_ref(), METHODS) {
            // `upcase!` has nothing to say where it changes nothing.
            if name.contains(|c: char| c.is_ascii_lowercase()) {
                draft.methods([&*name.to_ascii_uppercase()]);
            } else {
                draft.note(Rule::MethodLost, format_args!("{name:?}"));
            }
        }
        let headers = draft.names("allow_headers", self.allow_headers.as_ref(), HEADERS);
        draft.headers(headers);
        let exposed = draft.names("expose_headers", self.expose_headers.as_ref(), EXPOSED);
        draft.expose(exposed);
        match &self.max_age {
            Some(Value::Null) => {}
            None => draft.default_max_age(1_728_000),
            Some(seconds) => draft.max_age("max_age", seconds),
        }
        Drafts::only(Library::Sinatra, draft)
    }
}

impl Sinatra {
    /// Whether these are settings of the other gem, sinatra-cors, whose lists are texts.
    fn is_sinatra_cors(&self) -> bool {
        let is_text = |value: &Option<Value>| matches!(value, Some(Value::Text(_)));
        self.cross_origin.is_none()
            && (is_text(&self.allow_methods) || is_text(&self.allow_headers))
    }

    /// Origins are separated by spaces, other names by commas, and nothing is allowed unless set.
    fn convert_sinatra_cors(&self, mut draft: Draft) -> Result<Converted, Inexpressible> {
        draft.credentials(self.allow_credentials.as_ref().is_some_and(Value::is_truthy));
        for value in self.allow_origin.iter().flat_map(Value::elements) {
            match value.text() {
                Some("*" | "any") => draft.any_origin(),
                Some(list) => list.split_whitespace().for_each(|origin| draft.origin(origin)),
                None => draft.refuse(Cause::Type, "allow_origin", value),
            }
        }
        let methods = draft.names("allow_methods", self.allow_methods.as_ref(), &[]);
        draft.methods(methods);
        let headers = draft.names("allow_headers", self.allow_headers.as_ref(), &[]);
        draft.headers(headers);
        let exposed = draft.names("expose_headers", self.expose_headers.as_ref(), &[]);
        draft.expose(exposed);
        if let Some(seconds) = &self.max_age {
            draft.max_age("max_age", seconds);
        }
        Drafts::only(Library::Sinatra, draft)
    }
}

fn origins(draft: &mut Draft, value: &Value) {
    match value {
        Value::Symbol(name) if name == "any" => draft.any_origin(),
        // Where nothing matches, what is configured is sent to everybody.
        Value::Text(text) if text == "*" => draft.star_origin(),
        value => {
            for origin in value.elements() {
                match origin {
                    Value::Regex { pattern, flags } => {
                        draft.regex("allow_origin", pattern, flags, Anchors::Search);
                    }
                    Value::Text(text) if text == "any" => {
                        draft.note(Rule::AnyString, "allow_origin")
                    }
                    Value::Text(text) => draft.origin(text),
                    Value::Code(_) => draft.refuse(Cause::Callback, "allow_origin", origin),
                    origin => draft.refuse(Cause::Type, "allow_origin", origin),
                }
            }
        }
    }
}
