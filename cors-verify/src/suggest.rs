//! A policy from an OpenAPI description.

use std::collections::{BTreeMap, BTreeSet};

use cors_core::{Policy, Resources, header, method};
use serde_json::Value;

/// What an operation needs of a policy.
#[derive(Clone, PartialEq, Eq, Default)]
struct Needs {
    methods: BTreeSet<String>,
    headers: BTreeSet<String>,
    exposed: BTreeSet<String>,
    credentials: bool,
}

const METHODS: [&str; 6] = ["get", "head", "post", "put", "patch", "delete"];

/// The policies for an API, by path: its methods, header parameters, response headers and security
/// schemes. The origins are not in the description.
///
/// # Errors
///
/// Where the document is not an OpenAPI or Swagger description.
pub fn policies(document: &Value, origins: &[String]) -> Result<Resources, String> {
    let is_description = document.get("openapi").or_else(|| document.get("swagger")).is_some();
    let paths = document.get("paths").and_then(Value::as_object).filter(|_| is_description);
    let paths = paths.ok_or("not an OpenAPI description: it has no \"openapi\" or no \"paths\"")?;
    let mut by_path: BTreeMap<String, Needs> = BTreeMap::new();
    for (template, item) in paths {
        let path = format!("{}{}", base(document), template);
        let needs = by_path.entry(pattern(&path)).or_default();
        for name in METHODS {
            let Some(operation) = item.get(name) else { continue };
            let written = name.to_ascii_uppercase();
            if !method::is_safelisted(written.as_bytes()) {
                needs.methods.insert(written);
            }
            let shared = item.get("parameters");
            parameters(document, [shared, operation.get("parameters")], needs);
            body(document, operation, needs);
            responses(document, operation, needs);
            let own = operation.get("security").or_else(|| document.get("security"));
            security(document, own, needs);
        }
    }
    let policy = |needs: &Needs| {
        Policy::new()
            .allow_origins(origins)
            .allow_methods(&needs.methods)
            .allow_headers(&needs.headers)
            .expose_headers(&needs.exposed)
            .allow_credentials(needs.credentials)
    };
    let mut different: Vec<&Needs> = by_path.values().collect();
    different.dedup();
    if let [only] = different.as_slice() {
        return Ok(policy(only).into());
    }
    Ok(by_path.iter().fold(Resources::new(), |all, (path, needs)| all.at(path, policy(needs))))
}

/// `/pets/{id}/toys` is below `/pets`.
fn pattern(path: &str) -> String {
    match path.find('{') {
        None => match path.trim_end_matches('/') {
            "" => "/".into(),
            path => path.into(),
        },
        Some(at) => {
            let fixed = &path[..path[..at].rfind('/').unwrap_or(0)];
            format!("{fixed}/*")
        }
    }
}

/// The path that every path is below.
fn base(document: &Value) -> String {
    if let Some(base) = document.get("basePath").and_then(Value::as_str) {
        return base.trim_end_matches('/').into();
    }
    let url = document.pointer("/servers/0/url").and_then(Value::as_str).unwrap_or_default();
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => url,
    };
    if path.contains('{') { String::new() } else { path.trim_end_matches('/').into() }
}

/// The object that a `$ref` within the document names.
fn resolved<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    let name = value.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix('#'));
    name.and_then(|pointer| document.pointer(pointer)).unwrap_or(value)
}

fn parameters(document: &Value, lists: [Option<&Value>; 2], needs: &mut Needs) {
    let all = lists.into_iter().flatten().filter_map(Value::as_array).flatten();
    for parameter in all.map(|parameter| resolved(document, parameter)) {
        let text = |key| parameter.get(key).and_then(Value::as_str).unwrap_or_default();
        match text("in") {
            "header" => add_header(needs, text("name")),
            "cookie" => needs.credentials = true,
            // Swagger 2: a body is JSON unless the document says otherwise.
            "body" => add_header(needs, "content-type"),
            _ => {}
        }
    }
}

fn body(document: &Value, operation: &Value, needs: &mut Needs) {
    let Some(body) = operation.get("requestBody").map(|body| resolved(document, body)) else {
        return;
    };
    let simple = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];
    let types = body.get("content").and_then(Value::as_object).into_iter().flatten();
    if types.into_iter().any(|(name, _)| !simple.contains(&name.as_str())) {
        add_header(needs, "content-type");
    }
}

fn responses(document: &Value, operation: &Value, needs: &mut Needs) {
    let responses = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
    for (_, response) in responses {
        let headers = resolved(document, response).get("headers").and_then(Value::as_object);
        for (name, _) in headers.into_iter().flatten() {
            let name = name.to_ascii_lowercase();
            if !header::is_safelisted_to_read(&name) && !header::is_forbidden_to_read(&name) {
                needs.exposed.insert(name);
            }
        }
    }
}

fn security(document: &Value, required: Option<&Value>, needs: &mut Needs) {
    let names = required.and_then(Value::as_array).into_iter().flatten();
    for name in names.filter_map(Value::as_object).flat_map(|scheme| scheme.keys()) {
        let scheme = document
            .pointer(&format!("/components/securitySchemes/{name}"))
            .or_else(|| document.pointer(&format!("/securityDefinitions/{name}")));
        let Some(scheme) = scheme.map(|scheme| resolved(document, scheme)) else { continue };
        let text = |key| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
        match (text("type"), text("in")) {
            ("apiKey", "header") => add_header(needs, text("name")),
            ("apiKey", "cookie") => needs.credentials = true,
            ("http" | "basic" | "oauth2" | "openIdConnect", _) => {
                add_header(needs, "authorization");
            }
            _ => {}
        }
    }
}

/// A header that a script has to be allowed to set.
fn add_header(needs: &mut Needs, name: &str) {
    let name = name.to_ascii_lowercase();
    let simple = ["accept", "accept-language", "content-language"];
    let can = method::is_token(name.as_bytes())
        && !header::is_forbidden(&name)
        && !header::is_response_only(&name);
    if can && !simple.contains(&&*name) {
        needs.headers.insert(name);
    }
}
