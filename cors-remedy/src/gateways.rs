//! Gateways and clouds.

use cors_core::Policy;
use serde_json::{Value, json};

use crate::others::{is_any, methods};

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

pub(crate) fn ingress_nginx(policy: &Policy) -> String {
    let mut lines = vec![
        ("enable-cors", "true".to_owned()),
        ("cors-allow-origin", policy.allow_origins.join(", ")),
        ("cors-allow-methods", methods(policy).join(", ")),
    ];
    if !policy.allow_headers.is_empty() {
        lines.push(("cors-allow-headers", policy.allow_headers.join(", ")));
    }
    if !policy.expose_headers.is_empty() {
        lines.push(("cors-expose-headers", policy.expose_headers.join(", ")));
    }
    lines.push(("cors-allow-credentials", policy.allow_credentials.to_string()));
    lines.push(("cors-max-age", policy.max_age.to_string()));
    lines
        .iter()
        .map(|(name, value)| format!("nginx.ingress.kubernetes.io/{name}: {}\n", json!(value)))
        .collect()
}

pub(crate) fn traefik(policy: &Policy) -> String {
    let mut text = String::from("http:\n  middlewares:\n    cors:\n      headers:\n");
    let mut line = |name: &str, value: Value| {
        text += &format!("        {name}: {value}\n");
    };
    line("accessControlAllowOriginList", json!(policy.allow_origins));
    line("accessControlAllowMethods", json!(methods(policy)));
    if !policy.allow_headers.is_empty() {
        line("accessControlAllowHeaders", json!(policy.allow_headers));
    }
    if !policy.expose_headers.is_empty() {
        line("accessControlExposeHeaders", json!(policy.expose_headers));
    }
    line("accessControlAllowCredentials", policy.allow_credentials.into());
    line("accessControlMaxAge", policy.max_age.into());
    line("addVaryHeader", (!is_any(&policy.allow_origins)).into());
    text
}

pub(crate) fn s3(policy: &Policy) -> String {
    // S3 knows these five methods only.
    let known = ["GET", "HEAD", "POST", "PUT", "DELETE"];
    let methods: Vec<String> =
        methods(policy).into_iter().filter(|name| known.contains(&name.as_str())).collect();
    pretty(&json!([{
        "AllowedOrigins": policy.allow_origins,
        "AllowedMethods": methods,
        "AllowedHeaders": policy.allow_headers,
        "ExposeHeaders": policy.expose_headers,
        "MaxAgeSeconds": policy.max_age,
    }]))
}

pub(crate) fn cloudfront(policy: &Policy) -> String {
    let items = |list: &[String]| json!({"Quantity": list.len(), "Items": list});
    pretty(&json!({
        "Name": "cors",
        "CorsConfig": {
            "AccessControlAllowOrigins": items(&policy.allow_origins),
            "AccessControlAllowMethods": items(&methods(policy)),
            "AccessControlAllowHeaders": items(&policy.allow_headers),
            "AccessControlExposeHeaders": items(&policy.expose_headers),
            "AccessControlAllowCredentials": policy.allow_credentials,
            "AccessControlMaxAgeSec": policy.max_age,
            "OriginOverride": true,
        },
    }))
}

pub(crate) fn api_gateway(policy: &Policy) -> String {
    pretty(&json!({
        "AllowOrigins": policy.allow_origins,
        "AllowMethods": methods(policy),
        "AllowHeaders": policy.allow_headers,
        "ExposeHeaders": policy.expose_headers,
        "AllowCredentials": policy.allow_credentials,
        "MaxAge": policy.max_age,
    }))
}
