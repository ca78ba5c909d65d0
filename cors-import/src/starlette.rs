//! [`CORSMiddleware`](https://www.starlette.io/middleware/#corsmiddleware) of Starlette and FastAPI.

use crate::{
    Cause, Converted, Inexpressible, Library, Value,
    converted::Drafts,
    draft::Draft,
    options::{self, Options as _, options},
    regex::Anchors,
};

options! {
    /// The arguments of `CORSMiddleware`.
    pub struct Starlette {
        /// Nobody unless set. `"*"` among them is everybody.
        allow_origins = "allow_origins",
        /// A pattern that has to match the whole origin.
        allow_origin_regex = "allow_origin_regex",
        /// `GET` unless set; no other passes a preflight.
        allow_methods = "allow_methods",
        /// Beyond the four safelisted ones: none unless set.
        allow_headers = "allow_headers",
        /// False unless set.
        allow_credentials = "allow_credentials",
        /// None unless set.
        expose_headers = "expose_headers",
        /// False unless set.
        allow_private_network = "allow_private_network",
        /// 600 unless set.
        max_age = "max_age",
    }
}

/// What `"*"` stands for among the methods.
const METHODS: [&str; 8] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY"];

const SAFELISTED_HEADERS: [&str; 4] =
    ["accept", "accept-language", "content-language", "content-type"];

impl Starlette {
    /// The policy that this configuration is.
    ///
    /// # Errors
    ///
    /// Everything that a policy cannot say.
    pub fn convert(&self) -> Result<Converted, Inexpressible> {
        let mut draft = Draft::new(Library::Starlette);
        for key in &self.ignored {
            let near = options::nearest(key, Self::KEYS);
            draft.rejected(
                key,
                "",
                "is rejected by Starlette: got an unexpected keyword argument",
                near.map_or("remove it".to_owned(), |near| format!("write {near}")),
            );
        }
        let credentials = draft.flag("allow_credentials", self.allow_credentials.as_ref());
        draft.credentials(credentials);
        // A bare text is each of its letters, which nobody means.
        for origin in draft.texts("allow_origins", self.allow_origins.as_ref(), &[]) {
            match origin {
                "*" => draft.any_origin(),
                origin => draft.origin(origin),
            }
        }
        match &self.allow_origin_regex {
            None | Some(Value::Null) => {}
            Some(Value::Text(pattern)) => {
                draft.regex("allow_origin_regex", pattern, "", Anchors::Full);
            }
            Some(value) => draft.refuse(Cause::Type, "allow_origin_regex", value),
        }

        let methods = draft.texts("allow_methods", self.allow_methods.as_ref(), &["GET"]);
        draft.only_listed_methods();
        draft.methods(if methods.contains(&"*") { METHODS.to_vec() } else { methods });
        let headers = draft.texts("allow_headers", self.allow_headers.as_ref(), &[]);
        if headers.contains(&"*") {
            draft.any_header();
        } else {
            draft.headers(SAFELISTED_HEADERS.into_iter().chain(headers));
        }
        let exposed = draft.texts("expose_headers", self.expose_headers.as_ref(), &[]);
        draft.expose(exposed);
        let network = draft.flag("allow_private_network", self.allow_private_network.as_ref());
        draft.private_network(network);
        draft.max_age("max_age", self.max_age.as_ref().unwrap_or(&Value::Integer(600)));
        Drafts::only(Library::Starlette, draft)
    }
}
