//! [django-cors-headers](https://github.com/adamchainz/django-cors-headers).

use cors_core::Origin;

use crate::{
    Cause, Converted, Inexpressible, Library, Rule, Value,
    converted::Drafts,
    draft::Draft,
    options::options,
    path::{self, Paths},
    regex::Anchors,
};

options! {
    /// The settings, with the names of today and those of old.
    pub struct Django {
        /// False unless set.
        allow_all_origins = "CORS_ALLOW_ALL_ORIGINS",
        /// Stands for `CORS_ALLOW_ALL_ORIGINS` where that is absent.
        origin_allow_all = "CORS_ORIGIN_ALLOW_ALL",
        /// Nobody unless set.
        allowed_origins = "CORS_ALLOWED_ORIGINS",
        /// Stands for `CORS_ALLOWED_ORIGINS` where that is absent.
        origin_whitelist = "CORS_ORIGIN_WHITELIST",
        /// None unless set.
        allowed_origin_regexes = "CORS_ALLOWED_ORIGIN_REGEXES",
        /// Stands for `CORS_ALLOWED_ORIGIN_REGEXES` where that is absent.
        origin_regex_whitelist = "CORS_ORIGIN_REGEX_WHITELIST",
        /// Every path unless set.
        urls_regex = "CORS_URLS_REGEX",
        /// Six unless set, without `HEAD`.
        allow_methods = "CORS_ALLOW_METHODS",
        /// Six unless set.
        allow_headers = "CORS_ALLOW_HEADERS",
        /// None unless set.
        expose_headers = "CORS_EXPOSE_HEADERS",
        /// 86400 unless set.
        preflight_max_age = "CORS_PREFLIGHT_MAX_AGE",
        /// False unless set.
        allow_credentials = "CORS_ALLOW_CREDENTIALS",
        /// False unless set.
        allow_private_network = "CORS_ALLOW_PRIVATE_NETWORK",
        /// Handlers of the signal `check_request_enabled`: code.
        check_request_enabled = "check_request_enabled",
    }
}

const METHODS: &[&str] = &["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"];
const HEADERS: &[&str] =
    &["accept", "authorization", "content-type", "user-agent", "x-csrftoken", "x-requested-with"];

impl Django {
    /// The policy that this configuration is.
    ///
    /// # Errors
    ///
    /// Everything that a policy cannot say.
    pub fn convert(&self) -> Result<Converted, Inexpressible> {
        let mut draft = Draft::new(Library::Django);
        let credentials = draft.flag("CORS_ALLOW_CREDENTIALS", self.allow_credentials.as_ref());
        draft.credentials(credentials);
        self.origins(&mut draft);
        let methods = draft.texts("CORS_ALLOW_METHODS", self.allow_methods.as_ref(), METHODS);
        draft.methods(methods);
        let headers = draft.texts("CORS_ALLOW_HEADERS", self.allow_headers.as_ref(), HEADERS);
        draft.headers(headers);
        let exposed = draft.texts("CORS_EXPOSE_HEADERS", self.expose_headers.as_ref(), &[]);
        draft.expose(exposed);
        match &self.preflight_max_age {
            Some(Value::Integer(0)) => {}
            seconds => draft.max_age(
                "CORS_PREFLIGHT_MAX_AGE",
                seconds.as_ref().unwrap_or(&Value::Integer(86_400)),
            ),
        }
        let network = draft.flag("CORS_ALLOW_PRIVATE_NETWORK", self.allow_private_network.as_ref());
        draft.private_network(network);
        if let Some(signal) = &self.check_request_enabled {
            draft.refuse(Cause::Callback, "check_request_enabled", signal);
        }

        let mut drafts = Drafts::new(Library::Django);
        let paths = match &self.urls_regex {
            None => Some(Paths::every()),
            Some(Value::Text(pattern) | Value::Regex { pattern, .. }) => path::of_regex(pattern),
            Some(_) => None,
        };
        match paths {
            Some(paths) => {
                if let Some(rule) = paths.rule {
                    draft.note(rule, "CORS_URLS_REGEX");
                }
                drafts.add(paths.patterns, draft);
            }
            None => {
                let value = self.urls_regex.as_ref().map(Value::to_string).unwrap_or_default();
                drafts.refuse(path::mistake("CORS_URLS_REGEX", value));
            }
        }
        drafts.convert()
    }

    fn origins(&self, draft: &mut Draft) {
        let all = self.allow_all_origins.as_ref().or(self.origin_allow_all.as_ref());
        if draft.flag("CORS_ALLOW_ALL_ORIGINS", all) {
            draft.any_origin();
        }
        let list = self.allowed_origins.as_ref().or(self.origin_whitelist.as_ref());
        for text in draft.texts("CORS_ALLOWED_ORIGINS", list, &[]) {
            origin(draft, text);
        }
        let regexes = self.allowed_origin_regexes.as_ref().or(self.origin_regex_whitelist.as_ref());
        for regex in regexes.map(Value::elements).unwrap_or_default() {
            let (pattern, flags) = match regex {
                Value::Text(pattern) => (pattern, ""),
                Value::Regex { pattern, flags } => (pattern, flags.as_str()),
                value => {
                    draft.refuse(Cause::Type, "CORS_ALLOWED_ORIGIN_REGEXES", value);
                    continue;
                }
            };
            draft.regex("CORS_ALLOWED_ORIGIN_REGEXES", pattern, flags, Anchors::Prefix);
        }
    }
}

/// An origin of which the scheme, without case, and what follows up to a path are compared.
fn origin(draft: &mut Draft, text: &str) {
    let Some((scheme, rest)) = text.split_once("://") else {
        // Whatever has no scheme is the same to it, and `null` is all that browsers send of it.
        let widened = !text.contains(':') && !text.starts_with("//");
        return draft.origin(if widened { "null" } else { text });
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let origin = format!("{}://{host}", scheme.to_ascii_lowercase());
    if origin != text && Origin::parse(origin.as_bytes()).is_some() {
        draft.note(Rule::OriginTrimmed, format_args!("{text:?}"));
    }
    draft.origin(&origin);
}
