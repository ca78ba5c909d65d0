//! [django-cors-headers](https://github.com/adamchainz/django-cors-headers).

use cors_core::Origin;

use crate::{
    Cause, Converted, Inexpressible, Library, Rule, Value,
    converted::Drafts,
    draft::Draft,
    options::{Options as _, options},
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
        draft.ignored(&self.ignored, Self::KEYS);
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
            None => draft.default_max_age(86_400),
            Some(seconds) => draft.max_age("CORS_PREFLIGHT_MAX_AGE", seconds),
        }
        let network = draft.flag("CORS_ALLOW_PRIVATE_NETWORK", self.allow_private_network.as_ref());
        draft.private_network(network);
        if let Some(signal) = &self.check_request_enabled {
            draft.refuse(Cause::Callback, "check_request_enabled", signal);
        }

        let mut drafts = Drafts::new(Library::Django);
        let paths = match &self.urls_regex {
            None => Some(Paths::every()),
            Some(Value::Text(pattern)) => path::of_regex(pattern),
            // `u` is how Python reads every text.
            Some(Value::Regex { pattern, flags }) if flags.chars().all(|flag| flag == 'u') => {
                path::of_regex(pattern)
            }
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
        let option = match &self.allowed_origins {
            None if self.origin_whitelist.is_some() => "CORS_ORIGIN_WHITELIST",
            _ => "CORS_ALLOWED_ORIGINS",
        };
        for text in draft.texts(option, list, &[]) {
            origin(draft, option, text);
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

/// An origin of which the scheme, without case, and the host are compared. The checks that run at
/// the start of the server reject one without a scheme, or with more than a host.
fn origin(draft: &mut Draft, option: &str, text: &str) {
    if matches!(text, "null" | "file://") {
        return draft.origin("null");
    }
    let shown = format_args!("{text:?}");
    if text == "*" {
        return draft.rejected(
            option,
            shown,
            "is rejected by Django: it is missing scheme or netloc (corsheaders.E013)",
            "write CORS_ALLOW_ALL_ORIGINS = True to allow every origin, or list the origins",
        );
    }
    let Some((scheme, rest)) = text.split_once("://").filter(|(_, rest)| !rest.is_empty()) else {
        let host = text.rsplit_once("//").map_or(text, |(_, host)| host).trim_end_matches('/');
        let name = host.split(':').next().unwrap_or_default();
        let local = !name.contains('.') || name.starts_with("127.");
        let scheme = if local { "http" } else { "https" };
        return draft.rejected(
            option,
            shown,
            "is rejected by Django: it is missing scheme or netloc (corsheaders.E013)",
            format!("write \"{scheme}://{host}\""),
        );
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = &rest[..end];
    let origin = format!("{}://{host}", scheme.to_ascii_lowercase());
    let part = match rest[end..].chars().next() {
        Some('/') => "path",
        Some('?') => "query",
        Some('#') => "fragment",
        _ => {
            if origin != text && Origin::parse(origin.as_bytes()).is_some() {
                draft.note(Rule::OriginTrimmed, shown);
            }
            return draft.origin(&origin);
        }
    };
    draft.rejected(
        option,
        shown,
        format!("is rejected by Django: it should not have {part} (corsheaders.E014)"),
        format!("write \"{origin}\""),
    );
}
