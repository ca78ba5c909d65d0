//! JavaScript's frameworks, and dev servers.

use cors_core::Policy;
use serde_json::{Value, json};

use crate::others::{is_any, methods};

/// An object's lines; an empty list is left out.
fn options(pairs: &[(&str, Value)]) -> String {
    let lines =
        pairs.iter().filter(|(_, value)| !matches!(value, Value::Array(list) if list.is_empty()));
    let lines: Vec<String> = lines
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| format!("  {name}: {value},"))
        .collect();
    lines.join("\n")
}

fn origins(policy: &Policy) -> Value {
    match is_any(&policy.allow_origins) {
        true => "*".into(),
        false => json!(policy.allow_origins),
    }
}

fn credentials(policy: &Policy) -> Value {
    if policy.allow_credentials { true.into() } else { Value::Null }
}

/// A list of request headers. `*` is left to the library, which echoes the request.
fn headers(policy: &Policy) -> Value {
    match is_any(&policy.allow_headers) {
        true => Value::Null,
        // An empty list means none, and no list means any.
        false if policy.allow_headers.is_empty() => json!("content-type"),
        false => json!(policy.allow_headers),
    }
}

pub(crate) fn express(policy: &Policy) -> String {
    let options = options(&[
        ("origin", origins(policy)),
        ("methods", json!(methods(policy))),
        ("allowedHeaders", headers(policy)),
        ("exposedHeaders", json!(policy.expose_headers)),
        ("credentials", credentials(policy)),
        ("maxAge", policy.max_age.into()),
    ]);
    format!(
        "// npm install cors\nconst cors = require('cors');\n\napp.use(cors({{\n{options}\n}}));\n"
    )
}

pub(crate) fn fastify(policy: &Policy) -> String {
    let options = options(&[
        ("origin", origins(policy)),
        ("methods", json!(methods(policy))),
        ("allowedHeaders", headers(policy)),
        ("exposedHeaders", json!(policy.expose_headers)),
        ("credentials", credentials(policy)),
        ("maxAge", policy.max_age.into()),
    ]);
    format!(
        "// npm install @fastify/cors\napp.register(require('@fastify/cors'), {{\n{options}\n}});\n"
    )
}

pub(crate) fn hono(policy: &Policy) -> String {
    let options = options(&[
        ("origin", origins(policy)),
        ("allowMethods", json!(methods(policy))),
        ("allowHeaders", headers_of_hono(policy)),
        ("exposeHeaders", json!(policy.expose_headers)),
        ("credentials", credentials(policy)),
        ("maxAge", policy.max_age.into()),
    ]);
    format!("import {{ cors }} from 'hono/cors';\n\napp.use('*', cors({{\n{options}\n}}));\n")
}

/// Without a list hono echoes the request.
fn headers_of_hono(policy: &Policy) -> Value {
    match headers(policy) {
        Value::String(name) => json!([name]),
        value => value,
    }
}

pub(crate) fn workers(policy: &Policy) -> String {
    let any = is_any(&policy.allow_origins);
    let mut shared = vec![(
        "Access-Control-Allow-Origin",
        if any { "'*'".to_owned() } else { "origin".to_owned() },
    )];
    if policy.allow_credentials {
        shared.push(("Access-Control-Allow-Credentials", "'true'".into()));
    }
    let mut actual = shared.clone();
    if !policy.expose_headers.is_empty() {
        actual.push(("Access-Control-Expose-Headers", quoted(&policy.expose_headers.join(", "))));
    }
    let mut preflight = shared;
    preflight.push(("Access-Control-Allow-Methods", quoted(&methods(policy).join(", "))));
    if !policy.allow_headers.is_empty() {
        preflight.push(("Access-Control-Allow-Headers", quoted(&policy.allow_headers.join(", "))));
    }
    preflight.push(("Access-Control-Max-Age", format!("'{}'", policy.max_age)));
    let object = |lines: &[(&str, String)]| -> String {
        lines.iter().map(|(name, value)| format!("    '{name}': {value},\n")).collect()
    };
    let vary = if any { "" } else { "  response.headers.append('Vary', 'Origin');\n" };
    let allowed = if any {
        "true".to_owned()
    } else {
        format!("{}.includes(origin)", json!(policy.allow_origins))
    };
    format!(
        "export function withCors(handler) {{\n  return async (request, ...rest) => {{\n    const cors = allowed(request.headers.get('Origin'));\n    const isPreflight = request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method');\n    const answer = isPreflight ? new Response(null, {{ status: 204 }}) : await handler(request, ...rest);\n    return write(answer, isPreflight ? cors?.preflight : cors?.actual);\n  }};\n}}\n\nfunction allowed(origin) {{\n  if (!{allowed}) return undefined;\n  const actual = {{\n{}  }};\n  const preflight = {{\n{}  }};\n  return {{ actual, preflight }};\n}}\n\nfunction write(answer, headers = {{}}) {{\n  const response = new Response(answer.body, answer);\n  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);\n{vary}  return response;\n}}\n",
        object(&actual),
        object(&preflight),
    )
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

pub(crate) fn vite(_: &Policy) -> String {
    "import { defineConfig } from 'vite';\n\nexport default defineConfig({\n  server: {\n    proxy: {\n      // Requests to /api are sent to the server, and the browser sees one origin.\n      '/api': { target: 'http://localhost:8080', changeOrigin: true },\n    },\n  },\n});\n".into()
}

pub(crate) fn webpack(_: &Policy) -> String {
    "module.exports = {\n  devServer: {\n    // Requests to /api are sent to the server, and the browser sees one origin.\n    proxy: [{ context: ['/api'], target: 'http://localhost:8080', changeOrigin: true }],\n  },\n};\n".into()
}
