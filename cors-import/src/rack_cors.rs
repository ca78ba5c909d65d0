//! [rack-cors](https://github.com/cyu/rack-cors) of Rails.

use cors_core::Origin;

use crate::{
    Cause, Converted, Inexpressible, Library, Mistake, Rule, Value,
    converted::Drafts,
    draft::Draft,
    options::{self, options},
    path::{self, Paths},
    regex::Anchors,
};

options! {
    /// `Rack::Cors`: its blocks.
    pub struct RackCors {
        /// A list of blocks, each with `origins` and `resources`.
        allow = "allow",
        /// Whether responses say why: it is not carried over, for decisions say so themselves.
        debug = "debug",
        /// Not carried over.
        logger = "logger",
    }
}

options! {
    /// One `allow` block.
    struct Allow {
        /// Who may read.
        origins = "origins",
        /// Code that says so.
        origins_block = "origins_block",
        /// A list of pairs: a path, and its options.
        resources = "resources",
    }
}

options! {
    /// The options of one resource.
    struct Resource {
        /// `get` unless set. What is not listed passes no preflight.
        methods = "methods",
        /// Beyond the safelisted ones: none unless set.
        headers = "headers",
        /// None unless set.
        expose = "expose",
        /// False unless set.
        credentials = "credentials",
        /// 7200 unless set.
        max_age = "max_age",
        /// Replaces `Origin`: it is not carried over.
        vary = "vary",
        /// Code that says whether the resource counts.
        condition = "if",
    }
}

const METHODS: [&str; 7] = ["get", "head", "post", "put", "patch", "delete", "options"];
/// What Rails calls the actions of a resource.
const ACTIONS: [&str; 7] = ["index", "show", "new", "edit", "create", "update", "destroy"];
const SAFELISTED_HEADERS: [&str; 4] =
    ["accept", "accept-language", "content-language", "content-type"];

impl RackCors {
    /// The policies that this configuration is.
    ///
    /// # Errors
    ///
    /// Everything that a policy cannot say.
    pub fn convert(&self) -> Result<Converted, Inexpressible> {
        let mut drafts = Drafts::new(Library::RackCors);
        drafts.ignored(&self.ignored);
        let mut earlier: Vec<String> = Vec::new();
        let mut blocks: Vec<Allow> = Vec::new();
        for block in self.allow.iter().flat_map(Value::elements) {
            match options::read::<Allow>("allow", block) {
                // A block without origins allows none.
                Ok(block) if block.is_closed() => {}
                Ok(block) => {
                    drafts.ignored(&block.ignored);
                    // The same resources for other origins: the union is exact.
                    let same = blocks.iter_mut().find(|known| {
                        known.resources == block.resources
                            && known.origins_block.is_none()
                            && block.origins_block.is_none()
                    });
                    match same {
                        Some(known) => {
                            let both = [known.origins.take(), block.origins];
                            known.origins = Some(Value::List(both.into_iter().flatten().collect()));
                        }
                        None => blocks.push(block),
                    }
                }
                Err(mistake) => drafts.refuse(mistake),
            }
        }
        for block in blocks {
            let mut own: Vec<String> = Vec::new();
            for resource in block.resources.iter().flat_map(Value::elements) {
                let Some((paths, options)) = pair(&mut drafts, resource) else { continue };
                let reached: Vec<String> = paths
                    .patterns
                    .into_iter()
                    .filter(|path| !own.iter().any(|known| path::contains(known, path)))
                    .collect();
                for path in &reached {
                    let shares = |known: &&String| {
                        path::contains(known, path) || path::contains(path, known)
                    };
                    if earlier.iter().any(|known| shares(&known)) {
                        drafts.refuse(Mistake {
                            cause: Cause::PathOverlap,
                            option: "resource".into(),
                            value: format!("{path:?}"),
                            said: None,
                        });
                    }
                }
                own.extend(reached.iter().cloned());
                let mut draft = options.draft(&block);
                if let Some(rule) = paths.rule {
                    draft.note(rule, reached.join(" "));
                }
                drafts.add(reached, draft);
            }
            earlier.extend(own);
        }
        drafts.convert()
    }
}

impl Allow {
    fn is_closed(&self) -> bool {
        self.origins_block.is_none()
            && self.origins.as_ref().is_none_or(|origins| origins.flat().is_empty())
    }

    fn origins(&self, draft: &mut Draft, credentials: bool) {
        if let Some(block) = &self.origins_block {
            draft.refuse(Cause::Callback, "origins", block);
        }
        for origin in self.origins.iter().flat_map(Value::flat) {
            match origin {
                Value::Text(text) if text == "*" && credentials => {
                    draft.refuse(Cause::Refused, "origins", "\"*\" with credentials");
                }
                Value::Text(text) if text == "*" => draft.any_origin(),
                Value::Text(text) if text.is_empty() => {}
                Value::Text(text) if has_scheme(text) => draft.origin(text),
                Value::Text(text) if text == "any" => draft.note(Rule::AnyString, "origins"),
                Value::Text(host) => any_scheme(draft, host),
                Value::Regex { pattern, flags } => {
                    draft.regex("origins", pattern, flags, Anchors::Search);
                }
                Value::Code(_) => draft.refuse(Cause::Callback, "origins", origin),
                origin => draft.refuse(Cause::Type, "origins", origin),
            }
        }
    }
}

impl Resource {
    fn draft(&self, block: &Allow) -> Draft {
        let credentials = self.credentials == Some(Value::Bool(true));
        let mut draft = Draft::new(Library::RackCors);
        draft.credentials(credentials);
        block.origins(&mut draft, credentials);

        draft.only_listed_methods();
        let names = match &self.methods {
            Some(Value::Symbol(any)) if any == "any" => METHODS.to_vec(),
            methods => draft.names("methods", methods.as_ref(), &["get"]),
        };
        for name in names {
            // What is asked for is put in lower case, and what is listed is not.
            if ACTIONS.contains(&name) {
                draft.note(Rule::MethodAction, format_args!("{name:?}"));
            } else if name == "any" {
                draft.note(Rule::AnyString, "methods");
            } else if name.contains(|c: char| c.is_ascii_uppercase()) {
                draft.note(Rule::MethodLost, format_args!("{name:?}"));
            } else {
                draft.methods([&*name.to_ascii_uppercase()]);
            }
        }
        match &self.headers {
            Some(Value::Symbol(any)) if any == "any" => draft.any_header(),
            headers => {
                draft.headers(SAFELISTED_HEADERS);
                for name in draft.names("headers", headers.as_ref(), &[]) {
                    if name == "any" {
                        draft.note(Rule::AnyString, "headers");
                    } else if name == "*" {
                        draft.note(Rule::HeaderUnsent, "\"*\"");
                    } else {
                        draft.headers([name]);
                    }
                }
            }
        }
        let names = draft.names("expose", self.expose.as_ref(), &[]);
        draft.expose(names);
        draft.max_age("max_age", self.max_age.as_ref().unwrap_or(&Value::Integer(7200)));
        if let Some(vary) = &self.vary {
            draft.note(Rule::NotCarried, format_args!("vary {vary}"));
        }
        if let Some(condition) = &self.condition {
            draft.refuse(Cause::Condition, "if", condition);
        }
        draft
    }
}

fn pair(drafts: &mut Drafts, resource: &Value) -> Option<(Paths, Resource)> {
    let Value::List(pair) = resource else {
        drafts.refuse(mistake(Cause::Type, "resources", resource));
        return None;
    };
    let (path, options) = match pair.as_slice() {
        [path] => (path, None),
        [path, options] => (path, Some(options)),
        _ => (resource, None),
    };
    let paths = match path {
        Value::Text(pattern) => path::of_rack(pattern),
        _ => None,
    };
    let Some(paths) = paths else {
        drafts.refuse(path::mistake("resource", path.to_string()));
        return None;
    };
    match options.map_or_else(|| Ok(Resource::default()), |table| options::read("resource", table))
    {
        Ok(options) => {
            drafts.ignored(&options.ignored);
            Some((paths, options))
        }
        Err(mistake) => {
            drafts.refuse(mistake);
            None
        }
    }
}

fn mistake(cause: Cause, option: &str, value: &Value) -> Mistake {
    Mistake { cause, option: option.into(), value: value.to_string(), said: None }
}

fn has_scheme(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_lowercase())
            && scheme.bytes().all(|c| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'+' | b'-'))
    })
}

/// A host, and a port if any: whatever the scheme.
fn any_scheme(draft: &mut Draft, host: &str) {
    let shown = format!("{host:?}");
    let origins = ["https", "http"].map(|scheme| format!("{scheme}://{host}"));
    let origins = origins.into_iter().filter(|it| Origin::parse(it.as_bytes()).is_some());
    let origins: Vec<_> = origins.collect();
    if origins.is_empty() {
        return draft.note(Rule::OriginUnsent, shown);
    }
    draft.note(Rule::OriginAnyScheme, shown);
    origins.iter().for_each(|origin| draft.origin(origin));
}
