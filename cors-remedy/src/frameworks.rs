//! Our own adapters. Each snippet is a part of a program in `examples/`, which the workspace compiles.

use cors_core::{Policy, Resources};

use crate::{Place, rust};

/// The expression in the examples that a remedy replaces.
const SAMPLE: &str = "Policy::new().allow_origins([\"https://app.example.com\"])";

/// The program of a framework's example, and the feature of its adapter.
const fn program(place: Place) -> Option<(&'static str, &'static str)> {
    Some(match place {
        Place::Axum => ("axum", include_str!("../../examples/axum/src/bin/remedy.rs")),
        Place::ActixWeb => {
            ("actix-web", include_str!("../../examples/actix-web/src/bin/remedy.rs"))
        }
        Place::Rocket => ("rocket", include_str!("../../examples/rocket/src/bin/remedy.rs")),
        Place::Warp => ("warp", include_str!("../../examples/warp/src/bin/remedy.rs")),
        Place::Poem => ("poem", include_str!("../../examples/poem/src/bin/remedy.rs")),
        Place::Salvo => ("salvo", include_str!("../../examples/salvo/src/bin/remedy.rs")),
        Place::Tower => ("tower", include_str!("../../examples/tower/src/bin/remedy.rs")),
        Place::Http => ("http", include_str!("../../examples/http/src/bin/remedy.rs")),
        _ => return None,
    })
}

impl Place {
    /// Policies as code for a framework that has an adapter: Cargo line, `use` lines, and a function
    /// that adds them or returns what adds them. Nothing for other places.
    ///
    /// ```
    /// use cors_core::{Policy, Resources};
    /// use cors_remedy::Place;
    ///
    /// let policies = Resources::new().at("/api/*", Policy::new().allow_any_origin());
    /// let code = Place::Axum.code(&policies).expect("axum has an adapter");
    /// assert!(code.starts_with("// Cargo.toml: cors-adapters = { git ="));
    /// assert!(Place::Nginx.code(&policies).is_none());
    /// ```
    pub fn code(self, resources: &Resources) -> Option<String> {
        let (feature, program) = program(self)?;
        let mut policies = resources.iter().filter_map(|(_, policy)| policy).peekable();
        let mut names = String::new();
        if policies.peek().is_some() {
            names += "Policy, ";
        }
        names += "PolicyErrors, ";
        if resources.only().is_none() {
            names += "Resources, ";
        }
        let regex = policies.any(|policy| !policy.allow_origin_patterns.is_empty());
        let features =
            if regex { format!("\"{feature}\", \"regex\"") } else { format!("\"{feature}\"") };
        let code = part(program)
            .replace("Policy, PolicyErrors, ", &names)
            .replace(&format!("let cors = {SAMPLE}.compile()?;"), &rust::resources(resources));
        Some(format!("{}\n{code}\n", cargo_line(&features)))
    }
}

pub(crate) fn axum(policy: &Policy) -> String {
    snippet(Place::Axum, policy)
}

pub(crate) fn actix_web(policy: &Policy) -> String {
    snippet(Place::ActixWeb, policy)
}

pub(crate) fn rocket(policy: &Policy) -> String {
    snippet(Place::Rocket, policy)
}

pub(crate) fn warp(policy: &Policy) -> String {
    snippet(Place::Warp, policy)
}

pub(crate) fn poem(policy: &Policy) -> String {
    snippet(Place::Poem, policy)
}

pub(crate) fn salvo(policy: &Policy) -> String {
    snippet(Place::Salvo, policy)
}

pub(crate) fn tower(policy: &Policy) -> String {
    snippet(Place::Tower, policy)
}

pub(crate) fn http(policy: &Policy) -> String {
    snippet(Place::Http, policy)
}

/// The part between the anchors, with this policy, behind its Cargo line.
fn snippet(place: Place, policy: &Policy) -> String {
    let Some((feature, program)) = program(place) else { return String::new() };
    let compiled = format!("{}\n        .compile()?", rust::policy(policy, 8));
    let code = part(program).replace(&format!("{SAMPLE}.compile()?"), &compiled);
    format!("{}\n{code}\n", cargo_line(&format!("\"{feature}\"")))
}

/// The dependency. The package is not on a registry, where its name could be anyone's.
fn cargo_line(features: &str) -> String {
    format!("// Cargo.toml: cors-adapters = {{ git = \"...\", features = [{features}] }}")
}

/// The lines between the anchors.
fn part(program: &str) -> &str {
    let (_, rest) = program.split_once("// ANCHOR: remedy\n").unwrap_or(("", program));
    let (part, _) = rest.split_once("// ANCHOR_END: remedy").unwrap_or((rest, ""));
    part.trim_end()
}
