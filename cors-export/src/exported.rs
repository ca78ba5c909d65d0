//! The door: a policy in, a configuration out.

use std::fmt;

use cors_core::{Resources, ResponseField, data::Key};

use crate::{
    Cause, Difference, Inexpressible, Mistake, Rule, Server, apache, caddy, class::Test, envoy,
    haproxy, nginx, pattern::reaches_beyond, table::Table,
};

/// A configuration, and every difference between it and the policy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exported {
    /// The server.
    pub server: Server,
    /// The configuration's parts, in the order in which a person pastes them.
    pub parts: Vec<Part>,
    /// The differences. None allows more than the policy.
    pub differences: Vec<Difference>,
}

/// A part of a configuration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Where it goes, such as `in http { }`.
    pub place: &'static str,
    /// The lines.
    pub text: String,
}

/// The keys that are exported, or that only affect whether a policy compiles.
const KNOWN: [&str; 16] = [
    "allow_origins",
    "allow_origin_patterns",
    "dynamic_origins",
    "allow_methods",
    "allow_headers",
    "expose_headers",
    "allow_credentials",
    "max_age",
    "allow_private_network",
    "preflight_status",
    "silent_refusals",
    "only_listed_methods",
    "dangerously_allow_null_origin",
    "dangerously_allow_any_origin_with_credentials",
    "dangerously_allow_insecure_origins",
    "dangerously_allow_public_suffixes",
];

/// Makes a server's configuration from policies.
///
/// # Errors
///
/// Everything that the server cannot say, and every mistake in the policies.
pub fn export(server: Server, resources: &Resources) -> Result<Exported, Inexpressible> {
    let mut mistakes = Vec::new();
    if let Err(errors) = resources.compile() {
        mistakes.extend(errors.iter().map(|error| Mistake::new(Cause::Policy, error.to_string())));
        return Err(Inexpressible { server, mistakes });
    }
    for (_, policy) in resources.iter() {
        let written = serde_json::to_value(policy).unwrap_or_default();
        let keys = Key::ALL.iter().map(|key| key.name()).filter(|name| !KNOWN.contains(name));
        mistakes.extend(
            keys.filter(|name| written.get(name).is_some())
                .map(|name| Mistake::new(Cause::Key, name)),
        );
    }
    let table = Table::of(resources, &mut mistakes);
    if !mistakes.is_empty() {
        return Err(Inexpressible { server, mistakes });
    }
    let parts = match server {
        Server::Nginx => nginx::write(&table),
        Server::Apache => apache::write(&table),
        Server::Caddy => caddy::write(&table),
        Server::HaProxy => haproxy::write(&table),
        Server::Envoy => envoy::write(&table),
    };
    Ok(Exported { server, parts, differences: differences(server, resources, &table) })
}

fn differences(server: Server, resources: &Resources, table: &Table) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut note = |rule, value: &str| found.push(Difference::new(server, rule, value));
    let policies = resources.iter().filter_map(|(_, policy)| policy);
    for pattern in policies.flat_map(|policy| &policy.allow_origin_patterns) {
        if reaches_beyond(pattern) {
            note(Rule::PatternForm, pattern);
        }
    }
    if table.paths.is_some() {
        note(Rule::PathForm, "");
    }
    if table.asks(Test::Headers) {
        note(Rule::ListForm, "");
    }
    if matches!(server, Server::Nginx) {
        note(Rule::OriginTwice, "");
    }
    if matches!(server, Server::Nginx | Server::Apache | Server::Caddy) {
        note(Rule::EmptyHeader, "");
    }
    if table.varies() && !matches!(server, Server::HaProxy) {
        note(Rule::VaryTwice, "");
    }
    found
}

/// The headers that the server replaces.
pub(crate) fn owned() -> impl Iterator<Item = &'static str> {
    ResponseField::OWNED.iter().map(|field| field.name())
}

impl fmt::Display for Exported {
    /// The differences as comments, then each part behind its place.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for difference in &self.differences {
            writeln!(f, "# {difference} [{}]", difference.code())?;
        }
        for (at, part) in self.parts.iter().enumerate() {
            if at > 0 || !self.differences.is_empty() {
                writeln!(f)?;
            }
            writeln!(f, "# {}", part.place)?;
            f.write_str(&part.text)?;
        }
        Ok(())
    }
}
