//! Python's frameworks.

use cors_core::Policy;
use serde_json::json;

use crate::others::{is_any, methods};

pub(crate) fn fastapi(policy: &Policy) -> String {
    let mut lines = vec![
        format!("allow_origins={}", json!(policy.allow_origins)),
        format!("allow_methods={}", json!(methods(policy))),
        format!("allow_headers={}", json!(policy.allow_headers)),
        format!("expose_headers={}", json!(policy.expose_headers)),
    ];
    if policy.allow_credentials {
        lines.push("allow_credentials=True".into());
    }
    lines.push(format!("max_age={}", policy.max_age));
    format!(
        "from starlette.middleware.cors import CORSMiddleware\n\napp.add_middleware(\n    CORSMiddleware,\n    {},\n)\n",
        lines.join(",\n    ")
    )
}

pub(crate) fn flask(policy: &Policy) -> String {
    let mut lines = vec![format!("origins={}", json!(policy.allow_origins))];
    lines.push(format!("methods={}", json!(methods(policy))));
    lines.push(format!("allow_headers={}", json!(policy.allow_headers)));
    lines.push(format!("expose_headers={}", json!(policy.expose_headers)));
    if policy.allow_credentials {
        lines.push("supports_credentials=True".into());
    }
    if !is_any(&policy.allow_origins) {
        lines.push("vary_header=True".into());
    }
    lines.push(format!("max_age={}", policy.max_age));
    format!(
        "# pip install flask-cors\nfrom flask_cors import CORS\n\nCORS(\n    app,\n    {},\n)\n",
        lines.join(",\n    ")
    )
}

pub(crate) fn django(policy: &Policy) -> String {
    let origins = match is_any(&policy.allow_origins) {
        true => "CORS_ALLOW_ALL_ORIGINS = True".into(),
        false => format!("CORS_ALLOWED_ORIGINS = {}", json!(policy.allow_origins)),
    };
    let mut methods = methods(policy);
    methods.push("OPTIONS".into());
    let headers = match is_any(&policy.allow_headers) {
        true => "CORS_ALLOW_HEADERS = [\"*\"]".into(),
        false => format!("CORS_ALLOW_HEADERS = {}", json!(policy.allow_headers)),
    };
    let mut text = format!(
        "# pip install django-cors-headers\nINSTALLED_APPS = [*INSTALLED_APPS, \"corsheaders\"]\n\
         # Before every other middleware, so that redirects and errors have the headers too.\n\
         MIDDLEWARE = [\"corsheaders.middleware.CorsMiddleware\", *MIDDLEWARE]\n{origins}\n\
         CORS_ALLOW_METHODS = {}\n{headers}\nCORS_EXPOSE_HEADERS = {}\nCORS_PREFLIGHT_MAX_AGE = {}\n",
        json!(methods),
        json!(policy.expose_headers),
        policy.max_age,
    );
    if policy.allow_credentials {
        text += "CORS_ALLOW_CREDENTIALS = True\n";
    }
    text
}
