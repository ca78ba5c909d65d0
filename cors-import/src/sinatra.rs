//! [sinatra-cross_origin](https://github.com/britg/sinatra-cross_origin).

use crate::{
    Cause, Converted, Inexpressible, Library, Rule, Value, converted::Drafts, draft::Draft,
    options::options, regex::Anchors,
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
        draft.credentials(credentials);
        let any = Value::Symbol("any".into());
        if draft.flag("cross_origin", self.cross_origin.as_ref()) {
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
            seconds => {
                draft.max_age("max_age", seconds.as_ref().unwrap_or(&Value::Integer(1_728_000)))
            }
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
                    Value::Text(text) => draft.origin(text),
                    Value::Code(_) => draft.refuse(Cause::Callback, "allow_origin", origin),
                    origin => draft.refuse(Cause::Type, "allow_origin", origin),
                }
            }
        }
    }
}
