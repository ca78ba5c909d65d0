//! A recorded configuration: the library's own options, and how the recorded application used them.

use cors_core::{Cors, Resources, plain::Plain};
use cors_import::{Converted, Difference, Format, Library, Rule, Unreadable, import};
use serde_json::{Map, Value};

pub(super) struct Configuration {
    pub(super) library: Library,
    pub(super) id: String,
    /// The policies, or the code of what keeps it from being some.
    pub(super) policies: Result<Cors<Plain>, String>,
    pub(super) differences: Vec<Difference>,
    pub(super) leaves_preflights_to_routes: bool,
    pub(super) replaces_handler_headers: bool,
    /// Whether it is around each view: what a view aborts with is an exception to it.
    pub(super) is_decorator: bool,
}

/// The code of a configuration that is used in a way that only code says: around one route, twice,
/// as a decorator.
const PLACEMENT: &str = "placement";

impl Configuration {
    pub(super) fn new(library: Library, id: String, recorded: &Value) -> Result<Self, String> {
        let is = |key: &str, value: &str| recorded[key] == value;
        let converted = match options(library, recorded) {
            Some(options) => import(library, Format::Json, &options.to_string()),
            None => return Ok(Self::without_policies(library, id, PLACEMENT.into())),
        };
        let Converted { resources, differences } = match converted {
            Ok(converted) => converted,
            Err(Unreadable::Inexpressible(wrong)) => {
                let code = wrong.mistakes().first().map_or("", |mistake| mistake.code());
                return Ok(Self::without_policies(library, id, code.into()));
            }
            Err(malformed) => {
                return Ok(Self::without_policies(library, id, malformed.to_string()));
            }
        };
        let resources = if is("mode", "path-mount") { mounted(resources) } else { resources };
        let policies = resources.compile().map_err(|wrong| format!("{library} / {id}: {wrong}"))?;
        Ok(Self {
            library,
            id,
            policies: Ok(policies),
            differences,
            leaves_preflights_to_routes: matches!(library, Library::Flask | Library::Sinatra)
                || is("mode", "route"),
            replaces_handler_headers: is("variant", "framework"),
            is_decorator: is("mode", "decorator"),
        })
    }

    /// Whether the conversion says that it allows this origin, which the library does not.
    pub(super) fn widens(&self, origin: &str) -> bool {
        self.differences.iter().any(|difference| match difference.rule() {
            Rule::OriginCorrected => corrected(difference.value()) == origin,
            Rule::LoopbackPorts => is_loopback(origin),
            _ => false,
        })
    }

    fn without_policies(library: Library, id: String, code: String) -> Self {
        Self {
            library,
            id,
            policies: Err(code),
            differences: Vec::new(),
            leaves_preflights_to_routes: false,
            replaces_handler_headers: false,
            is_decorator: false,
        }
    }
}

/// A quoted origin without a slash at its end and without a default port.
fn corrected(value: &str) -> &str {
    let origin = value.trim_matches('"').trim_end_matches('/');
    let port = if origin.starts_with("https:") { ":443" } else { ":80" };
    origin.strip_suffix(port).unwrap_or(origin)
}

fn is_loopback(origin: &str) -> bool {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let host = host.split(':').next().unwrap_or_default();
    host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.")
}

/// The options alone. Nothing where their place says as much as they do.
fn options(library: Library, recorded: &Value) -> Option<Value> {
    let mode = recorded["mode"].as_str().unwrap_or("global");
    let object = |key: &str| recorded[key].as_object().cloned().unwrap_or_default();
    let options: Map<String, Value> = match library {
        Library::Express if recorded["delegate"].is_object() => {
            [("origin".to_owned(), recorded["delegate"].clone())].into_iter().collect()
        }
        Library::Express if matches!(mode, "global" | "path-mount" | "route") => object("options"),
        Library::Flask
            if mode == "extension"
                || mode == "decorator" && recorded["options"]["automatic_options"].is_null() =>
        {
            object("app_config").into_iter().chain(object("options")).collect()
        }
        Library::Starlette if matches!(mode, "middleware" | "wrap" | "fastapi") => {
            object("options")
        }
        Library::Django => {
            let signal = recorded["signals"].get(0).cloned();
            let signal = signal.map(|signal| ("check_request_enabled".to_owned(), signal));
            object("settings").into_iter().chain(signal).collect()
        }
        // A helper's own options stay set for whoever comes next, whatever is asked for.
        Library::Sinatra
            if matches!(mode, "off" | "global")
                || mode == "helper" && recorded["helper_options"].is_null() =>
        {
            let mut settings = object("settings");
            settings.insert("cross_origin".into(), (mode != "off").into());
            if recorded["options_route"] == "readme" {
                let names = [
                    "X-Requested-With",
                    "X-HTTP-Method-Override",
                    "Content-Type",
                    "Cache-Control",
                    "Accept",
                ];
                settings.insert("allow_headers".into(), names.to_vec().into());
            }
            settings
        }
        Library::RackCors => {
            let mut options = recorded.as_object().cloned().unwrap_or_default();
            options.remove("raw_exceptions");
            options
        }
        Library::Laravel => {
            let mut cors = object("cors");
            if recorded["variant"] == "framework" && !cors.contains_key("paths") {
                cors.insert("paths".into(), vec!["api/*", "sanctum/csrf-cookie"].into());
            }
            cors
        }
        _ => return None,
    };
    Some(Value::Object(options))
}

/// The same policy, mounted at `/api`.
fn mounted(resources: Resources) -> Resources {
    match resources.only() {
        Some(policy) => Resources::new().at("/api", policy.clone()).at("/api/*", policy.clone()),
        None => resources,
    }
}
