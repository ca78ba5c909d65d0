//! Our own adapters. Each snippet is a part of a program in `examples/`, which the workspace compiles.

use cors_core::{Policy, data::Key};
use serde_json::Value;

/// The expression in the examples that a remedy replaces.
const SAMPLE: &str = "Policy::new().allow_origins([\"https://app.example.com\"])";

pub(crate) fn axum(policy: &Policy) -> String {
    snippet("axum", include_str!("../../examples/axum/src/bin/remedy.rs"), policy)
}

pub(crate) fn actix_web(policy: &Policy) -> String {
    snippet("actix-web", include_str!("../../examples/actix-web/src/bin/remedy.rs"), policy)
}

pub(crate) fn rocket(policy: &Policy) -> String {
    snippet("rocket", include_str!("../../examples/rocket/src/bin/remedy.rs"), policy)
}

pub(crate) fn warp(policy: &Policy) -> String {
    snippet("warp", include_str!("../../examples/warp/src/bin/remedy.rs"), policy)
}

pub(crate) fn poem(policy: &Policy) -> String {
    snippet("poem", include_str!("../../examples/poem/src/bin/remedy.rs"), policy)
}

pub(crate) fn salvo(policy: &Policy) -> String {
    snippet("salvo", include_str!("../../examples/salvo/src/bin/remedy.rs"), policy)
}

pub(crate) fn tower(policy: &Policy) -> String {
    snippet("tower", include_str!("../../examples/tower/src/bin/remedy.rs"), policy)
}

pub(crate) fn http(policy: &Policy) -> String {
    snippet("http", include_str!("../../examples/http/src/bin/remedy.rs"), policy)
}

/// The part between the anchors, with this policy, behind its Cargo line.
fn snippet(feature: &str, program: &str, policy: &Policy) -> String {
    let (_, rest) = program.split_once("// ANCHOR: remedy\n").unwrap_or(("", program));
    let (part, _) = rest.split_once("// ANCHOR_END: remedy").unwrap_or((rest, ""));
    let code = part.trim_end().replace(SAMPLE, &rust(policy));
    format!("// cargo add cors-adapters --features {feature}\n{code}\n")
}

/// The policy as code. The keys of its data are the names of its setters.
pub(crate) fn rust(policy: &Policy) -> String {
    let data = serde_json::to_value(policy).unwrap_or_default();
    let mut code = "Policy::new()".to_owned();
    let set = Key::ALL.iter().filter_map(|key| Some((key.name(), data.get(key.name())?)));
    for (setter, value) in set {
        let arguments = match value {
            Value::Bool(true) if setter.starts_with("dangerously_") => String::new(),
            value => value.to_string(),
        };
        code += &format!("\n        .{setter}({arguments})");
    }
    code
}
